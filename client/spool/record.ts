import { crc32 } from "node:zlib";

const LINE_FEED = 0x0a;
const BLANK = 0x20;
const CHECKSUM_LENGTH = 8;

/** Records, each the checksum of the JSON text as 8 hexadecimal digits, a blank, the JSON text, a line feed. */
export function encodeRecords(events: readonly string[]): Buffer {
  // No character of UTF-16 takes more than three bytes of UTF-8.
  const most = events.reduce((sum, json) => sum + json.length * 3 + CHECKSUM_LENGTH + 2, 0);
  if (most <= SCRATCH_BYTES) {
    scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
    return Buffer.from(scratch.subarray(0, write(events, scratch)));
  }
  const exact = events.reduce((sum, json) => sum + Buffer.byteLength(json, "utf8") + CHECKSUM_LENGTH + 2, 0);
  const records = Buffer.allocUnsafeSlow(exact);
  write(events, records);
  return records;
}

const SCRATCH_BYTES = 256 << 10;
let scratch: Buffer | undefined;

/** @returns where the last record ends */
function write(events: readonly string[], into: Buffer): number {
  let at = 0;
  for (const json of events) {
    const start = at + CHECKSUM_LENGTH + 1;
    const end = start + into.write(json, start, "utf8");
    into.write(checksum(into.subarray(start, end)), at, "latin1");
    into[start - 1] = BLANK;
    into[end] = LINE_FEED;
    at = end + 1;
  }
  return at;
}

/** One line of a segment: where it lies, and its JSON text if the checksum holds. */
export interface Line {
  start: number;
  /** Offset behind the line feed. */
  end: number;
  json: string | undefined;
}

/** Cuts bytes into whole lines; a rest without a line feed is left out. */
export function* decodeLines(bytes: Buffer, base = 0): Generator<Line> {
  let start = 0;
  for (;;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    if (feed < 0) return;
    yield { start: base + start, end: base + feed + 1, json: decodeRecord(bytes.subarray(start, feed)) };
    start = feed + 1;
  }
}

function decodeRecord(line: Buffer): string | undefined {
  const json = line.subarray(CHECKSUM_LENGTH + 1);
  const sound = line[CHECKSUM_LENGTH] === BLANK && line.toString("latin1", 0, CHECKSUM_LENGTH) === checksum(json);
  return sound ? json.toString("utf8") : undefined;
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(CHECKSUM_LENGTH, "0");
}
