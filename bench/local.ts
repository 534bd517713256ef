import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { passwordFile, startProcess, temporaryDirectory } from "../tests/local/server/process";
import { ADMIN_PASSWORD, freePort } from "../tests/local/support";
import { pythonWith } from "../tests/tools/support";
import { runProcess } from "../toolchain/runProcess";
import type { Benchmark, Report } from "./benchmark";
import { median, residentMegabytes } from "./figures";

/** fakesnow with a connector that its release still works with. */
const PACKAGES = ["fakesnow[server]==0.12.1", "snowflake-connector-python==3.18.1"];
const SCRIPTS = join(__dirname, "local");

interface Timed {
  /** Median of each statement, ms. */
  statements: Record<string, number>;
  /** Processor time of the server for each statement, ms: what a busy machine does not change. */
  processor: Record<string, number>;
  failed: Record<string, string>;
  rowsPerSecond: number;
}

/** Both servers in processes of their own, asked in turns by one Python program. */
export const localBenchmark: Benchmark = {
  description: "the embedded server beside fakesnow's: the same statements through the Python connector",
  async run(report) {
    const python = await pythonWith("fakesnow", PACKAGES);
    if (typeof python === "string") {
      report({ what: `skipped ${PACKAGES.join(", ")}`, measured: python });
      return;
    }
    const program = (script: string, ...args: string[]) => runScript(join(python.bin, "python"), script, args);
    const { floor } = (await program("pythonFloor.py")) as { floor: number };
    report({ what: "the connector's own share of a statement", measured: `${floor.toFixed(1)} ms`, beside: "subtracted below" });
    await beside(join(python.bin, "fakesnow"), async (fakesnow, ours) => {
      const servers = [fakesnow, ours].map(({ port, pid }) => `${port}:${pid}`);
      const [other, own] = (await program("statements.py", ...servers)) as [Timed, Timed];
      const memory = [ours, fakesnow].map(({ pid }) => residentMegabytes(pid)) as [number, number];
      compare({ timed: own, memory: memory[0] }, { timed: other, memory: memory[1] }, floor, report);
    });
  },
}; // biome-ignore format: one figure a line

interface Measured {
  timed: Timed;
  /** Resident memory of the server at the end, MB. */
  memory: number;
}

async function runScript(python: string, script: string, args: string[]): Promise<unknown> {
  const env = { ...process.env, PYTHONWARNINGS: "ignore", BENCH_USER: "ADMIN", BENCH_PASSWORD: ADMIN_PASSWORD };
  const { code, stdout, stderr } = await runProcess(python, [join(SCRIPTS, script), ...args], { env });
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

interface Running {
  port: number;
  pid: number | undefined;
}

/** Both servers at once. */
async function beside(command: string, work: (fakesnow: Running, ours: Running) => Promise<void>): Promise<void> {
  const directory = temporaryDirectory();
  const port = await freePort();
  const fakesnow = spawn(command, ["-s", "-p", String(port)], { stdio: "ignore" });
  try {
    const ours = await startProcess(["--port", "0", "--password-file", passwordFile(directory.path)]);
    try {
      for (let wait = 0; !(await answers(port)); wait++) {
        if (wait === 300 || fakesnow.exitCode !== null) throw new Error("fakesnow did not start within 30 s");
        await pause(100);
      }
      await work({ port, pid: fakesnow.pid }, { port: ours.port, pid: ours.child.pid });
    } finally {
      await ours.end("SIGTERM");
    }
  } finally {
    fakesnow.kill();
    directory.remove();
  }
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

function compare(own: Measured, other: Measured, floor: number, report: Report): void {
  const ratios: number[] = [];
  const processorRatios: number[] = [];
  const alone = (ms: number) => Math.max(ms - floor, 0.1);
  const figures = ({ statements, processor }: Timed, what: string) =>
    `${statements[what]?.toFixed(1)} ms, ${processor[what]?.toFixed(1)} ms of processor time`;
  for (const [what, ms] of Object.entries(own.timed.statements)) {
    const theirs = other.timed.statements[what];
    let beside = `fakesnow: ${other.timed.failed[what]}`;
    if (theirs !== undefined) {
      const ratio = alone(theirs) / alone(ms);
      ratios.push(ratio);
      processorRatios.push((other.timed.processor[what] ?? 0) / (own.timed.processor[what] ?? 1));
      beside = `fakesnow ${figures(other.timed, what)}; ${ratio.toFixed(1)} times as long without the connector`;
    }
    report({ what, measured: figures(own.timed, what), beside });
  }
  for (const [what, reason] of Object.entries(own.timed.failed)) report({ what, measured: "failed", beside: reason });
  report({
    what: "all of them, median ratio",
    measured: `${median(ratios).toFixed(1)} times as fast`,
    beside: `goal 5 times; ${median(processorRatios).toFixed(1)} times as little processor time`,
  });
  report({
    what: "executemany of 500 rows",
    measured: `${own.timed.rowsPerSecond.toFixed(0)} rows/s`,
    beside: `fakesnow ${other.timed.rowsPerSecond.toFixed(0)} rows/s`,
  });
  report({
    what: "resident memory of the server afterwards",
    measured: `${own.memory.toFixed(0)} MB`,
    beside: `fakesnow ${other.memory.toFixed(0)} MB`,
  });
}
