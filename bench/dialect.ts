import { Parser } from "node-sql-parser";
import { parseStatements } from "../dialect/index";
import { allStatements } from "../tests/dialect/corpus";
import type { Benchmark, Report } from "./benchmark";

/** A parser under test: reads one statement or throws. */
type Read = (sql: string) => unknown;

/** How fast Snowflake SQL is read: the corpus as one text, and one statement at a time, beside other parsers. */
export const dialect: Benchmark = {
  description: "the parser over its corpus, beside other parsers of Snowflake SQL",
  async run(report) {
    const statements = allStatements();
    wholeTexts(statements, report);
    const parsers = await otherParsers();
    const common = statements.filter((sql) => parsers.every(([, read]) => reads(read, sql)));
    const speeds = parsers.map(([name, read]) => ({ name, ...speedOf(read, common) }));
    const own = speeds[0]?.megabytes ?? 0;
    for (const { name, megabytes, median, slow } of speeds)
      report({
        what: `${name}, ${common.length} statements all read, one at a time`,
        measured: `${megabytes.toFixed(2)} MB/s; median ${median.toFixed(0)} µs, p99 ${slow.toFixed(0)} µs`,
        beside: name === "dialect" ? "" : `dialect is ${(own / megabytes).toFixed(0)} times as fast`,
      });
    for (const [name, read] of parsers)
      report({
        what: `${name}, statements of the corpus it reads`,
        measured: String(statements.filter((sql) => reads(read, sql)).length),
        beside: `of ${statements.length}`,
      });
  },
};

/** The same text once and many times over: the time for a megabyte must not grow with it. */
function wholeTexts(statements: readonly string[], report: Report): void {
  const once = `${statements.join("\n")}\n`;
  for (const times of [1, 4, 16]) {
    const text = once.repeat(times);
    const milliseconds = cpuTime(() => parseStatements(text), 2 + 32 / times);
    const size = bytes(text);
    report({
      what: `one text of ${(size / 1e6).toFixed(2)} MB, processor time`,
      measured: `${milliseconds.toFixed(0)} ms, ${(size / 1e3 / milliseconds).toFixed(1)} MB/s`,
      beside: "goal 5 MB/s",
    });
  }
}

async function otherParsers(): Promise<[string, Read][]> {
  const polyglot = await import("@polyglot-sql/sdk");
  const nodeSqlParser = new Parser();
  return [
    ["dialect", (sql) => throwFirst(parseStatements(sql).errors)],
    [
      "@polyglot-sql/sdk",
      (sql) => {
        const { success, error } = polyglot.parse(sql, polyglot.Dialect.Snowflake);
        if (!success) throw new Error(error);
      },
    ],
    ["node-sql-parser", (sql) => nodeSqlParser.astify(sql, { database: "snowflake" })],
  ];
}

function throwFirst([error]: Error[]): void {
  if (error !== undefined) throw error;
}

function reads(read: Read, sql: string): boolean {
  try {
    read(sql);
    return true;
  } catch {
    return false;
  }
}

function speedOf(read: Read, statements: readonly string[]): { megabytes: number; median: number; slow: number } {
  const total = cpuTime(() => {
    for (const sql of statements) read(sql);
  }, 10);
  const each = statements.map((sql) => shortest(() => read(sql), 5) * 1e3).sort((a, b) => a - b);
  const at = (share: number): number => each[Math.floor((each.length - 1) * share)] ?? 0;
  return { megabytes: bytes(statements.join("")) / 1e3 / total, median: at(0.5), slow: at(0.99) };
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** The least processor time of some runs in milliseconds, after as many that warm up the engine: other programs do not count. */
const cpuTime = (work: () => unknown, runs: number): number => least(work, runs, () => process.cpuUsage().user / 1e3);

const shortest = (work: () => unknown, runs: number): number => least(work, runs, () => performance.now());

function least(work: () => unknown, runs: number, clock: () => number): number {
  let found = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 2 * runs; i++) {
    const start = clock();
    work();
    if (i >= runs) found = Math.min(found, clock() - start);
  }
  return found;
}
