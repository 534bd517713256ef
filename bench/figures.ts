import { readFileSync } from "node:fs";

/** The value at a share of all: `at(values, 0.99)` is the 99th percentile; 0 when there are none. */
export function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: readonly number[]): number => at(values, 0.5);

/** Of times in milliseconds. */
export const spread = (values: readonly number[]): string =>
  `p50 ${at(values, 0.5).toFixed(1)} ms, p99 ${at(values, 0.99).toFixed(1)} ms`;

/** Milliseconds that some work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Memory that a process holds; NaN where the system does not tell it by the process, as Linux does. */
export function residentMegabytes(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds of processor time of all children that have ended, and of theirs; NaN where the system does not tell it, as Linux does. */
export function childProcessorTime(): number {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    // After the name, which may hold spaces: cutime and cstime are fields 16 and 17, in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return Number.NaN;
  }
}
