interface Entry {
  answer: Promise<unknown>;
  expiresAt: number;
}

/**
 * Keeps answers for a while, so that many browsers cost the warehouse as much as one. Whoever asks while a question is on
 * its way waits for the same answer. Failures are not kept.
 */
export class AnswerCache {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly limit = 200,
    private readonly now: () => number = Date.now,
  ) {}

  get<T>(key: string, maxAgeMs: number, ask: () => Promise<T>): Promise<T> {
    const kept = this.entries.get(key);
    if (kept && kept.expiresAt > this.now()) return kept.answer as Promise<T>;
    const answer = ask();
    const entry: Entry = { answer, expiresAt: Number.POSITIVE_INFINITY };
    this.entries.delete(key);
    this.entries.set(key, entry);
    answer.then(
      () => {
        entry.expiresAt = this.now() + maxAgeMs;
      },
      () => {
        if (this.entries.get(key) === entry) this.entries.delete(key);
      },
    );
    if (this.entries.size > this.limit) this.entries.delete(this.entries.keys().next().value as string);
    return answer;
  }

  /** Forgets everything: the data has changed. */
  clear(): void {
    this.entries.clear();
  }
}
