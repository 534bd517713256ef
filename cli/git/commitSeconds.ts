import type { Commit } from "./gitLog";

const MOST_KEPT = 10_000;

/** Counts the commits of an author within one second. Keeps the last 10 000 seconds: those of a rebase stand close together in a history. */
export class Seconds {
  private readonly counts = new Map<string, number>();

  /** How many earlier commits that changed files have this commit's author and second. */
  placeOf({ authorEmail, authoredAt, files }: Commit): number {
    if (files.length === 0) return 0;
    const key = `${authorEmail.trim().toLowerCase()} ${Date.parse(authoredAt)}`;
    const place = this.counts.get(key) ?? 0;
    this.counts.delete(key);
    this.counts.set(key, place + 1);
    if (this.counts.size > MOST_KEPT) this.counts.delete(this.counts.keys().next().value as string);
    return place;
  }
}
