import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { renderSqlFile } from "../components/renderSql";
import { judge } from "../law/index";
import { PackRunner } from "../tests/policies/support";
import { VALUES } from "../tests/sql/warehouse";
import type { Benchmark } from "./benchmark";

const ROOT = join(__dirname, "..");
const FILES = 1000;
const RUNS = 3;

/** How fast the law reads files, and what the policy pack adds to the preview of 500 resources. */
export const law: Benchmark = {
  description: "the law over 1 000 files, and the policy pack's share of a preview of 500 resources",
  async run() {
    files();
    await preview();
  },
};

/** The warehouse's own SQL as it is deployed, over and over. */
function files(): void {
  const texts = globSync(["dynamic_tables/*.sql", "procedures/*.sql", "views/*.sql"], { cwd: join(ROOT, "sql") }).map(
    (file) => renderSqlFile(file, VALUES),
  );
  const folder = mkdtempSync(join(tmpdir(), "law-bench-"));
  try {
    mkdirSync(join(folder, "sql"));
    let bytes = 0;
    for (let i = 0; i < FILES; i++) {
      const text = texts[i % texts.length] ?? "";
      bytes += Buffer.byteLength(text);
      writeFileSync(join(folder, "sql", `${i}.sql`), text);
    }
    const sources = Array.from({ length: FILES }, (_, i) => ({
      file: `${i}.sql`,
      text: texts[i % texts.length] ?? "",
    }));
    const started = performance.now();
    judge(sources);
    const judging = performance.now() - started;
    const times = Array.from({ length: RUNS }, () => timed(() => command(folder)));
    console.log(`${FILES} files, ${(bytes / 1e6).toFixed(1)} MB of the warehouse's own SQL`);
    console.log(`judging alone: ${seconds(judging)}; npm run law -- FOLDER, start included: ${seconds(median(times))}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function command(folder: string): void {
  const args = ["--require", "ts-node/register/transpile-only", "cli/law.ts", join(folder, "sql"), "--format", "json"];
  try {
    execFileSync(process.execPath, args, { cwd: ROOT, maxBuffer: 1 << 28 });
  } catch (error) {
    // 1: findings, since each table is declared many times.
    if ((error as { status?: number }).status !== 1) throw error;
  }
}

/** Previews with and without the pack by turns, so that the machine's mood touches both alike. */
async function preview(): Promise<void> {
  const runner = await PackRunner.start();
  try {
    const without: number[] = [];
    const withPack: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      without.push(await timedAsync(() => runner.previewWithout("large")));
      withPack.push(await timedAsync(() => runner.preview("large")));
    }
    const [base, all] = [median(without), median(withPack)];
    console.log(
      `preview of 500 resources: ${seconds(base)} without the pack, ${seconds(all)} with it: ${((all / base - 1) * 100).toFixed(0)} % more`,
    );
  } finally {
    await runner.close();
  }
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

async function timedAsync(work: () => Promise<{ exitCode: number; output: string }>): Promise<number> {
  const started = performance.now();
  const { exitCode, output } = await work();
  if (exitCode !== 0) throw new Error(output);
  return performance.now() - started;
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
