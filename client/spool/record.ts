import { crc32 } from "node:zlib";

const LINE_FEED = 0x0a;
const CHECKSUM_LENGTH = 8;

/** One record: checksum of the JSON text as 8 hexadecimal digits, a blank, the JSON text, a line feed. */
export function encodeRecord(json: string): Buffer {
  const length = Buffer.byteLength(json, "utf8");
  const record = Buffer.allocUnsafe(CHECKSUM_LENGTH + 1 + length + 1);
  record.write(json, CHECKSUM_LENGTH + 1, "utf8");
  record.write(checksum(record.subarray(CHECKSUM_LENGTH + 1, -1)), 0, "latin1");
  record[CHECKSUM_LENGTH] = 0x20;
  record[record.length - 1] = LINE_FEED;
  return record;
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
  const sound = line[CHECKSUM_LENGTH] === 0x20 && line.toString("latin1", 0, CHECKSUM_LENGTH) === checksum(json);
  return sound ? json.toString("utf8") : undefined;
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(CHECKSUM_LENGTH, "0");
}
