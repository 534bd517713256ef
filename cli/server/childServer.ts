import { type ChildProcess, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PROJECT_ROOT } from "../project/projectFolder";
import { writeSecretText } from "../project/secretFile";
import { CommandError } from "../terminal/fail";

export interface ChildServerOptions {
  /** Folder for data, password file and log. */
  folder: string;
  password: string;
  /** Default: a free one. */
  port?: number;
}

export interface ChildServer {
  host: string;
  port: number;
  account: string;
  user: string;
  pid: number;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
  /** Kills it as a power failure would. */
  kill(): Promise<void>;
  /** Lets it live on when this process ends. */
  leave(): void;
}

/** Runs the embedded server as a process of its own. */
export async function startChildServer({ folder, password, port = 0 }: ChildServerOptions): Promise<ChildServer> {
  const passwordFile = join(folder, "password");
  await writeSecretText(passwordFile, `${password}\n`);
  const log = openSync(join(folder, "server.log"), "a", 0o600);
  const program = ["--require", "ts-node/register/transpile-only", join(PROJECT_ROOT, "cli", "local.ts")];
  const child = spawn(
    process.execPath,
    [...program, "--port", String(port), "--data", join(folder, "data"), "--password-file", passwordFile],
    { cwd: PROJECT_ROOT, stdio: ["ignore", "pipe", log], detached: true },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = await firstLine(child, join(folder, "server.log"));
  const signal = async (name: NodeJS.Signals) => {
    child.kill(name);
    await ended;
  };
  return {
    ...(JSON.parse(ready) as Pick<ChildServer, "host" | "port" | "account" | "user">),
    pid: child.pid as number,
    stop: () => signal("SIGTERM"),
    kill: () => signal("SIGKILL"),
    leave: () => {
      child.stdout?.destroy();
      child.unref();
    },
  };
}

function firstLine(child: ChildProcess, log: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new CommandError(`The embedded server ended with exit code ${code}; see ${log}`)),
    );
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once("line", resolve);
  });
}
