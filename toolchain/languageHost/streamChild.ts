import type { ChildProcess } from "node:child_process";
import type { ServerWritableStream, StatusObject } from "@grpc/grpc-js";
import { adopt } from "./endWithEngine";

interface Answers<Response> {
  stdout(bytes: Uint8Array): Response;
  stderr(bytes: Uint8Array): Response;
  /** Called after the last output (the engine closes its pipes on an exit code); gives the error to answer with, if any. */
  end(code: number): Partial<StatusObject> | undefined;
}

/** Sends a child's output over a stream as it comes; ends the child when the engine hangs up. */
export function streamChild<Response>(
  child: ChildProcess,
  call: ServerWritableStream<unknown, Response>,
  answers: Answers<Response>,
): void {
  adopt(child);
  child.stdout?.on("data", (bytes: Buffer) => call.write(answers.stdout(bytes)));
  child.stderr?.on("data", (bytes: Buffer) => call.write(answers.stderr(bytes)));
  child.once("error", (error) => call.write(answers.stderr(Buffer.from(`${error.message}\n`))));
  child.once("close", (code) => {
    const failure = answers.end(code ?? 1);
    if (failure) call.emit("error", failure);
    else call.end();
  });
  call.once("cancelled", () => child.kill("SIGTERM"));
}
