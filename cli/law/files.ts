import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";

/** What a person gave that cannot be read. */
export class UnreadableInput extends Error {}

/** The text of a file; `-` is standard input. UTF-8, or UTF-16 as Windows writes it. */
export async function readText(file: string): Promise<string> {
  try {
    // One after the other: thousands of files are more than may be open at once.
    return decoded(file === "-" ? await buffer(process.stdin) : readFileSync(file));
  } catch (cause) {
    throw new UnreadableInput(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** By its byte order mark, which is left out; UTF-16 without one shows in the zero bytes of its first letters. */
export function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (first !== 0 && second === 0 && bytes.length > 2) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0 && second !== 0 && bytes.length > 1) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}

export function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new UnreadableInput(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
