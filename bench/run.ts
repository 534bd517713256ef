import { Command } from "commander";
import type { Benchmark } from "./benchmark";
import { consoleBenchmark } from "./console";
import { dialect } from "./dialect";
import { law } from "./law";
import { mcpBenchmark } from "./mcp";

/** Every benchmark by the name it is asked for. A new one is a file bench/<name>.ts and a line here. */
const BENCHMARKS: Record<string, Benchmark> = { dialect, law, console: consoleBenchmark, mcp: mcpBenchmark };

const program = new Command("bench").description("Measure the speed of one room on this machine.");
for (const [name, { description, run }] of Object.entries(BENCHMARKS))
  program
    .command(name)
    .description(description)
    .action(() => run());

void program.parseAsync();
