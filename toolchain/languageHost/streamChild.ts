import type { ChildProcess } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { adopt } from "./endWithEngine";

interface Answers<Response> {
  stdout(bytes: Uint8Array): Response;
  stderr(bytes: Uint8Array): Response;
  /** Called after the last output. The engine closes its pipes on the exit code, so nothing may follow it. */
  end(code: number): void;
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
    answers.end(code ?? 1);
    call.end();
  });
  call.once("cancelled", () => child.kill("SIGTERM"));
}
