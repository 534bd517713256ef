import type { Answer } from "../../history/requestLog";
import type { Presentation } from "./cells";

export interface Submitted {
  userId: number;
  answer: Promise<Answer>;
  presentation: Presentation;
  /** Milliseconds since 1970. */
  createdOn: number;
}

const REMEMBERED = 2_000;

/** What was submitted lately, by handle: a later GET does not repeat how values are to be written. */
export class Submissions {
  private readonly byHandle = new Map<string, Submitted>();

  add(handle: string, submitted: Submitted): void {
    this.byHandle.set(handle, submitted);
    const [oldest] = this.byHandle.keys();
    if (oldest !== undefined && this.byHandle.size > REMEMBERED) this.byHandle.delete(oldest);
  }

  /** A user's own. */
  get(handle: string, userId: number): Submitted | undefined {
    const submitted = this.byHandle.get(handle);
    return submitted?.userId === userId ? submitted : undefined;
  }
}
