import pc from "picocolors";

/** One step of a command: gives signs of life, on a terminal in one line, says how it ended and how long it took. */
export class Stage {
  private readonly started = performance.now();
  private readonly timer: NodeJS.Timeout | undefined;
  private detail = "";

  constructor(
    private readonly name: string,
    private readonly stream: Pick<NodeJS.WriteStream, "isTTY" | "write"> = process.stderr,
    /** How often something is said where there is no terminal. */
    quietMs = 10_000,
  ) {
    this.timer = setInterval(() => this.draw(), stream.isTTY ? 500 : quietMs).unref();
    if (stream.isTTY) this.draw();
  }

  update(detail: string): void {
    this.detail = detail;
  }

  done(said: string): void {
    this.end(`${pc.green("✓")} ${this.name}: ${said} (${this.seconds()} s)\n`);
  }

  failed(): void {
    this.end(`${pc.red("✗")} ${this.name} (${this.seconds()} s)\n`);
  }

  private end(line: string): void {
    clearInterval(this.timer);
    this.stream.write(this.stream.isTTY ? `\r\u001b[K${line}` : line);
  }

  private draw(): void {
    const line = `… ${this.name}${this.detail && ` ${this.detail}`} (${this.seconds()} s)`;
    this.stream.write(this.stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }

  private seconds(): string {
    return ((performance.now() - this.started) / 1000).toFixed(1);
  }
}
