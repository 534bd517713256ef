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

const checked = (pattern: RegExp, kind: string) => (text: string, attempt: boolean) => {
  if (pattern.test(text)) return text;
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
    compute: checked(/^([0-9a-f]{2})*$/i, "hex"),
  },
  {
    name: "sf_check_base64",
    parameters: [VARCHAR, BOOLEAN],
    returns: VARCHAR,
    compute: checked(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "base64"),
  },
];
