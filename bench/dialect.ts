import { Parser } from "node-sql-parser";
import { parseStatements } from "../dialect/index";
import { allStatements } from "../tests/dialect/corpus";
import type { Benchmark } from "./benchmark";

/** A parser under test: reads one statement or throws. */
type Read = (sql: string) => unknown;

/** How fast Snowflake SQL is read: the corpus as one text, and one statement at a time, beside other parsers. */
export const dialect: Benchmark = {
  description: "the parser over its corpus, beside other parsers of Snowflake SQL",
  async run() {
    const statements = allStatements();
    console.log(`corpus: ${statements.length} statements\n`);
    wholeTexts(statements);
    console.log("\none statement at a time, over those that every parser reads:");
    const parsers = await otherParsers();
    const common = statements.filter((sql) => parsers.every(([, read]) => reads(read, sql)));
    console.log(`${common.length} statements, ${(bytes(common.join("")) / 1e3).toFixed(0)} kB`);
    for (const [name, read] of parsers) console.log(speedOf(name, read, common));
    console.log("\nstatements of the corpus that each one reads:");
    for (const [name, read] of parsers)
      console.log(`${name.padEnd(20)} ${statements.filter((sql) => reads(read, sql)).length}`);
  },
};

/** The same text once and many times over: the time for a megabyte must not grow with it. */
function wholeTexts(statements: readonly string[]): void {
  const once = `${statements.join("\n")}\n`;
  for (const times of [1, 4, 16]) {
    const text = once.repeat(times);
    const milliseconds = cpuTime(() => parseStatements(text), 2 + 32 / times);
    const size = bytes(text);
    console.log(
      `one text of ${(size / 1e6).toFixed(2).padStart(5)} MB: ${milliseconds.toFixed(0).padStart(5)} ms, ${(size / 1e3 / milliseconds).toFixed(1)} MB/s`,
    );
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

function speedOf(name: string, read: Read, statements: readonly string[]): string {
  const total = cpuTime(() => {
    for (const sql of statements) read(sql);
  }, 10);
  const each = statements.map((sql) => shortest(() => read(sql), 5) * 1e3).sort((a, b) => a - b);
  const at = (share: number): string => (each[Math.floor((each.length - 1) * share)] ?? 0).toFixed(0).padStart(5);
  const speed = (bytes(statements.join("")) / 1e3 / total).toFixed(2).padStart(6);
  return `${name.padEnd(20)} ${speed} MB/s, a statement takes ${at(0.5)} µs (median), ${at(0.99)} µs (99 of 100)`;
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
