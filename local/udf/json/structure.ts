import { BIGINT, BOOLEAN, DuckDBListValue, DuckDBStructValue, LIST, STRUCT, TINYINT, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { compareDecimals, compareWithNumber, variantKey, variantNumber } from "./compare";
import { flattenRows, getBy, getPath, pathWithKey } from "./paths";

const FLAT_ROW = STRUCT({ k: VARCHAR, p: VARCHAR, i: BIGINT, v: JSON_TYPE, t: JSON_TYPE });

const list = (values: string[]) => new DuckDBListValue(values);

/** Texts between single-character delimiters; empty pieces are left out. */
function tokens(text: string, delimiters: string): string[] {
  const set = new Set(delimiters);
  const found: string[] = [];
  let token = "";
  for (const c of text) {
    if (!set.has(c)) token += c;
    else if (token) {
      found.push(token);
      token = "";
    }
  }
  if (token) found.push(token);
  return found;
}

// The patterns are of what must not occur: one that repeats a group needs more stack than there is for a BINARY of 8 MB.
const isHex = (text: string) => text.length % 2 === 0 && !/[^0-9a-f]/i.test(text);
const isBase64 = (text: string) => text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ""));

const checked = (isLegal: (text: string) => boolean, kind: string) => (text: string, attempt: boolean) => {
  if (isLegal(text)) return text;
  if (attempt) return null;
  throw new SnowflakeError("100115", "22000", `The following string is not a legal ${kind}-encoded value: '${text}'`);
};

/** Functions that compare, search and take apart. */
export const structureFunctions: EngineFunction[] = [
  { name: "sf_variant_key", parameters: [JSON_TYPE], returns: VARCHAR, compute: variantKey },
  { name: "sf_compare_variant", parameters: [JSON_TYPE, VARCHAR], returns: TINYINT, compute: compareWithNumber },
  { name: "sf_variant_number", parameters: [JSON_TYPE], returns: VARCHAR, compute: variantNumber },
  { name: "sf_compare_numbers", parameters: [VARCHAR, VARCHAR], returns: TINYINT, compute: compareDecimals },
  { name: "sf_get_path", parameters: [JSON_TYPE, VARCHAR], returns: JSON_TYPE, compute: getPath },
  { name: "sf_get", parameters: [JSON_TYPE, JSON_TYPE], returns: JSON_TYPE, compute: getBy },
  { name: "sf_path_key", parameters: [VARCHAR, VARCHAR], returns: VARCHAR, compute: pathWithKey },
  {
    name: "sf_flatten",
    parameters: [JSON_TYPE, VARCHAR, BOOLEAN, VARCHAR],
    returns: LIST(FLAT_ROW),
    compute: (stored: string, path: string, recursive: boolean, mode: string) =>
      new DuckDBListValue(flattenRows(stored, path, recursive, mode).map((row) => new DuckDBStructValue({ ...row }))),
  },
  {
    name: "sf_split",
    parameters: [VARCHAR, VARCHAR],
    returns: LIST(VARCHAR),
    compute: (text: string, separator: string) => list(separator === "" ? [text] : text.split(separator)),
  },
  {
    name: "sf_strtok",
    parameters: [VARCHAR, VARCHAR],
    returns: LIST(VARCHAR),
    compute: (text: string, delimiters: string) => list(tokens(text, delimiters)),
  },
  {
    name: "sf_check_hex",
    parameters: [VARCHAR, BOOLEAN],
    returns: VARCHAR,
    compute: checked(isHex, "hex"),
  },
  {
    name: "sf_check_base64",
    parameters: [VARCHAR, BOOLEAN],
    returns: VARCHAR,
    compute: checked(isBase64, "base64"),
  },
];
