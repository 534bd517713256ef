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
    writeChecksum(crc32(into.subarray(start, end)), into, at);
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
    yield { start: base + start, end: base + feed + 1, json: decodeRecord(bytes, start, feed) };
    start = feed + 1;
  }
}

function decodeRecord(bytes: Buffer, start: number, end: number): string | undefined {
  const at = start + CHECKSUM_LENGTH + 1;
  const sound = at <= end && bytes[at - 1] === BLANK && readChecksum(bytes, start) === crc32(bytes.subarray(at, end));
  return sound ? bytes.toString("utf8", at, end) : undefined;
}

const DIGITS = Buffer.from("0123456789abcdef");
/** By the digit's code; -1 for what is none. */
const DIGIT_VALUES = new Int8Array(256).fill(-1);
for (const [value, code] of DIGITS.entries()) DIGIT_VALUES[code] = value;

/** Digit by digit: as texts, the checksums would take longer than everything else that is done to a record. */
function writeChecksum(sum: number, into: Buffer, at: number): void {
  let rest = sum;
  for (let digit = at + CHECKSUM_LENGTH - 1; digit >= at; digit--) {
    into[digit] = DIGITS[rest & 0xf] as number;
    rest >>>= 4;
  }
}

/** @returns NaN when these are no hexadecimal digits */
function readChecksum(bytes: Buffer, at: number): number {
  let sum = 0;
  for (let digit = at; digit < at + CHECKSUM_LENGTH; digit++) {
    const value = DIGIT_VALUES[bytes[digit] as number] as number;
    if (value < 0) return Number.NaN;
    sum = sum * 16 + value;
  }
  return sum;
}
