/** What every file bench/<name>.ts exports: `npm run bench -- <name>` runs it and it prints its figures. */
export interface Benchmark {
  /** One sentence for the list of benchmarks. */
  description: string;
  run(): Promise<void> | void;
}
