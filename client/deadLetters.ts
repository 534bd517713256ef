import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";

/** An event that will not come into ACTIVITY.EVENTS, and why. */
export interface DeadLetter {
  reason: string;
  /** JSON text of the event; absent when only the warehouse knows which of a batch it was. */
  event?: string;
  eventId?: string;
  /** How many events this stands for. */
  count: number;
}

/** Keeps refused events in a file next to the spool, one JSON line each: `{"at", "reason", "event_id", "event"}`. Mode 0600. */
export class DeadLetterFile {
  private file: Promise<FileHandle> | undefined;
  readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, "dead-letters.ndjson");
  }

  /** Resolves when the disk has them. */
  async keep(letters: readonly DeadLetter[]): Promise<void> {
    const lines = letters.flatMap(({ reason, event, eventId }) =>
      event === undefined
        ? []
        : `${JSON.stringify({ at: new Date().toISOString(), reason, event_id: eventId }).slice(0, -1)},"event":${event}}\n`,
    );
    if (lines.length === 0) return;
    this.file ??= open(this.path, "a", 0o600);
    const file = await this.file;
    await file.appendFile(lines.join(""));
    await file.datasync();
  }

  async close(): Promise<void> {
    await (await this.file)?.close();
    this.file = undefined;
  }
}
