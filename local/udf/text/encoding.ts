import { createHash } from "node:crypto";
import { BLOB, BOOLEAN, DuckDBBlobValue, HUGEINT, INTEGER, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import type { EngineFunction } from "../scalarFunction";

const STANDARD = "+/=";

const LETTERS_AND_DIGITS = /[A-Za-z0-9]/;

/** A third argument: the two letters behind the digits and the padding, each optional; no letter stands for two. */
function alphabetOf(given: string): string {
  if (given.length > STANDARD.length)
    throw new SnowflakeError(
      "100078",
      "22000",
      `String '${given}' is too long and would be truncated in 'Base64 custom characters'`,
    );
  const own = given + STANDARD.slice(given.length);
  if (LETTERS_AND_DIGITS.test(own) || new Set(own).size < own.length)
    throw new SnowflakeError("100115", "22000", `Invalid Base64 custom alphabet or padding characters: '${given}'`);
  return own;
}

function encodeBase64(bytes: Buffer, lineLength: number, alphabet: string): string {
  const [plus, slash, pad] = alphabetOf(alphabet) as unknown as [string, string, string];
  const text = bytes.toString("base64").replace(/[+/=]/g, (c) => (c === "+" ? plus : c === "/" ? slash : pad));
  if (lineLength <= 0) return text;
  const lines: string[] = [];
  for (let i = 0; i < text.length; i += lineLength) lines.push(text.slice(i, i + lineLength));
  return lines.join("\n");
}

function decodeBase64(text: string, alphabet: string): Buffer | null {
  const [plus, slash, pad] = alphabetOf(alphabet) as unknown as [string, string, string];
  let plain = "";
  for (const c of text) {
    if (c === "\n" || c === "\r") continue;
    plain += c === plus ? "+" : c === slash ? "/" : c === pad ? "=" : c;
  }
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain);
  return valid ? Buffer.from(plain, "base64") : null;
}

const decodeHex = (text: string): Buffer | null => (/^(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, "hex") : null);

const notLegal = (text: string, kind: string): SnowflakeError =>
  new SnowflakeError("100115", "22000", `The following string is not a legal ${kind}-encoded value: '${text}'`);

/** Bytes as text; null where they are no UTF-8. */
export function utf8(bytes: Buffer): string | null {
  const text = bytes.toString("utf8");
  return text.includes("\uFFFD") && !bytes.equals(Buffer.from(text, "utf8")) ? null : text;
}

const decoder = (
  name: string,
  decode: (text: string, alphabet: string) => Buffer | null,
  kind: string,
): EngineFunction[] => [
  {
    name: `sf_${name}_bytes`,
    parameters: [VARCHAR, VARCHAR, BOOLEAN],
    returns: BLOB,
    compute: (text: string, alphabet: string, attempt: boolean) => {
      const bytes = decode(text, alphabet);
      if (bytes === null && !attempt) throw notLegal(text, kind);
      return bytes && new DuckDBBlobValue(bytes);
    },
  },
  {
    name: `sf_${name}_text`,
    parameters: [VARCHAR, VARCHAR, BOOLEAN],
    returns: VARCHAR,
    compute: (text: string, alphabet: string, attempt: boolean) => {
      const bytes = decode(text, alphabet);
      const found = bytes && utf8(bytes);
      if (found === null && !attempt) {
        if (bytes === null) throw notLegal(text, kind);
        throw new SnowflakeError("100079", "22000", `Invalid UTF8 detected while decoding '${text}'`);
      }
      return found;
    },
  },
];

export const encodingFunctions: EngineFunction[] = [
  {
    name: "sf_digest",
    parameters: [BLOB, VARCHAR],
    returns: VARCHAR,
    compute: (value: DuckDBBlobValue, algorithm: string) => createHash(algorithm).update(value.bytes).digest("hex"),
  },
  { name: "sf_unsigned", parameters: [VARCHAR], returns: HUGEINT, compute: (hex: string) => BigInt(`0x${hex}`) },
  {
    name: "sf_base64",
    parameters: [BLOB, INTEGER, VARCHAR],
    returns: VARCHAR,
    compute: (value: DuckDBBlobValue, lineLength: number, alphabet: string) =>
      encodeBase64(Buffer.from(value.bytes), lineLength, alphabet),
  },
  ...decoder("base64", decodeBase64, "base64"),
  ...decoder("hex", decodeHex, "hex"),
  {
    name: "sf_utf8",
    parameters: [BLOB, BOOLEAN],
    returns: VARCHAR,
    compute: (value: DuckDBBlobValue, attempt: boolean) => {
      const text = utf8(Buffer.from(value.bytes));
      if (text === null && !attempt)
        throw new SnowflakeError("100079", "22000", "Invalid UTF8 detected in a binary value");
      return text;
    },
  },
];
