import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** Memory of one call, MB. */
const MEMORY = 128;

/** What the handler's process asks for, a line of JSON each. */
export type Question = { do: string } & Record<string, unknown>;

/**
 * Runs a handler in a process of its own, where it may block and where the zone of the session is that of its dates. `answer` is asked for
 * everything that it wants of the server; the last question, `end`, carries the outcome. The process never outlives the call.
 */
export async function runHandlerProcess(
  task: object,
  timezone: string,
  signal: AbortSignal,
  answer: (question: Question) => Promise<object>,
): Promise<Record<string, unknown>> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY}`, join(__dirname, "handlerProcess.cjs")], {
    stdio: ["pipe", "pipe", "ignore", "pipe"],
    env: { TZ: timezone },
  }) as ChildProcessByStdio<Writable, Readable, null>;
  const kill = () => child.kill("SIGKILL");
  const ended = once(child, "exit");
  child.stdin.on("error", () => undefined);
  signal.addEventListener("abort", kill);
  try {
    child.stdin.write(`${JSON.stringify(task)}\n`);
    for await (const line of createInterface({ input: child.stdout })) {
      const question = JSON.parse(line) as Question;
      if (question.do === "end") return question["outcome"] as Record<string, unknown>;
      child.stdin.write(`${JSON.stringify(await answer(question))}\n`);
    }
    signal.throwIfAborted();
    return { thrown: { text: `Error: memory limit of ${MEMORY} MB exceeded`, stack: "" } };
  } finally {
    signal.removeEventListener("abort", kill);
    kill();
    await ended;
  }
}
