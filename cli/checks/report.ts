import pc from "picocolors";
import type { NamedResult } from "./check";

const MARKS = {
  ok: pc.green("✓"),
  warning: pc.yellow("!"),
  failed: pc.red("✗"),
  skipped: pc.dim("-"),
};

/** Prints the results as aligned lines with what to do below each that needs it, or as one JSON array; sets exit code 1 on a failure. */
export function reportChecks(results: readonly NamedResult[], json = false): void {
  if (results.some(({ state }) => state === "failed")) process.exitCode = 1;
  if (json) {
    console.log(JSON.stringify(results, null, 2));
    return;
  }
  const width = Math.max(...results.map(({ name }) => name.length));
  for (const { name, state, found, todo } of results) {
    console.log(`${MARKS[state]} ${name.padEnd(width)}  ${found}`);
    if (todo) console.log(`${" ".repeat(width + 4)}${pc.dim("→")} ${todo}`);
  }
}
