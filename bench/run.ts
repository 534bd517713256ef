import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, Command } from "commander";
import type { Benchmark, Measurement } from "./benchmark";
import { circumstances } from "./circumstances";
import { consoleBenchmark } from "./console";
import { deploy } from "./deploy";
import { dialect } from "./dialect";
import { ingestBenchmark } from "./ingest";
import { law } from "./law";
import { localBenchmark } from "./local";
import { mcpBenchmark } from "./mcp";
import { memoryBenchmark } from "./memory";
import { withSection } from "./page";
import { refreshBenchmark } from "./refresh";

/** Every benchmark by the name it is asked for. A new one is a file bench/<name>.ts and a line here. */
const BENCHMARKS: Record<string, Benchmark> = {
  dialect,
  law,
  console: consoleBenchmark,
  mcp: mcpBenchmark,
  deploy,
  ingest: ingestBenchmark,
  local: localBenchmark,
  memory: memoryBenchmark,
  refresh: refreshBenchmark,
};
const PAGE = join(__dirname, "..", "docs", "benchmarks.md");

const names = Object.keys(BENCHMARKS);
const list = Object.entries(BENCHMARKS).map(([name, { description }]) => `  ${name.padEnd(10)} ${description}`);

new Command("npm run bench --")
  .description("Measures on this machine and writes docs/benchmarks.md: all of it, or what is named.")
  .addArgument(new Argument("[names...]", "what to measure").choices(names).default(names, "everything"))
  .option("--no-write", "leave docs/benchmarks.md as it is")
  .addHelpText("after", `\nBenchmarks:\n${list.join("\n")}`)
  .action(async (chosen: string[], { write }: { write: boolean }) => {
    for (const name of chosen) await measure(name, write);
  })
  .parseAsync()
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });

async function measure(name: string, write: boolean): Promise<void> {
  const { description, run } = BENCHMARKS[name] as Benchmark;
  const where = circumstances();
  const measurements: Measurement[] = [];
  console.log(`\n${name}: ${description}\n${where}\n`);
  await run((measurement) => {
    measurements.push(measurement);
    const { what, measured, beside = "" } = measurement;
    console.log(`${what.padEnd(52)}  ${measured.padEnd(24)}  ${beside}`.trimEnd());
  });
  if (!write) return;
  const page = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
  writeFileSync(PAGE, withSection(page, { name, description, measurements, circumstances: where }));
}
