import type { FileHandle } from "node:fs/promises";
import { createSegment } from "./segments";

interface WriterOptions {
  folder: string;
  fsync: "always" | { everyMs: number };
  segmentBytes: number;
}

interface Append {
  bytes: Buffer;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** Bytes that go to the disk in one write; more appends wait for the next. */
const GROUP_BYTES = 4 << 20;

/** Appends to the youngest segment. Appends that come while the disk is busy share the next write and the next fsync. */
export class SegmentWriter {
  private file: FileHandle | undefined;
  private queue: Append[] = [];
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private unsynced = false;
  private closed = false;
  /** Offset up to which the segment is written (and, by policy, synced). */
  written = 0;

  /** @param segment number of the segment that is created with the first append */
  constructor(
    private readonly options: WriterOptions,
    public segment: number,
  ) {}

  append(bytes: Buffer): Promise<void> {
    if (this.closed) return Promise.reject(new Error("The spool is closed"));
    return new Promise((resolve, reject) => {
      this.queue.push({ bytes, resolve, reject });
      this.working ??= this.work().finally(() => {
        this.working = undefined;
      });
    });
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0) {
      const group = this.takeGroup();
      try {
        const [first] = group as [Append];
        await this.write(group.length === 1 ? first.bytes : Buffer.concat(group.map(({ bytes }) => bytes)));
        for (const { resolve } of group) resolve();
      } catch (error) {
        // What the disk holds of it is unknown: nothing is ever appended behind it.
        await this.abandonSegment();
        const cause = error as NodeJS.ErrnoException;
        const reason = new Error(`The spool ${this.options.folder} cannot be written: ${cause.message}`, { cause });
        for (const { reject } of group) reject(reason);
      }
    }
  }

  private takeGroup(): Append[] {
    let bytes = 0;
    const end = this.queue.findIndex((append) => {
      bytes += append.bytes.length;
      return bytes > GROUP_BYTES;
    });
    return this.queue.splice(0, end < 0 ? this.queue.length : Math.max(end, 1));
  }

  private async write(bytes: Buffer): Promise<void> {
    if (this.file !== undefined && this.written >= this.options.segmentBytes) await this.rotate();
    this.file ??= await createSegment(this.options.folder, this.segment);
    for (let done = 0; done < bytes.length; ) {
      done += (await this.file.write(bytes, done, bytes.length - done)).bytesWritten;
    }
    if (this.options.fsync === "always") await this.file.datasync();
    else this.syncLater(this.options.fsync.everyMs);
    this.written += bytes.length;
  }

  private syncLater(everyMs: number): void {
    this.unsynced = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.unsynced = false;
      void this.file?.datasync().catch(() => {
        this.unsynced = true;
      });
    }, everyMs);
  }

  private async rotate(): Promise<void> {
    if (this.unsynced) await this.file?.datasync();
    await this.file?.close();
    this.file = undefined;
    this.segment++;
    this.written = 0;
  }

  private async abandonSegment(): Promise<void> {
    const { file } = this;
    if (file === undefined) return;
    this.file = undefined;
    await file.truncate(this.written).catch(() => undefined);
    await file.close().catch(() => undefined);
    this.segment++;
    this.written = 0;
  }

  /** Waits for what is under way and makes it durable. */
  async close(): Promise<void> {
    this.closed = true;
    await this.working;
    clearTimeout(this.timer);
    if (this.file !== undefined) {
      await this.file.datasync();
      await this.file.close();
    }
    this.file = undefined;
  }
}
