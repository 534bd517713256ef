import { isUtf8 } from "node:buffer";

/** One line of a file, or why it is none. */
export interface TextLine {
  /** Counted from 1. */
  line: number;
  text: string;
  problem?: string;
  /** No line feed ends it: whoever writes the file may be in the middle of it. */
  isOpen?: boolean;
}

/** A longer line is no event; it is passed over without being held in memory. */
export const MAX_LINE_BYTES = 16 << 20;

/** What is said of a file that is one line only because of its line ends. */
export const CR_ALONE = "ends its lines in CR alone; expected LF or CR LF (convert it with: tr '\\r' '\\n')";

const LINE_FEED = 0x0a;
const EXCERPT = 1000;

/**
 * Cuts a stream of bytes into lines in bounded memory. A byte order mark is dropped. Blank lines are counted and left out, and
 * blanks around a line too, unless `whole` is set.
 */
export async function* readLines(
  bytes: AsyncIterable<Buffer>,
  { whole = false } = {},
): AsyncGenerator<TextLine, undefined> {
  let line = 0;
  let parts: Buffer[] = [];
  let held = 0;
  let tooLong = 0;
  const take = (last: Buffer): TextLine | undefined => {
    line++;
    const all = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    const total = tooLong + all.length;
    parts = [];
    held = 0;
    const long = tooLong > 0;
    tooLong = 0;
    if (long) {
      const problem = `the line has ${total} bytes; the limit is ${MAX_LINE_BYTES}`;
      return { line, text: all.toString("utf8", 0, EXCERPT), problem };
    }
    return decode(all, line, whole);
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed >= 0; feed = chunk.indexOf(LINE_FEED, start)) {
      const found = take(chunk.subarray(start, feed));
      start = feed + 1;
      if (found !== undefined) yield found;
    }
    if (start < chunk.length) {
      const rest = chunk.subarray(start);
      if (held + rest.length > MAX_LINE_BYTES) {
        // Its beginning is kept for the report.
        const beginning = Buffer.concat([...parts, rest]).subarray(0, EXCERPT);
        tooLong += held + rest.length - beginning.length;
        parts = [beginning];
        held = beginning.length;
      } else {
        parts.push(rest);
        held += rest.length;
      }
    }
  }
  if (held > 0) {
    const found = take(Buffer.alloc(0));
    if (found !== undefined) yield { ...found, isOpen: true };
  }
}

function decode(bytes: Buffer, line: number, whole: boolean): TextLine | undefined {
  if (!isUtf8(bytes)) return { line, text: bytes.toString("latin1"), problem: "the line is not UTF-8" };
  const decoded = bytes.toString("utf8");
  const text = line === 1 ? decoded.replace(/^\uFEFF/, "") : decoded;
  if (whole) return { line, text };
  const trimmed = text.trim();
  return trimmed === "" ? undefined : { line, text: trimmed };
}
