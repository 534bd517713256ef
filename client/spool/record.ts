import { crc32 } from "node:zlib";

const LINE_FEED = 0x0a;
const BLANK = 0x20;
const CHECKSUM_LENGTH = 8;

/** Checksum, blank and line feed. */
const FRAME = CHECKSUM_LENGTH + 2;

/** Events as they lie in a segment: each the checksum of its JSON text as 8 hexadecimal digits, a blank, the JSON text, a line feed. */
export interface Records {
  bytes: Buffer;
  count: number;
}

const PAGE_BYTES = 256 << 10;
/** Taken while somebody writes on it, for an event's own toJSON may track another event. */
let sparePage: Buffer | undefined;

/** Writes events into records one by one, so that their texts need not outlive the call that made them. */
export class RecordEncoder {
  private readonly full: Buffer[] = [];
  private page: Buffer;
  private at = 0;
  private count = 0;

  constructor() {
    this.page = sparePage ?? Buffer.allocUnsafeSlow(PAGE_BYTES);
    sparePage = undefined;
  }

  add(json: string): void {
    // No character of UTF-16 takes more than three bytes of UTF-8.
    this.makeRoom(json.length * 3 + FRAME);
    const { page, at } = this;
    const start = at + CHECKSUM_LENGTH + 1;
    const end = start + page.write(json, start, "utf8");
    writeChecksum(crc32(page.subarray(start, end)), page, at);
    page[start - 1] = BLANK;
    page[end] = LINE_FEED;
    this.at = end + 1;
    this.count++;
  }

  private makeRoom(bytes: number): void {
    if (this.at + bytes <= this.page.length) return;
    this.full.push(this.page.subarray(0, this.at));
    this.page = Buffer.allocUnsafeSlow(Math.max(PAGE_BYTES, bytes));
    this.at = 0;
  }

  /** All records that were added; the encoder is done. */
  finish(): Records {
    const bytes = Buffer.concat([...this.full, this.page.subarray(0, this.at)]);
    if (this.page.length === PAGE_BYTES) sparePage = this.page;
    return { bytes, count: this.count };
  }
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
