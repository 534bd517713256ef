import type { Writable } from "node:stream";

/** One sign of life of a step. */
export interface Progress {
  /** What is being put in place, e.g. `Pulumi CLI 3.248.0`. */
  piece: string;
  message: string;
  /** Seconds since the step began. */
  seconds: number;
}

export type OnProgress = (progress: Progress) => void;

/** Repeats the latest message every two seconds for as long as a step lasts, and each new message at once. */
export class ProgressReporter {
  private readonly started = Date.now();
  private readonly timer: NodeJS.Timeout;
  private message = "";

  constructor(
    private readonly piece: string,
    private readonly onProgress: OnProgress,
  ) {
    this.timer = setInterval(() => this.emit(), 2000);
    this.timer.unref();
  }

  /** A new stage: told at once. */
  stage(message: string): void {
    this.message = message;
    this.emit();
  }

  /** Begins a stage unless it is the present one. */
  once(message: string): void {
    if (message !== this.message) this.stage(message);
  }

  /** A change within the stage, such as a count: told with the next beat. */
  update(message: string): void {
    this.message = message;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private emit(): void {
    if (!this.message) return;
    const seconds = Math.round((Date.now() - this.started) / 1000);
    this.onProgress({ piece: this.piece, message: this.message, seconds });
  }
}

/** `Pulumi CLI 3.248.0: compiling, 412 of 1903 packages (34 s)` */
export function formatProgress({ piece, message, seconds }: Progress): string {
  return seconds >= 2 ? `${piece}: ${message} (${seconds} s)` : `${piece}: ${message}`;
}

/** Prints progress: one line that is rewritten on a terminal, elsewhere a line per stage and every ten seconds. */
export function progressPrinter(stream: Writable & { isTTY?: boolean; columns?: number } = process.stderr): OnProgress {
  let last = { stage: "", at: 0 };
  return (progress) => {
    const line = formatProgress(progress);
    if (stream.isTTY) {
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}${isFinal(progress) ? "\n" : ""}`);
      return;
    }
    const stage = `${progress.piece} ${progress.message.replace(/\d+/g, "")}`;
    if (stage === last.stage && Date.now() - last.at < 10_000) return;
    last = { stage, at: Date.now() };
    stream.write(`${line}\n`);
  };
}

/** The message that ends the story of a piece. */
export const READY = "ready";

function isFinal({ message }: Progress): boolean {
  return message === READY || message.startsWith(`${READY},`);
}
