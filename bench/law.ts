import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { PROJECT_ROOT } from "../cli/project/projectFolder";
import { renderSqlFile } from "../components/renderSql";
import { judge } from "../law/index";
import { PackRunner } from "../tests/policies/support";
import { VALUES } from "../tests/sql/warehouse";
import type { Benchmark, Report } from "./benchmark";
import { childProcessorTime, median, timed } from "./figures";

const FILES = 1000;
const RUNS = 3;

/** How fast the law reads files, and what the policy pack adds to the preview of 500 resources. */
export const law: Benchmark = {
  description: "the law over 1 000 files, and the policy pack's share of a preview of 500 resources",
  async run(report) {
    await files(report);
    await preview(report);
  },
};

/** The warehouse's own SQL as it is deployed, over and over. */
async function files(report: Report): Promise<void> {
  const texts = globSync(["dynamic_tables/*.sql", "procedures/*.sql", "views/*.sql"], {
    cwd: join(PROJECT_ROOT, "sql"),
  }).map((file) => renderSqlFile(file, VALUES));
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
    const judging = await timed(() => judge(sources));
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await timed(() => command(folder)));
    const what = `${FILES} files, ${(bytes / 1e6).toFixed(1)} MB`;
    report({ what: `${what}: judging alone`, measured: seconds(judging) });
    report({
      what: `${what}: npm run law -- FOLDER, with its start`,
      measured: seconds(median(times)),
      beside: "goal 2 s",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function command(folder: string): void {
  const args = [
    "--max-semi-space-size=64",
    "--require",
    "./toolchain/loadTypeScript.js",
    "cli/law.ts",
    join(folder, "sql"),
    "--format",
    "json",
  ];
  try {
    execFileSync(process.execPath, args, { cwd: PROJECT_ROOT, maxBuffer: 1 << 28 });
  } catch (error) {
    // 1: findings, since each table is declared many times.
    if ((error as { status?: number }).status !== 1) throw error;
  }
}

/** Previews with and without the pack by turns, so that the machine's mood touches both alike. */
async function preview(report: Report): Promise<void> {
  const runner = await PackRunner.start();
  try {
    const pack = emptyPack();
    const without: Cost[] = [];
    const withEmpty: Cost[] = [];
    const withPack: Cost[] = [];
    for (let i = 0; i < RUNS; i++) {
      without.push(await costOf(() => runner.previewWithout("large")));
      withEmpty.push(await costOf(() => runner.preview("large", { pack })));
      withPack.push(await costOf(() => runner.preview("large")));
    }
    for (const [kind, words] of [
      ["wall", ""],
      ["processor", ", processor time"],
    ] as const) {
      const [base, empty, all] = [without, withEmpty, withPack].map((costs) => median(costs.map((cost) => cost[kind])));
      const more = (time = 0): string => `${((time / (base ?? 0) - 1) * 100).toFixed(0)} % more`;
      report({
        what: `preview of 500 resources with the policy pack${words}`,
        measured: seconds(all),
        beside: `${seconds(base)} without it: ${more(all)}; goal 10 %; a pack of one policy that says nothing: ${more(empty)}`,
      });
    }
  } finally {
    await runner.close();
  }
}

/** What any policy pack costs: Pulumi's runner, and a question and an answer for each resource. */
function emptyPack(): string {
  const folder = join(PROJECT_ROOT, "node_modules", ".cache", "empty-policy-pack");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", version: "1.0.0", main: "index.js" }));
  writeFileSync(
    join(folder, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", { policies: [{ name: "nothing", description: "-", enforcementLevel: "advisory", validateResource() {} }] });
`,
  );
  return folder;
}

/** Milliseconds of a preview: on the clock, and of the processors for the CLI and all that it starts. */
interface Cost {
  wall: number;
  processor: number;
}

async function costOf(preview: () => Promise<{ exitCode: number; output: string }>): Promise<Cost> {
  const before = childProcessorTime();
  const wall = await timed(async () => {
    const { exitCode, output } = await preview();
    if (exitCode !== 0) throw new Error(output);
  });
  return { wall, processor: childProcessorTime() - before };
}

const seconds = (milliseconds = Number.NaN): string => `${(milliseconds / 1000).toFixed(2)} s`;
