import { parseStatements } from "../dialect/index";
import { allStatements } from "../tests/dialect/corpus";
import type { Benchmark } from "./benchmark";

/** How fast Snowflake SQL is read: the corpus concatenated, and one statement at a time, beside other parsers. */
export const dialect: Benchmark = {
  description: "the parser over its corpus, beside other parsers of Snowflake SQL",
  run() {
    const statements = allStatements();
    const text = `${statements.join(";\n")};\n`;
    const bytes = Buffer.byteLength(text);
    const whole = best(() => parseStatements(text));
    console.log(`corpus: ${statements.length} statements, ${(bytes / 1e6).toFixed(2)} MB`);
    console.log(`whole text: ${(bytes / 1e3 / whole).toFixed(1)} MB/s`);
  },
};

/** The shortest of ten timed runs in milliseconds, after as many that warm up the engine. */
function best(work: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    work();
    if (i >= 10) shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
