import type { Span } from "../ast/node";

/**
 * A text to be read: the whole of `root`, or the inside of one of its string literals. `text` is what the lexer sees between
 * `from` and `to`; where that differs from `root` (a `'…'` body with escapes), `positions[i]` is the offset in `root` of `text[i]`.
 */
export interface Source {
  root: string;
  text: string;
  from: number;
  to: number;
  positions?: Uint32Array;
}

export function wholeSource(text: string): Source {
  return { root: text, text, from: 0, to: text.length };
}

/** The span in the root text of what lies between two offsets of the source. */
export function rootSpan(source: Source, start: number, end: number): Span {
  const positions = source.positions;
  return positions === undefined ? { start, end } : { start: positions[start] ?? 0, end: positions[end] ?? 0 };
}

/** The inside of a string literal that begins at `start` and ends before `end` in `source`. */
export function sourceInsideString(source: Source, start: number, end: number): Source {
  const { text } = source;
  if (text[start] === "$") return { ...source, from: start + 2, to: end - 2 };
  const raw = text.slice(start + 1, end - 1);
  if (!raw.includes("\\") && !raw.includes("'")) return { ...source, from: start + 1, to: end - 1 };
  const { value, offsets } = unescapeWithOffsets(raw);
  const positions = new Uint32Array(value.length + 1);
  for (let i = 0; i <= value.length; i++) {
    const inText = start + 1 + (offsets[i] ?? 0);
    positions[i] = source.positions === undefined ? inText : (source.positions[inText] ?? 0);
  }
  return { root: source.root, text: value, from: 0, to: value.length, positions };
}

const SIMPLE_ESCAPES: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", "0": "\0" };

/**
 * Resolves `''` and the backslash escapes of a single-quoted string: \b \f \n \r \t \0, \ooo (octal), \xhh, \uhhhh; any other
 * escaped character stands for itself. https://docs.snowflake.com/en/sql-reference/data-types-text#escape-sequences-in-single-quoted-string-constants
 */
export function unescapeString(raw: string): string {
  if (!raw.includes("\\")) return raw.includes("'") ? raw.replaceAll("''", "'") : raw;
  return unescapeWithOffsets(raw).value;
}

function unescapeWithOffsets(raw: string): { value: string; offsets: number[] } {
  const parts: string[] = [];
  const offsets: number[] = [];
  let i = 0;
  while (i < raw.length) {
    const start = i;
    let character = raw[i++] as string;
    if (character === "'") i++;
    else if (character === "\\" && i < raw.length) {
      const special = /^(?:([0-3][0-7]{2})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(raw.slice(i, i + 5));
      if (special) {
        const code =
          special[1] !== undefined
            ? Number.parseInt(special[1], 8)
            : Number.parseInt((special[2] ?? special[3]) as string, 16);
        character = String.fromCharCode(code);
        i += special[0].length;
      } else {
        const next = raw[i++] as string;
        character = SIMPLE_ESCAPES[next] ?? next;
      }
    }
    parts.push(character);
    offsets.push(start);
  }
  offsets.push(raw.length);
  return { value: parts.join(""), offsets };
}
