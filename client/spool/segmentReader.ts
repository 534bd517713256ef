import { type FileHandle, open } from "node:fs/promises";
import type { Position } from "./cursor";
import { readLines, segmentPath } from "./segments";

/** Where a batch ends: at a place that was decided before, or when it is full. */
export interface BatchEnd {
  planned: number | undefined;
  maxEvents: number;
  maxBytes: number;
}

/** Reads the records of a spool, one segment at a time. */
export class SegmentReader {
  private reading: { segment: number; file: FileHandle } | undefined;

  constructor(private readonly folder: string) {}

  /** Bytes of a segment; undefined when there is none. */
  async sizeOf(segment: number): Promise<number | undefined> {
    const file = await this.fileOf(segment).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    return file && (await file.stat()).size;
  }

  /** Events from a place on; `stop` is where the next batch begins, `damaged` counts records whose checksum did not hold. */
  async read({ segment, offset }: Position, end: number, { planned, maxEvents, maxBytes }: BatchEnd) {
    const file = await this.fileOf(segment);
    const events: string[] = [];
    let damaged = 0;
    let stop = offset;
    reading: while (stop < end) {
      const lines = await readLines(file, stop, end);
      if (lines.length === 0) break;
      for (const line of lines) {
        const full =
          planned === undefined
            ? events.length >= maxEvents || (events.length > 0 && line.end - offset > maxBytes)
            : line.end > planned;
        if (full) break reading;
        if (line.json === undefined) damaged++;
        else events.push(line.json);
        stop = line.end;
      }
    }
    return { events, stop, damaged };
  }

  async close(): Promise<void> {
    await this.reading?.file.close();
    this.reading = undefined;
  }

  private async fileOf(segment: number): Promise<FileHandle> {
    if (this.reading?.segment !== segment) {
      await this.close();
      this.reading = { segment, file: await open(segmentPath(this.folder, segment), "r") };
    }
    return this.reading.file;
  }
}
