import pc from "picocolors";

/** One step of a command: says that it began, gives signs of life on a terminal, says how it ended and how long it took. */
export class Stage {
  private readonly started = performance.now();
  private readonly timer: NodeJS.Timeout | undefined;
  private detail = "";

  constructor(
    private readonly name: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    if (stream.isTTY) this.timer = setInterval(() => this.draw(), 500);
    this.draw();
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
    if (this.stream.isTTY) this.stream.write(`\r\u001b[K… ${this.name} ${this.detail} (${this.seconds()} s)`);
  }

  private seconds(): string {
    return ((performance.now() - this.started) / 1000).toFixed(1);
  }
}
