import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "./spool/syncFolder";

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
  private file: FileHandle | undefined;
  private writing: Promise<unknown> = Promise.resolve();
  readonly path: string;

  constructor(private readonly folder: string) {
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
    const written = this.writing.then(() => this.write(lines.join("")));
    this.writing = written.catch(() => undefined);
    await written;
  }

  private async write(lines: string): Promise<void> {
    const { file, beginning } = await this.open();
    try {
      await file.appendFile(beginning + lines);
      await file.datasync();
    } catch (error) {
      // What the disk took of it is looked at when there is more to keep.
      await this.release();
      throw error;
    }
  }

  /** @returns what ends a line that a crash or a full disk tore */
  private async open(): Promise<{ file: FileHandle; beginning: string }> {
    if (this.file !== undefined) return { file: this.file, beginning: "" };
    const file = await open(this.path, "a+", 0o600);
    this.file = file;
    const { size } = await file.stat();
    if (size === 0) await syncFolder(this.folder);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(size - 1, 0));
    return { file, beginning: bytesRead === 1 && buffer[0] !== 0x0a ? "\n" : "" };
  }

  private async release(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.close();
  }

  async close(): Promise<void> {
    await this.writing;
    await this.release();
  }
}
