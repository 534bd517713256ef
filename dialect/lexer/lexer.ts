import { type DialectError, unreadableText } from "../errors";
import { rootSpan, type Source, unescapeString } from "./source";
import type { CommentToken, Token, TokenKind } from "./token";

export interface LexResult {
  /** Always ends with an `End` token. */
  tokens: Token[];
  comments: CommentToken[];
  /** Text that cannot be cut into tokens; the tokens end there. */
  error?: DialectError;
}

const OTHER = 0;
const WORD_START = 1;
const DIGIT = 2;
const SPACE = 3;

const CLASSES = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const s = String.fromCharCode(c);
  if (/[A-Za-z_]/.test(s)) CLASSES[c] = WORD_START;
  else if (/[0-9]/.test(s)) CLASSES[c] = DIGIT;
  else if (/[\s\0]/.test(s)) CLASSES[c] = SPACE;
}

// Longest first within one leading character.
const SYMBOLS: Record<string, string[]> = {
  "-": ["->>", "->", "-"],
  "=": ["=>", "="],
  ":": ["::", ":=", ":"],
  "|": ["||", "|"],
  "<": ["<>", "<=", "<"],
  ">": [">=", ">"],
  "!": ["!=", "!"],
  "*": ["**", "*"],
};
const SINGLE_SYMBOLS = "+/%.,;()[]{}?&^~#";
const SYMBOL_OF_CODE: (string | undefined)[] = [];
for (const s of SINGLE_SYMBOLS) SYMBOL_OF_CODE[s.charCodeAt(0)] = s;

const UPPER = new Map<string, string>();

/** The upper case of a word; the few thousand words that texts are made of are computed once. */
function upperCase(word: string): string {
  let upper = UPPER.get(word);
  if (upper === undefined) {
    upper = word.toUpperCase();
    if (UPPER.size < 20_000) UPPER.set(word, upper);
  }
  return upper;
}

/** What may stand before `://` outside of quotes; anything else makes a comment of the two slashes. */
const isUriScheme = (word: string): boolean => word === "FILE" || word === "SNOW";

function isWordPart(code: number): boolean {
  if (code < 128) {
    const c = CLASSES[code];
    return c === WORD_START || c === DIGIT || code === 36;
  }
  return isLetter(code);
}

// Snowflake takes letters beyond ASCII in unquoted identifiers; no-break and ideographic spaces are not letters.
function isLetter(code: number): boolean {
  return /[\p{L}\p{Nl}\p{Mn}]|[\ud800-\udfff]/u.test(String.fromCharCode(code));
}

/** Cuts the text of `source` into tokens. Linear in its length; never throws. */
export function tokenize(source: Source): LexResult {
  const { text, to } = source;
  const tokens: Token[] = [];
  const comments: CommentToken[] = [];
  let error: DialectError | undefined;
  let i = source.from;

  const push = (kind: TokenKind, start: number, end: number, keyword: string, value: string): void => {
    tokens.push({ kind, start, end, keyword, value });
  };
  const fail = (start: number, near: string, expected: string): void => {
    error = unreadableText(source.root, rootSpan(source, start, Math.min(start + 1, to)), near, [expected]);
  };

  /** What was opened and never closed is missed at the end of the text. */
  const failAtEnd = (expected: string): void => {
    error = unreadableText(source.root, rootSpan(source, to, to), "<EOF>", [expected]);
  };

  /** `1e`, `1e+`: what stands in place of the digits is named by its code. */
  const failInExponent = (from: number): number => {
    const at = from < to && (text[from] === "+" || text[from] === "-") ? from + 1 : from;
    if (at >= to) failAtEnd("a digit");
    else fail(at, String(text.charCodeAt(at)), "a digit");
    return at;
  };

  while (i < to) {
    const start = i;
    const code = text.charCodeAt(i);
    const type =
      code < 128
        ? CLASSES[code]
        : isLetter(code)
          ? WORD_START
          : /\s|\ufeff|\u200b/.test(text[i] as string)
            ? SPACE
            : OTHER;

    if (type === SPACE) {
      i++;
      continue;
    }
    if (type === WORD_START) {
      i++;
      while (i < to && isWordPart(text.charCodeAt(i))) i++;
      const word = text.slice(start, i);
      const next = text.charCodeAt(i);
      if (next === 39 && (word === "x" || word === "X") && i < to) {
        const end = endOfSingleQuoted(text, i, to);
        if (end !== -1 && /^(?:[0-9a-fA-F]{2})*$/.test(text.slice(i + 1, end - 1))) {
          push("Binary", start, end, "", text.slice(i + 1, end - 1));
          i = end;
          continue;
        }
      }
      if (next === 58 && word.length === 4 && text.startsWith("://", i) && isUriScheme(upperCase(word))) {
        while (i < to && !/[\s;']/.test(text[i] as string)) i++;
        push("Uri", start, i, "", text.slice(start, i));
        continue;
      }
      push("Word", start, i, upperCase(word), word);
      continue;
    }
    if (type === DIGIT || (code === 46 && isDigitAt(text, i + 1, to) && !endsOperand(tokens, i))) {
      i = endOfNumber(text, i, to);
      if (i < to && (text[i] === "e" || text[i] === "E")) {
        i = failInExponent(i + 1);
        break;
      }
      push("Number", start, i, "", text.slice(start, i));
      continue;
    }
    switch (code) {
      case 39: {
        const end = endOfSingleQuoted(text, i, to);
        if (end === -1) {
          failAtEnd("'");
          i = to;
          break;
        }
        i = end;
        push("String", start, i, "", unescapeString(text.slice(start + 1, i - 1)));
        continue;
      }
      case 34: {
        const end = endOfDoubleQuoted(text, i, to);
        if (end === -1) {
          failAtEnd('"');
          i = to;
          break;
        }
        i = end;
        const raw = text.slice(start + 1, i - 1);
        push("QuotedIdentifier", start, i, "", raw.includes('"') ? raw.replaceAll('""', '"') : raw);
        continue;
      }
      case 36: {
        if (text.charCodeAt(i + 1) === 36 && i + 1 < to) {
          const end = text.indexOf("$$", i + 2);
          if (end === -1 || end + 2 > to) {
            failAtEnd("$$");
            i = to;
            break;
          }
          i = end + 2;
          push("String", start, i, "", text.slice(start + 2, end));
          continue;
        }
        i++;
        while (i < to && isWordPart(text.charCodeAt(i))) i++;
        const name = text.slice(start + 1, i);
        if (name === "")
          push("Symbol", start, i, "$", "$"); // the end of a partition in PATTERN
        else push(/^[0-9]+$/.test(name) ? "Positional" : "Variable", start, i, "", name);
        break;
      }
      case 64:
        i = endOfStage(text, i, to);
        push("Stage", start, i, "", text.slice(start, i));
        continue;
      case 45:
        if (text.charCodeAt(i + 1) === 45 && i + 1 < to) {
          i = endOfLine(text, i, to);
          comments.push({ start, end: i });
          continue;
        }
        break;
      case 47: {
        const next = i + 1 < to ? text.charCodeAt(i + 1) : 0;
        if (next === 47) {
          i = endOfLine(text, i, to);
          comments.push({ start, end: i });
          continue;
        }
        if (next === 42) {
          const end = text.indexOf("*/", i + 2);
          if (end === -1 || end + 2 > to) {
            failAtEnd("*/");
            i = to;
            break;
          }
          i = end + 2;
          comments.push({ start, end: i });
          continue;
        }
        break;
      }
    }
    if (error !== undefined) break;
    if (i > start) continue;
    const single = SYMBOL_OF_CODE[code];
    if (single !== undefined) {
      i++;
      push("Symbol", start, i, single, single);
      continue;
    }
    const symbol = SYMBOLS[text[i] as string]?.find((s) => text.startsWith(s, i) && i + s.length <= to);
    if (symbol === undefined) {
      fail(start, text[i] as string, "SQL text");
      break;
    }
    i += symbol.length;
    push("Symbol", start, i, symbol, symbol);
  }
  const end = error === undefined ? to : i;
  tokens.push({ kind: "End", start: end, end, keyword: "", value: "" });
  return { tokens, comments, error };
}

function isDigitAt(text: string, i: number, to: number): boolean {
  if (i >= to) return false;
  const code = text.charCodeAt(i);
  return code >= 48 && code <= 57;
}

/** `a.1` and `f(x).1` are a name and a part, not two operands. */
function endsOperand(tokens: Token[], at: number): boolean {
  const last = tokens[tokens.length - 1];
  if (last === undefined || last.end !== at) return false;
  return last.kind === "Word" || last.kind === "QuotedIdentifier" || last.keyword === ")" || last.keyword === "]";
}

function endOfNumber(text: string, start: number, to: number): number {
  let i = start;
  while (isDigitAt(text, i, to)) i++;
  if (text[i] === "." && i < to && text[i + 1] !== ".") {
    i++;
    while (isDigitAt(text, i, to)) i++;
  }
  if (i < to && (text[i] === "e" || text[i] === "E")) {
    const digits = text[i + 1] === "+" || text[i + 1] === "-" ? i + 2 : i + 1;
    if (isDigitAt(text, digits, to)) {
      i = digits;
      while (isDigitAt(text, i, to)) i++;
    }
  }
  return i;
}

function endOfSingleQuoted(text: string, start: number, to: number): number {
  let i = start + 1;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code === 92) i += 2;
    else if (code !== 39) i++;
    else if (text.charCodeAt(i + 1) === 39 && i + 1 < to) i += 2;
    else return i + 1;
  }
  return -1;
}

function endOfDoubleQuoted(text: string, start: number, to: number): number {
  let i = start + 1;
  while (i < to) {
    if (text.charCodeAt(i) !== 34) i++;
    else if (text.charCodeAt(i + 1) === 34 && i + 1 < to) i += 2;
    else return i + 1;
  }
  return -1;
}

function endOfLine(text: string, start: number, to: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 || end > to ? to : end;
}

// A stage path runs to the next blank or delimiter: `//` in it is no comment, and a name may be quoted.
function endOfStage(text: string, start: number, to: number): number {
  let i = start + 1;
  while (i < to) {
    const c = text[i] as string;
    if (c === '"') {
      const end = endOfDoubleQuoted(text, i, to);
      if (end === -1) return to;
      i = end;
    } else if (/[\s,;()']/.test(c)) break;
    else i++;
  }
  return i;
}
