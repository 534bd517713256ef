import { replacedByPattern } from "./patterns";

/**
 * Functions of text whose value is known when their arguments are; the arguments as text, numbers as they are written.
 * Undefined where it is not: Snowflake would refuse the call, or this does not know what it says.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */
export const TEXT_FUNCTIONS: ReadonlyMap<string, (args: readonly string[]) => string | undefined> = new Map(
  Object.entries<TextFunction>({
    CONCAT: (args) => args.join(""),
    INITCAP: one((text) => text.toLowerCase().replace(FIRST_OF_WORD, (letter) => letter.toUpperCase())),
    CONCAT_WS: ([separator, ...texts]) => texts.join(separator),
    LOWER: one((text) => text.toLowerCase()),
    UPPER: one((text) => text.toUpperCase()),
    REVERSE: one((text) => [...text].reverse().join("")),
    TO_VARCHAR: one((text) => text),
    TO_CHAR: one((text) => text),
    TRIM: ([text, set = " "]) => trimmed(text, set, true, true),
    LTRIM: ([text, set = " "]) => trimmed(text, set, true, false),
    RTRIM: ([text, set = " "]) => trimmed(text, set, false, true),
    REPLACE: ([text, pattern, by = ""]) => (text && pattern ? text.replaceAll(pattern, () => by) : text),
    REPEAT: ([text, count]) => (integer(count) <= MAX_LENGTH ? text?.repeat(Math.max(0, integer(count))) : undefined),
    CHR: one(character),
    CHAR: one(character),
    SPACE: one((count) => padded("", count, " ", "")),
    LPAD: ([text, length, pad = " "]) => padded(text, length, pad, "left"),
    RPAD: ([text, length, pad = " "]) => padded(text, length, pad, "right"),
    INSERT: inserted,
    REGEXP_REPLACE: replacedByPattern,
    STRTOK: ([text, delimiters = " ", part = "1"]) => token(text, delimiters, integer(part)),
    LEFT: ([text, length]) => substring(text, 1, integer(length)),
    RIGHT: ([text, length]) => (integer(length) > 0 ? substring(text, -integer(length)) : undefined),
    SUBSTR: ([text, from, length]) =>
      substring(text, integer(from), length === undefined ? undefined : integer(length)),
    SUBSTRING: ([text, from, length]) =>
      substring(text, integer(from), length === undefined ? undefined : integer(length)),
    SPLIT_PART: ([text, separator, part]) => splitPart(text, separator, integer(part)),
    TRANSLATE: ([text, from, to]) => translated(text, from, to),
    HEX_DECODE_STRING: one(fromHex),
    TRY_HEX_DECODE_STRING: one(fromHex),
    BASE64_DECODE_STRING: one(fromBase64),
    TRY_BASE64_DECODE_STRING: one(fromBase64),
  }),
);

type TextFunction = (args: readonly string[]) => string | undefined;

/** Longer than any statement that somebody would write so. */
const MAX_LENGTH = 100_000;

function one(of: (text: string) => string | undefined): TextFunction {
  return ([text, ...others]) => (text === undefined || others.length > 0 ? undefined : of(text));
}

function integer(text: string | undefined): number {
  return /^-?\d+$/.test(text ?? "") ? Number(text) : Number.NaN;
}

function character(text: string): string | undefined {
  const code = integer(text);
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** From a position that counts from 1, or from the end when it is negative. */
function substring(text: string | undefined, from: number, length = Number.POSITIVE_INFINITY): string | undefined {
  if (text === undefined || Number.isNaN(from) || Number.isNaN(length) || from === 0) return undefined;
  const characters = [...text];
  const start = from > 0 ? from - 1 : characters.length + from;
  return start < 0 ? "" : characters.slice(start, start + Math.max(0, length)).join("");
}

function splitPart(text: string | undefined, separator: string | undefined, part: number): string | undefined {
  if (text === undefined || !separator || Number.isNaN(part)) return undefined;
  const parts = text.split(separator);
  // The part 0 is taken for the first.
  return parts.at(part > 0 ? part - 1 : part) ?? "";
}

/** Each character of `from` becomes the one of `to` at its place, or nothing. */
function translated(text?: string, from?: string, to?: string): string | undefined {
  if (text === undefined || from === undefined || to === undefined) return undefined;
  const [given, wanted] = [[...from], [...to]];
  const become = (one: string): string => (given.includes(one) ? (wanted[given.indexOf(one)] ?? "") : one);
  return [...text].map(become).join("");
}

function trimmed(text: string | undefined, set: string, left: boolean, right: boolean): string | undefined {
  if (text === undefined) return undefined;
  const characters = [...text];
  const kept = (character: string): boolean => !set.includes(character);
  const start = left ? characters.findIndex(kept) : 0;
  const end = right ? characters.findLastIndex(kept) + 1 : characters.length;
  return start === -1 ? "" : characters.slice(start, end).join("");
}

/** https://docs.snowflake.com/en/sql-reference/functions/initcap */
const FIRST_OF_WORD = /(?<=^|[\s!?@"^#$&~_,.:;+\-*%/|\\[\](){}<>])[^\s!?@"^#$&~_,.:;+\-*%/|\\[\](){}<>]/gu;

/** Filled up to a length, or cut to it. */
function padded(text: string | undefined, length: string | undefined, pad: string, side: string): string | undefined {
  const wanted = integer(length);
  if (text === undefined || !pad || !(wanted >= 0 && wanted <= MAX_LENGTH)) return undefined;
  const [characters, fill] = [[...text], [...pad]];
  const missing = wanted - characters.length;
  if (missing <= 0) return characters.slice(0, wanted).join("");
  const added = Array.from({ length: missing }, (_, i) => fill[i % fill.length]).join("");
  return side === "left" ? added + text : text + added;
}

/** `INSERT(base, position, length, text)` puts a text in place of a part. */
function inserted([base, position, length, text]: readonly string[]): string | undefined {
  if (base === undefined || text === undefined) return undefined;
  const characters = [...base];
  const [from, count] = [integer(position) - 1, integer(length)];
  if (!(from >= 0 && from <= characters.length && count >= 0)) return undefined;
  characters.splice(from, count, text);
  return characters.join("");
}

/** One of the parts between any of the delimiters; where there is none the answer is NULL. */
function token(text: string | undefined, delimiters: string, part: number): string | undefined {
  const tokens = [[]] as string[][];
  for (const character of text ?? "")
    if (delimiters.includes(character)) tokens.push([]);
    else tokens.at(-1)?.push(character);
  return part > 0 ? tokens.filter(({ length }) => length > 0)[part - 1]?.join("") : undefined;
}

function fromHex(text: string): string | undefined {
  return /^([0-9a-f]{2})*$/i.test(text)
    ? decoded(Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)))
    : undefined;
}

function fromBase64(text: string): string | undefined {
  return /^(?:[0-9a-z+/]{4})*(?:[0-9a-z+/]{2}==|[0-9a-z+/]{3}=)?$/i.test(text)
    ? decoded(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
    : undefined;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
