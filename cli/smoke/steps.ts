import pc from "picocolors";

/** A step that found something else than it should. */
export class SmokeFailure extends Error {
  override name = "SmokeFailure";
}

/** Runs steps one after the other; prints one line each with its time. */
export class Steps {
  failed = 0;

  constructor(private readonly print: (line: string) => void = (line) => console.log(line)) {}

  /**
   * @param work returns what to say about a success
   * @returns what `work` gave besides, or undefined when it failed
   */
  async run<T>(name: string, work: () => Promise<{ said?: string; value: T } | undefined>): Promise<T | undefined> {
    const started = performance.now();
    const line = (mark: string, said: string) => {
      const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7);
      this.print(`${mark} ${seconds}  ${name}${said ? `: ${said}` : ""}`);
    };
    try {
      const result = await work();
      line(pc.green("ok  "), result?.said ?? "");
      return result?.value;
    } catch (error) {
      this.failed++;
      line(pc.red("FAIL"), (error as Error).message);
      return undefined;
    }
  }
}
