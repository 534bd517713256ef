import {
  BIGINT,
  BLOB,
  DuckDBBlobValue,
  DuckDBListValue,
  type DuckDBType,
  INTEGER,
  LIST,
  VARCHAR,
} from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import type { EngineFunction } from "../scalarFunction";
import { editDistance, jaroWinkler, soundex } from "./similarity";

const TEXTS: DuckDBType = LIST(VARCHAR);

const FIRST_BYTE = 0x100;

const codePoints = (text: string): string[] => [...text];

/** Everything from a position on, as SUBSTR counts them: negative ones from the end, 0 is 1. */
function from(characters: readonly string[], position: number): string {
  const start = position < 0 ? characters.length + position : Math.max(0, position - 1);
  return start < 0 ? "" : characters.slice(start).join("");
}

/** Replaces `length` characters from `position` (from 1) on: SUBSTR(1, position - 1), the insertion, SUBSTR(position + length). */
function insert(base: string, position: bigint, length: bigint, insertion: string): string {
  const characters = codePoints(base);
  const before = characters.slice(0, Math.max(0, Number(position) - 1)).join("");
  return before + insertion + from(characters, Number(position) + Number(length));
}

/** As Unicode maps words: ß becomes SS. */
const upper = (text: string): string => text.toUpperCase();

/** Every character behind a delimiter is a capital, all others but the delimiters are small. */
function initcap(text: string, delimiters: string): string {
  const set = new Set(codePoints(delimiters));
  let fresh = true;
  let out = "";
  for (const c of text) {
    const isDelimiter = set.has(c);
    out += isDelimiter ? c : fresh ? c.toUpperCase() : c.toLowerCase();
    fresh = isDelimiter;
  }
  return out;
}

function translate(text: string, from: string, to: string): string {
  const target = codePoints(to);
  const map = new Map<string, string>();
  codePoints(from).forEach((c, i) => {
    if (!map.has(c)) map.set(c, target[i] ?? "");
  });
  let out = "";
  for (const c of text) out += map.get(c) ?? c;
  return out;
}

/** Pieces between any of the delimiter characters; empty ones do not count. Without delimiters the text is one piece. */
export function tokens(text: string, delimiters: string): string[] {
  const set = new Set(codePoints(delimiters));
  const found: string[] = [];
  let piece = "";
  for (const c of text) {
    if (!set.has(c)) {
      piece += c;
      continue;
    }
    if (piece !== "") found.push(piece);
    piece = "";
  }
  if (piece !== "") found.push(piece);
  return found;
}

export const stringEngineFunctions: EngineFunction[] = [
  {
    name: "sf_chr",
    parameters: [BIGINT],
    returns: VARCHAR,
    compute: (code: bigint) => {
      if (code < 0n || code > 0x10ffffn || (code >= 0xd800n && code <= 0xdfffn))
        throw new SnowflakeError("100064", "22023", `Invalid character code ${code} in the CHR input`);
      return String.fromCodePoint(Number(code));
    },
  },
  { name: "sf_insert", parameters: [VARCHAR, BIGINT, BIGINT, VARCHAR], returns: VARCHAR, compute: insert },
  { name: "sf_upper", parameters: [VARCHAR], returns: VARCHAR, compute: upper },
  { name: "sf_initcap", parameters: [VARCHAR, VARCHAR], returns: VARCHAR, compute: initcap },
  { name: "sf_translate", parameters: [VARCHAR, VARCHAR, VARCHAR], returns: VARCHAR, compute: translate },
  {
    name: "sf_strtok",
    parameters: [VARCHAR, VARCHAR, BIGINT],
    returns: VARCHAR,
    compute: (text: string, delimiters: string, part: bigint) =>
      part < 1n ? null : (tokens(text, delimiters)[Number(part) - 1] ?? null),
  },
  {
    name: "sf_tokens",
    parameters: [VARCHAR, VARCHAR],
    returns: TEXTS,
    compute: (text: string, delimiters: string) => new DuckDBListValue(tokens(text, delimiters)),
  },
  // A byte as a character beyond those that any function treats in a way of its own.
  {
    name: "sf_bytes_text",
    parameters: [BLOB],
    returns: VARCHAR,
    compute: ({ bytes }: DuckDBBlobValue) =>
      Array.from(bytes, (byte) => String.fromCharCode(FIRST_BYTE + byte)).join(""),
  },
  {
    name: "sf_text_bytes",
    parameters: [VARCHAR],
    returns: BLOB,
    compute: (text: string) =>
      new DuckDBBlobValue(Uint8Array.from(text, (character) => character.charCodeAt(0) - FIRST_BYTE)),
  },
  {
    // Counts from 1; 0 when it is not there.
    name: "sf_position",
    parameters: [VARCHAR, VARCHAR, BIGINT],
    returns: BIGINT,
    compute: (needle: string, text: string, start: bigint) => {
      const characters = codePoints(text);
      const from = Math.max(1, Number(start));
      if (from > characters.length + 1) return 0n;
      const rest = characters.slice(from - 1).join("");
      const at = rest.indexOf(needle);
      return at < 0 ? 0n : BigInt(from + codePoints(rest.slice(0, at)).length);
    },
  },
  {
    name: "sf_edit_distance",
    parameters: [VARCHAR, VARCHAR, BIGINT],
    returns: INTEGER,
    compute: (a: string, b: string, most: bigint) => Math.max(0, Math.min(editDistance(a, b), Number(most))),
  },
  { name: "sf_jaro_winkler", parameters: [VARCHAR, VARCHAR], returns: INTEGER, compute: jaroWinkler },
  {
    name: "sf_soundex",
    parameters: [VARCHAR, VARCHAR],
    returns: VARCHAR,
    compute: (text: string, variant: string) => soundex(text, variant === "P123"),
  },
];
