export interface BackoffOptions {
  /** First wait in ms. Default 100. */
  baseMs?: number;
  /** Longest wait in ms. Default 30000. */
  capMs?: number;
  /** From 0 to 1; for tests. Default `Math.random`. */
  random?: () => number;
}

/**
 * Waits that grow with every failure and never agree between two clients ("decorrelated jitter": between the base and three
 * times the previous wait), so that a server that comes back is not hit by all of them at once.
 */
export class Backoff {
  private readonly base: number;
  private readonly cap: number;
  private readonly random: () => number;
  private previous: number;

  constructor({ baseMs = 100, capMs = 30_000, random = Math.random }: BackoffOptions = {}) {
    this.base = baseMs;
    this.cap = Math.max(baseMs, capMs);
    this.random = random;
    this.previous = baseMs;
  }

  /** The next wait in ms. */
  next(): number {
    const upper = Math.max(this.previous * 3, this.base);
    this.previous = Math.min(this.cap, this.base + this.random() * (upper - this.base));
    return Math.round(this.previous);
  }

  /** The longest wait in ms. */
  get longest(): number {
    return this.cap;
  }

  reset(): void {
    this.previous = this.base;
  }
}

/**
 * Waits; ends early, without an error, when one of the signals is aborted. Signals are not joined by `AbortSignal.any`, which on Node 20
 * leaves something behind in a signal that outlives the joined one.
 */
export function pause(milliseconds: number, ...signals: AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    if (signals.some(({ aborted }) => aborted)) return resolve();
    const done = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    for (const signal of signals) signal.addEventListener("abort", done, { once: true });
  });
}
