import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../cli/project/projectFolder";
import { LocalStack } from "../cli/stack/localStack";
import { ADMIN_PASSWORD, freePort, startServer } from "../tests/local/support";
import { createTemporaryBackend, runPulumi } from "../toolchain/index";
import type { Benchmark, Report } from "./benchmark";
import { residentMegabytes, timed } from "./figures";

const RUNS = 3;

/** What a deployment takes over what Pulumi takes by itself, and how soon `npm start` is there. */
export const deploy: Benchmark = {
  description:
    "`pulumi up` of the whole warehouse beside that of an empty stack, and `npm start`, on the embedded server.",
  async run(report) {
    const empty = await emptyStack();
    await warehouse(report, empty);
    await starts(report);
  },
};

/** Seconds that `pulumi up` takes for a program without a resource. */
async function emptyStack(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "bench-empty-"));
  const backend = createTemporaryBackend();
  try {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: empty\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(join(folder, "package.json"), "{}");
    writeFileSync(join(folder, "index.js"), "");
    const pulumi = (...args: string[]) => runPulumi([...args, "--stack", "bench"], { cwd: folder, env: backend.env });
    await runPulumi(["stack", "init", "bench"], { cwd: folder, env: backend.env });
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await seconds(() => pulumi("up", "--yes", "--skip-preview")));
    return Math.min(...times);
  } finally {
    backend.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function warehouse(report: Report, empty: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-stack-"));
  const server = await startServer();
  try {
    let resources = 0;
    const onLine = (line: string) => {
      if (/^ \+ .* created( \(|$)/.test(line)) resources++;
    };
    const stack = new LocalStack({
      folder,
      passphrase: "bench",
      port: server.port,
      password: ADMIN_PASSWORD,
      onLine,
    });
    const measure = async (what: string, work: () => Promise<unknown>) => {
      const took = await seconds(work);
      report({
        what: what.replace("RESOURCES", String(resources)),
        measured: `${took.toFixed(1)} s`,
        beside: `empty stack ${empty.toFixed(1)} s: ${(took / empty).toFixed(1)} times`,
      });
    };
    await measure("pulumi up, RESOURCES resources created", () => stack.up());
    await measure("pulumi up, nothing to do", () => stack.upWithoutChange());
    await measure("pulumi refresh, nothing to do", () => stack.refreshWithoutChange());
    await measure("pulumi destroy", () => stack.destroy());
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function starts(report: Report): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "bench-start-"));
  try {
    const port = await freePort();
    const first = await start(home, port);
    const second = await start(home, port);
    report({ what: "npm start, first time, to the console's address", measured: `${first.seconds.toFixed(1)} s` });
    report({
      what: "npm start, again",
      measured: `${second.seconds.toFixed(1)} s`,
      beside: `${(first.seconds / second.seconds).toFixed(0)} times as fast as the first; goal 10 s`,
    });
    report({ what: "memory of npm start, everything in one process", measured: `${second.megabytes.toFixed(0)} MB` });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Runs what `npm start` runs until it says that everything does, and stops it. */
async function start(home: string, port: number): Promise<{ seconds: number; megabytes: number }> {
  const began = performance.now();
  const program = ["--require", "ts-node/register/transpile-only", "cli/start.ts"];
  const child = spawn(process.execPath, [...program, "--port", String(port), "--no-git"], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, TWO_TABLE_HOME: home, PORT: "0" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.includes("Stop:  ")) resolve();
    });
    void ended.then(() => reject(new Error(`npm start ended early:\n${said}`)));
  });
  const took = (performance.now() - began) / 1000;
  const megabytes = residentMegabytes(child.pid);
  child.kill("SIGINT");
  await ended;
  return { seconds: took, megabytes };
}

const seconds = async (work: () => Promise<unknown>) => (await timed(work)) / 1000;
