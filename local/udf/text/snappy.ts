/*
 * Snappy without frames, the whole in one block of elements: a literal, or a copy of what stands before.
 * Source: https://github.com/google/snappy/blob/main/format_description.txt
 */

const MIN_MATCH = 4;
const LONGEST_COPY = 64;
const FARTHEST = 65_535;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

function literal(output: number[], bytes: Buffer): void {
  if (bytes.length === 0) return;
  const last = bytes.length - 1;
  if (last < 60) output.push(last << 2);
  else {
    const size = last < 0x100 ? 1 : last < 0x10000 ? 2 : last < 0x1000000 ? 3 : 4;
    output.push((59 + size) << 2);
    for (let i = 0; i < size; i++) output.push((last >>> (8 * i)) & 0xff);
  }
  for (const byte of bytes) output.push(byte);
}

function copy(output: number[], offset: number, length: number): void {
  let rest = length;
  while (rest > 0) {
    // No piece of fewer than four bytes is left behind.
    const piece =
      rest > LONGEST_COPY && rest < LONGEST_COPY + MIN_MATCH ? LONGEST_COPY - MIN_MATCH : Math.min(rest, LONGEST_COPY);
    if (piece >= MIN_MATCH && piece < 12 && offset < 2048)
      output.push(1 | ((piece - 4) << 2) | ((offset >> 8) << 5), offset & 0xff);
    else output.push(2 | ((piece - 1) << 2), offset & 0xff, offset >> 8);
    rest -= piece;
  }
}

export function compressSnappy(input: Buffer): Buffer {
  const output = varint(input.length);
  const seen = new Map<number, number>();
  let pending = 0;
  let at = 0;
  while (at + MIN_MATCH <= input.length) {
    const word = input.readUInt32LE(at);
    const before = seen.get(word);
    seen.set(word, at);
    if (before === undefined || at - before > FARTHEST) {
      at++;
      continue;
    }
    let length = MIN_MATCH;
    while (at + length < input.length && input[before + length] === input[at + length]) length++;
    literal(output, input.subarray(pending, at));
    copy(output, at - before, length);
    at += length;
    pending = at;
  }
  literal(output, input.subarray(pending));
  return Buffer.from(output);
}

/** Undefined for bytes that are no Snappy. */
export function decompressSnappy(input: Buffer): Buffer | undefined {
  let at = 0;
  let size = 0;
  for (let shift = 1; ; shift *= 0x80) {
    const byte = input[at++];
    if (byte === undefined || shift > 2 ** 28) return undefined;
    size += (byte & 0x7f) * shift;
    if (byte < 0x80) break;
  }
  // No element of three bytes stands for more than 64.
  if (size > input.length * LONGEST_COPY) return undefined;
  const output = Buffer.alloc(size);
  let written = 0;
  const number = (bytes: number): number => {
    const value = at + bytes <= input.length ? input.readUIntLE(at, bytes) : Number.NaN;
    at += bytes;
    return value;
  };
  while (at < input.length) {
    const tag = number(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = (short < 60 ? short : number(short - 59)) + 1;
      if (!(at + length <= input.length && written + length <= size)) return undefined;
      input.copy(output, written, at, at + length);
      at += length;
      written += length;
      continue;
    }
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const offset = kind === 1 ? ((tag >> 5) << 8) + number(1) : number(kind === 2 ? 2 : 4);
    if (!(offset > 0 && offset <= written && written + length <= size)) return undefined;
    for (let i = 0; i < length; i++) output[written + i] = output[written + i - offset] as number;
    written += length;
  }
  return written === size ? output : undefined;
}
