import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ADMIN_PASSWORD } from "../support";

const CLI = join(__dirname, "..", "..", "..", "cli", "local.ts");

export interface ServerProcess {
  host: string;
  port: number;
  account: string;
  user: string;
  child: ChildProcess;
  stderr: () => string;
  /** Sends a signal and waits for the end; gives the exit code, null after a signal. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A directory of its own, removed by `remove`. */
export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "local-server-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export class StartFailed extends Error {
  constructor(
    readonly exitCode: number | null,
    readonly stderr: string,
  ) {
    super(`exit code ${exitCode}: ${stderr}`);
  }
}

export function passwordFile(directory: string): string {
  const file = join(directory, "given-password");
  writeFileSync(file, `${ADMIN_PASSWORD}\n`, { mode: 0o600 });
  return file;
}

/** Runs `npm run local` as a process of its own and waits for its line. Rejects with StartFailed when it ends before. */
export function startProcess(args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--require", "ts-node/register/transpile-only", CLI, ...args], {
    cwd: join(__dirname, "..", "..", ".."),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => {
      resolve({
        ...(JSON.parse(line) as Pick<ServerProcess, "host" | "port" | "account" | "user">),
        child,
        stderr: () => stderr,
        end(signal) {
          child.kill(signal);
          return ended;
        },
      });
    });
    ended.then((code) => reject(new StartFailed(code, stderr)));
  });
}
