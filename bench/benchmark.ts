/** One figure of a benchmark. Machines are shared, so what counts is `beside`: the same work done otherwise, in the same run. */
export interface Measurement {
  what: string;
  /** With its unit, e.g. `7.4 MB/s`. */
  measured: string;
  /** What it is compared with and the ratio, or the goal it is held against; empty where there is none. */
  beside?: string;
}

/** Takes a figure as soon as it is known. */
export type Report = (measurement: Measurement) => void;

/** What every file bench/<name>.ts exports: `npm run bench -- <name>` runs it, prints its figures and writes them into docs/benchmarks.md. */
export interface Benchmark {
  /** One sentence: what is measured. */
  description: string;
  run(report: Report): Promise<void> | void;
}
