import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ProcessOptions {
  cwd?: string;
  /** The whole environment of the child. Default: that of this process. */
  env?: NodeJS.ProcessEnv;
  onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Interrupts the child; the promise then resolves with the child's own exit code or signal. */
  signal?: AbortSignal;
  /** Signal for the first, polite request to end. Default SIGTERM. */
  interrupt?: NodeJS.Signals;
}

export interface ProcessResult {
  /** Exit code, or null when a signal ended the child. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Time between the polite request to end and SIGKILL. */
const KILL_AFTER_MS = 15_000;

/**
 * Runs a program to its end, with its lines as they come. The child has a process group of its own: an interrupt typed
 * at the terminal reaches it once, through this process, and never outlives this process on SIGINT, SIGTERM or SIGHUP.
 * Rejects only when the program cannot be started.
 */
export function runProcess(command: string, args: string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const { cwd, env = process.env, onLine, signal, interrupt = "SIGTERM" } = options;
  return new Promise((resolve, reject) => {
    const detached = process.platform !== "win32";
    const child = spawn(command, args, { cwd, env, detached, stdio: ["ignore", "pipe", "pipe"] });
    const collected = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      createInterface({ input: child[stream], crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
        collected[stream] += `${line}\n`;
        onLine?.(line, stream);
      });
    }

    let killTimer: NodeJS.Timeout | undefined;
    const send = (name: NodeJS.Signals) => {
      try {
        if (detached && child.pid) process.kill(-child.pid, name);
        else child.kill(name);
      } catch {
        // The group has ended already.
      }
    };
    const end = () => {
      send(interrupt);
      killTimer ??= setTimeout(() => send("SIGKILL"), KILL_AFTER_MS);
    };
    const forwarded = forwardSignals(end);
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
    const finish = () => {
      clearTimeout(killTimer);
      signal?.removeEventListener("abort", end);
      return forwarded.stop();
    };
    child.once("error", (error) => {
      finish();
      reject(new Error(`cannot start ${command}: ${error.message}`, { cause: error }));
    });
    child.once("close", (code, signalName) => {
      const raise = finish();
      // Readline hands out the last lines in the turn after the streams close.
      setImmediate(() => {
        resolve({ code, signal: signalName, ...collected });
        raise?.();
      });
    });
  });
}

const SIGNALS: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Calls `end` on a signal to this process; `stop` gives back how to die of that signal when nobody else handles it. */
function forwardSignals(end: () => void): { stop: () => (() => void) | undefined } {
  let received: NodeJS.Signals | undefined;
  const handler = (name: NodeJS.Signals) => {
    received = name;
    end();
  };
  const onExit = () => end();
  for (const name of SIGNALS) process.on(name, handler);
  process.once("exit", onExit);
  return {
    stop: () => {
      for (const name of SIGNALS) process.off(name, handler);
      process.off("exit", onExit);
      const name = received;
      if (!name || process.listenerCount(name) > 0) return undefined;
      return () => process.kill(process.pid, name);
    },
  };
}
