/** A bucket of calls that fills steadily: a minute's worth at most, all of it at the start. */
export class RateLimit {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly callsPerMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = callsPerMinute;
    this.filledAt = now();
  }

  /** Takes one call. @returns 0, or the seconds to wait when there is none left */
  take(): number {
    const now = this.now();
    this.tokens = Math.min(this.callsPerMinute, this.tokens + ((now - this.filledAt) / 60_000) * this.callsPerMinute);
    this.filledAt = now;
    if (this.tokens < 1) return Math.max(1, Math.ceil(((1 - this.tokens) / this.callsPerMinute) * 60));
    this.tokens -= 1;
    return 0;
  }
}
