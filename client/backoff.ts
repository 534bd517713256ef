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

  reset(): void {
    this.previous = this.base;
  }
}

/** Waits; ends early, without an error, when the signal is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done, { once: true });
  });
}
