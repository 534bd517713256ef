import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { parseInstant } from "../instant";
import { requestIdOf } from "../requestId";
import { type Cursor, type Position, readCursor, writeCursor } from "./cursor";
import { ownFolder } from "./folderOwner";
import { makeFolder } from "./makeFolder";
import type { Records } from "./record";
import { type BatchEnd, SegmentReader } from "./segmentReader";
import { listSegments, recoverSegment, removeSegment } from "./segments";
import { SegmentWriter } from "./segmentWriter";

export interface SpoolOptions {
  /** Folder of this spool; created with mode 0700. One process at a time. */
  folder: string;
  /** `always`: an append resolves when the disk has it. `{everyMs}`: it resolves when the system has it, the disk follows. Default `always`. */
  fsync?: "always" | { everyMs: number };
  /** Undelivered bytes beyond which an append waits. Default 1 GiB. */
  maxBytes?: number;
  /** Age of the oldest undelivered event, in ms, beyond which an append waits too. Default: no bound. */
  maxAgeMs?: number;
  /** What an append does while the spool is full. Default `wait`. */
  whenFull?: "wait" | "reject";
  /** A segment is closed, and later removed as a whole, at this size. Default 32 MiB. */
  segmentBytes?: number;
  /** Lane of the events: part of the ids that were acknowledged, so that what waits for one lane must not be sent for another. */
  lane?: string;
  /** Told of records whose checksum did not hold. */
  onDamage?: (damage: { segment: number; records: number }) => void;
}

/** The spool holds as much as it may and `whenFull` is `reject`. */
export class SpoolFullError extends Error {
  override name = "SpoolFullError";

  constructor(folder: string, { events, bytes }: { events: number; bytes: number }) {
    super(
      `The spool ${folder} is full: ${events} events (${bytes} bytes) are not delivered yet; this one was not taken`,
    );
  }
}

/** The spool holds events that were acknowledged for another lane. */
export class LaneMismatchError extends Error {
  override name = "LaneMismatchError";

  constructor(folder: string, events: number, lane: string, given: string) {
    super(
      `The spool ${folder} holds ${events} undelivered events of lane ${lane}; open it for that lane and flush it, or give lane ${given} a folder of its own`,
    );
  }
}

export interface SpoolBatch {
  requestId: string;
  events: string[];
}

/**
 * Events on disk, first in, first out: append-only segment files of checksummed lines, and a cursor.
 * What was appended survives the death of the process at any moment; what a crash tore was never acknowledged and is cut off.
 */
export class Spool {
  private readonly waiting: (() => void)[] = [];
  private dataWanted: (() => void) | undefined;
  private readonly reader: SegmentReader;
  private closed = false;
  private batchEnd: (Position & { count: number }) | undefined;
  /** The batch that was read before its turn. */
  private early: { start: Position; stop: number; events: string[] } | undefined;
  private saving: Promise<unknown> = Promise.resolve();
  /** When the oldest undelivered event was accepted, in ms since 1970; known once it was read. */
  oldest: number | undefined;
  /** Undelivered events and bytes. */
  pending = { events: 0, bytes: 0 };

  private constructor(
    private readonly options: Required<Pick<SpoolOptions, "folder" | "maxBytes">> & SpoolOptions,
    private readonly release: () => Promise<void>,
    private cursor: Cursor,
    private readonly writer: SegmentWriter,
  ) {
    this.reader = new SegmentReader(options.folder);
  }

  /**
   * Takes the folder, recovers what is in it, and is ready.
   * @throws FolderInUseError
   */
  static async open(given: SpoolOptions): Promise<Spool> {
    const options = {
      maxBytes: 1 << 30,
      segmentBytes: 32 << 20,
      fsync: "always" as const,
      ...given,
      folder: resolve(given.folder),
    };
    const { folder } = options;
    await makeFolder(folder);
    const release = await ownFolder(folder);
    try {
      const segments = await listSegments(folder);
      const first = segments[0] ?? 1;
      const cursor = (await readCursor(folder)) ?? { spool: randomUUID(), delivered: { segment: first, offset: 0 } };
      const pending = { events: 0, bytes: 0 };
      for (const segment of segments) {
        if (segment < cursor.delivered.segment) {
          await removeSegment(folder, segment);
          continue;
        }
        const from = segment === cursor.delivered.segment ? cursor.delivered.offset : 0;
        const { end, count, damaged } = await recoverSegment(folder, segment, from);
        if (damaged > 0) options.onDamage?.({ segment, records: damaged });
        pending.events += count;
        pending.bytes += end - from;
      }
      const { lane = cursor.lane } = options;
      if (cursor.lane !== undefined && cursor.lane !== lane && pending.events > 0)
        throw new LaneMismatchError(folder, pending.events, cursor.lane, lane as string);
      cursor.lane = lane;
      await writeCursor(folder, cursor);
      const { segment: at, offset } = cursor.delivered;
      // Never behind what another process wrote, nor in a segment of which a part counts as delivered.
      const next = Math.max((segments.at(-1) ?? 0) + 1, offset === 0 ? at : at + 1);
      const writer = new SegmentWriter(options, next);
      const spool = new Spool(options, release, cursor, writer);
      spool.pending = pending;
      return spool;
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Appends events; resolves when they are safe (see `fsync`). Waits while the spool is full. */
  async append({ bytes, count }: Records): Promise<void> {
    while (this.isFull() && !this.closed) {
      if (this.options.whenFull === "reject") throw new SpoolFullError(this.options.folder, this.pending);
      await new Promise<void>((resume) => this.waiting.push(resume));
    }
    // Counted at once, so that those who come later see the room that is taken.
    this.pending.bytes += bytes.length;
    try {
      await this.writer.append(bytes);
    } catch (error) {
      this.pending.bytes -= bytes.length;
      throw error;
    }
    this.pending.events += count;
    this.wake();
  }

  private isFull(): boolean {
    const { maxBytes, maxAgeMs = Number.POSITIVE_INFINITY } = this.options;
    return this.pending.bytes >= maxBytes || (this.oldest !== undefined && Date.now() - this.oldest > maxAgeMs);
  }

  /** Resolves when something is undelivered, or after {@link wake}. */
  async untilData(): Promise<void> {
    if (this.pending.events > 0) return;
    await new Promise<void>((resume) => {
      this.dataWanted = resume;
    });
  }

  /** Ends a wait for data. */
  wake(): void {
    this.dataWanted?.();
  }

  /**
   * The next undelivered events. Until {@link commit} the same call gives the same batch, after a crash too.
   * @returns undefined when nothing is undelivered
   */
  async nextBatch(maxEvents: number, maxBytes: number): Promise<SpoolBatch | undefined> {
    for (;;) {
      const { segment, offset } = this.cursor.delivered;
      const { events, stop } = (await this.batchAt({ segment, offset }, maxEvents, maxBytes)) ?? { stop: offset };
      if (events === undefined || stop === offset) {
        // At its end, or bytes without a line feed behind a failed write: nobody was told that they are safe.
        if (segment >= this.writer.segment) return undefined;
        await this.leaveSegment(segment);
        continue;
      }
      this.batchEnd = { segment, offset: stop, count: events.length };
      if (events.length === 0) {
        await this.commit();
        continue;
      }
      this.oldest = acceptedAt(events[0] as string);
      if (this.cursor.sending !== stop) await this.save((cursor) => ({ ...cursor, sending: stop }));
      return { requestId: this.requestId(stop), events };
    }
  }

  private async batchAt(start: Position, maxEvents: number, maxBytes: number) {
    const { early, cursor } = this;
    if (early?.start.segment === start.segment && early.start.offset === start.offset) return early;
    return this.read(start, { planned: cursor.sending, maxEvents, maxBytes });
  }

  /**
   * The batch behind the present one, to be sent before that one is answered; it is the next one then, after a crash too.
   * @returns undefined when no full one waits there
   */
  async batchAhead(maxEvents: number, maxBytes: number): Promise<SpoolBatch | undefined> {
    const { batchEnd, cursor, pending } = this;
    if (!batchEnd || cursor.sending !== batchEnd.offset) return undefined;
    const { segment, offset, count } = batchEnd;
    const bytes = pending.bytes - (offset - cursor.delivered.offset);
    if (cursor.ahead === undefined && pending.events - count < maxEvents && bytes < maxBytes) return undefined;
    const start = { segment, offset };
    const { events, stop } = (await this.read(start, { planned: cursor.ahead, maxEvents, maxBytes })) ?? {};
    if (!events || stop === undefined || events.length === 0) return undefined;
    if (cursor.ahead !== stop) await this.save((latest) => ({ ...latest, ahead: stop }));
    this.early = { start, stop, events };
    return { requestId: requestIdOf([cursor.spool, segment, offset, stop].join(" ")), events };
  }

  /** @returns undefined at the end of the segment */
  private async read(start: Position, end: BatchEnd) {
    const size = await this.readableEnd(start.segment);
    if (size === undefined || start.offset >= size) return undefined;
    const batch = await this.reader.read(start, size, end);
    if (batch.damaged > 0) this.options.onDamage?.({ segment: start.segment, records: batch.damaged });
    return batch;
  }

  /**
   * Another request id for the last batch, whose present one the server answered with an error for good. On disk before it is used: after
   * a crash the batch goes out under the id that may have succeeded.
   */
  async renewRequestId(): Promise<string> {
    await this.save((cursor) => ({ ...cursor, refused: (cursor.refused ?? 0) + 1 }));
    return this.requestId(this.cursor.sending ?? 0);
  }

  private requestId(stop: number): string {
    const { spool, delivered, refused } = this.cursor;
    return requestIdOf([spool, delivered.segment, delivered.offset, stop, ...(refused ? [refused] : [])].join(" "));
  }

  /** Marks the last batch as delivered. The disk learns of it with a later batch: until then a crash sends it again, under its old request id. */
  async commit(): Promise<void> {
    const { segment, offset, count } = this.batchEnd as Position & { count: number };
    this.pending.events = Math.max(0, this.pending.events - count);
    this.pending.bytes = Math.max(0, this.pending.bytes - (offset - this.cursor.delivered.offset));
    this.oldest = undefined;
    const { spool, lane, ahead } = this.cursor;
    this.cursor = { spool, lane, delivered: { segment, offset }, ...(ahead === undefined ? {} : { sending: ahead }) };
    if (this.pending.events === 0) await this.save((cursor) => cursor);
    for (const resume of this.waiting.splice(0)) resume();
  }

  /** Makes everything durable and gives the folder up; the latter also when the disk takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    for (const resume of this.waiting.splice(0)) resume();
    try {
      await this.writer.close();
      await this.reader.close();
      await this.save((cursor) => cursor);
    } finally {
      await this.release();
    }
  }

  private async readableEnd(segment: number): Promise<number | undefined> {
    return segment === this.writer.segment ? this.writer.written : this.reader.sizeOf(segment);
  }

  private async leaveSegment(segment: number): Promise<void> {
    await this.reader.close();
    const { spool, lane } = this.cursor;
    await this.save(() => ({ spool, lane, delivered: { segment: segment + 1, offset: 0 } }));
    await removeSegment(this.options.folder, segment);
  }

  /** The disk first: what was sent under a cursor that is lost with the process would go out again under another request id. */
  private save(change: (cursor: Cursor) => Cursor): Promise<void> {
    const saved = this.saving.then(async () => {
      const cursor = change(this.cursor);
      await writeCursor(this.options.folder, cursor);
      this.cursor = cursor;
    });
    this.saving = saved.catch(() => undefined);
    return saved;
  }
}

function acceptedAt(json: string): number | undefined {
  const text = /"_recv_at":"([^"]+)"\}$/.exec(json)?.[1];
  return text === undefined ? undefined : parseInstant(text);
}
