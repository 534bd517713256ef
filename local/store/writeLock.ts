/** First come, first served; one holder. */
export class WriteLock {
  private held = false;
  private readonly waiting: (() => void)[] = [];

  /** Resolves with the release function. Rejects with the signal's reason when aborted while waiting. */
  acquire(signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const enter = () => {
        signal?.removeEventListener("abort", leave);
        this.held = true;
        let released = false;
        resolve(() => {
          if (released) return;
          released = true;
          const next = this.waiting.shift();
          if (next) next();
          else this.held = false;
        });
      };
      const leave = () => {
        const index = this.waiting.indexOf(enter);
        if (index >= 0) this.waiting.splice(index, 1);
        reject(signal?.reason);
      };
      if (!this.held) return enter();
      signal?.addEventListener("abort", leave, { once: true });
      this.waiting.push(enter);
    });
  }

  get isHeld(): boolean {
    return this.held;
  }

  get queueLength(): number {
    return this.waiting.length;
  }
}
