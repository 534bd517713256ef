import { BOOLEAN, DOUBLE, INTEGER, VARCHAR } from "@duckdb/node-api";
import { failedToCastVariant, numericOutOfRange, SnowflakeError } from "../../errors";
import { formatMoment, WITHOUT_ZONE } from "../datetime/format";
import { momentFromText } from "../datetime/moment";
import { zoneOffset } from "../datetime/zone";
import { decimalFromText, fitDecimal } from "../numeric/decimal";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { isElement, printElement } from "../xml/print";
import { fromCanonical, toCanonical } from "./canonical";
import {
  castDouble,
  doubleText,
  type JsonNode,
  NumberNode,
  ObjectNode,
  parseDouble,
  TaggedNode,
  Undefined,
} from "./node";
import { numberFromText, parseJson } from "./parse";
import { quickCanonical } from "./quickCanonical";
import { renderJson, scalarText, type TemporalText } from "./render";
import { typeOf } from "./typeOf";

const zoneMicros = (utc: bigint, zone: string): bigint => BigInt(zoneOffset(utc, zone)) * 60_000_000n;

/** Formats for the dates and times of a VARIANT; an instant shows the clock of `zone`. */
function formatsFor(date: string, time: string, ntz: string, ltz: string, tz: string, zone: string): TemporalText {
  const as = (text: string, format: string) => {
    const moment = momentFromText(text);
    return moment ? formatMoment(moment.wall, moment.offset ?? WITHOUT_ZONE, format) : text;
  };
  const local = (text: string) => {
    const moment = momentFromText(text);
    if (!moment) return text;
    const offset = zoneOffset(moment.wall, zone);
    return formatMoment(moment.wall + BigInt(offset) * 60_000_000n, offset, ltz);
  };
  return {
    date: (text) => as(text, date),
    time: (text) => as(`1970-01-01 ${text}`, time),
    timestamp: (tag, text) => (tag === "l" ? local(text) : as(text, tag === "n" ? ntz : tz)),
  };
}

const PLAIN = "YYYY-MM-DD HH24:MI:SS.FF3";
const ZONED = `${PLAIN} TZHTZM`;

/** Within JSON the formats are fixed; only the zone is the session's. */
export const storedFormats = (zone: string): TemporalText =>
  formatsFor("YYYY-MM-DD", "HH24:MI:SS", PLAIN, ZONED, ZONED, zone);

const STORED_FORMATS = storedFormats("UTC");

function sessionFormats(joined: string): TemporalText {
  return formatsFor(...(joined.split("\u001F") as [string, string, string, string, string, string]));
}

const printed = (node: JsonNode): string => renderJson(node, 0, STORED_FORMATS);

/** Text of a VARIANT as VARCHAR; null for JSON null. */
export function variantText(stored: string, formats: TemporalText = STORED_FORMATS): string | null {
  const node = fromCanonical(stored);
  if (node === null || node instanceof Undefined) return null;
  if (typeof node === "string") return node;
  if (typeof node === "boolean") return String(node);
  if (node instanceof NumberNode) return node.text;
  if (node instanceof TaggedNode)
    return node.tag === "D" ? castDouble(parseDouble(node.text)) : scalarText(node, formats);
  return isElement(node) ? printElement(node, 0) : renderJson(node, 0, formats);
}

function variantNumber(stored: string, precision: number, scale: number, attempt: boolean): string | null {
  const node = fromCanonical(stored);
  if (node === null || node instanceof Undefined) return null;
  let text: string | null = null;
  if (node instanceof NumberNode) text = node.text;
  else if (typeof node === "boolean") text = node ? "1" : "0";
  else if (typeof node === "string") text = decimalFromText(node);
  else if (node instanceof TaggedNode && node.tag === "D") text = decimalFromText(node.text);
  if (text === null) {
    if (attempt) return null;
    throw failedToCastVariant(printed(node), "FIXED");
  }
  const fitted = fitDecimal(text, precision, scale);
  if (fitted === null && !attempt) throw numericOutOfRange(text);
  return fitted;
}

function variantFloat(stored: string, attempt: boolean): number | null {
  const node = fromCanonical(stored);
  if (node === null || node instanceof Undefined) return null;
  if (node instanceof NumberNode) return Number(node.text);
  if (node instanceof TaggedNode && node.tag === "D") return parseDouble(node.text);
  if (typeof node === "boolean") return node ? 1 : 0;
  if (typeof node === "string" && node.trim() !== "" && !Number.isNaN(Number(node))) return Number(node);
  if (attempt) return null;
  throw failedToCastVariant(printed(node), "REAL");
}

const TRUE = new Set(["true", "t", "yes", "y", "on", "1"]);
const FALSE = new Set(["false", "f", "no", "n", "off", "0"]);

function variantBoolean(stored: string, attempt: boolean): boolean | null {
  const node = fromCanonical(stored);
  if (node === null || node instanceof Undefined) return null;
  if (typeof node === "boolean") return node;
  if (node instanceof NumberNode) return node.text !== "0";
  if (node instanceof TaggedNode && node.tag === "D") return parseDouble(node.text) !== 0;
  if (typeof node === "string") {
    if (TRUE.has(node.toLowerCase())) return true;
    if (FALSE.has(node.toLowerCase())) return false;
  }
  if (attempt) return null;
  throw failedToCastVariant(printed(node), "BOOLEAN");
}

const TO_MICROS = "YYYY-MM-DD HH24:MI:SS.FF6";

/** A number counts the seconds of a timestamp, however large it is. */
function secondsMicros(text: string): bigint | undefined {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return undefined;
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0").slice(0, 6));
  return sign ? -micros : micros;
}

/** The text from which a date, time or timestamp is read. An instant shows the clock of the session where the type keeps no zone. */
function variantTemporal(stored: string, type: string, zone: string): string | null {
  const node = fromCanonical(stored);
  if (node === null || node instanceof Undefined) return null;
  if (typeof node === "string" && !(type === "TIME" && /\d[-/]\d/.test(node))) return node;
  const isNumber = node instanceof NumberNode && type.startsWith("TIMESTAMP");
  // What no timestamp has as many seconds of is read as a text is.
  const counted = isNumber ? (secondsMicros(node.text) ?? momentFromText(node.text)?.wall) : undefined;
  const ownInstant = node instanceof TaggedNode && node.tag === "l" ? momentFromText(node.text)?.wall : undefined;
  const instant = counted ?? (type === "TIMESTAMP_NTZ" ? ownInstant : undefined);
  if (instant !== undefined) {
    const offset = zoneOffset(instant, zone);
    const format = type === "TIMESTAMP_NTZ" ? TO_MICROS : `${TO_MICROS} TZHTZM`;
    return formatMoment(instant + zoneMicros(instant, zone), offset, format);
  }
  // A timestamp inside a VARIANT is no date or time, a date or time no timestamp. Source: …/functions/to_date, …/functions/to_time
  const tags = type === "DATE" ? "d" : type === "TIME" ? "t" : "nlz";
  if (node instanceof TaggedNode && tags.includes(node.tag)) return node.text;
  throw failedToCastVariant(printed(node), type);
}

/** The object that a text is; nothing for any other text. */
function objectFromText(text: string): ObjectNode | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const node = parseJson(text, false);
    return node instanceof ObjectNode ? node : undefined;
  } catch (error) {
    if (error instanceof SnowflakeError) return undefined;
    throw error;
  }
}

export const jsonFunctions: EngineFunction[] = [
  {
    name: "sf_parse_json",
    parameters: [VARCHAR, BOOLEAN, BOOLEAN],
    returns: JSON_TYPE,
    compute: (text: string, allowDuplicates: boolean, attempt: boolean) => {
      const quick = quickCanonical(text);
      if (quick !== undefined) return quick;
      try {
        const node = parseJson(text, allowDuplicates);
        return node === undefined ? null : toCanonical(node);
      } catch (error) {
        if (attempt && error instanceof SnowflakeError) return null;
        throw error;
      }
    },
  },
  {
    name: "sf_check_json",
    parameters: [VARCHAR],
    returns: VARCHAR,
    compute: (text: string) => {
      try {
        parseJson(text);
        return null;
      } catch (error) {
        if (error instanceof SnowflakeError) return error.message.replace(/^Error parsing JSON: /, "");
        throw error;
      }
    },
  },
  {
    name: "sf_typeof",
    parameters: [JSON_TYPE],
    returns: VARCHAR,
    compute: (stored: string) => typeOf(fromCanonical(stored)),
  },
  {
    name: "sf_variant_string",
    parameters: [JSON_TYPE],
    returns: VARCHAR,
    compute: (stored: string) => fromCanonical(stored) as string,
  },
  {
    name: "sf_plain_text",
    parameters: [JSON_TYPE],
    returns: VARCHAR,
    compute: (stored: string) => variantText(stored),
  },
  {
    name: "sf_to_json",
    parameters: [JSON_TYPE, VARCHAR],
    returns: VARCHAR,
    compute: (stored: string, zone: string) => renderJson(fromCanonical(stored), 0, storedFormats(zone)),
  },
  {
    name: "sf_variant_text",
    parameters: [JSON_TYPE, VARCHAR],
    returns: VARCHAR,
    compute: (stored: string, formats: string) => variantText(stored, sessionFormats(formats)),
  },
  {
    name: "sf_number_json",
    parameters: [VARCHAR],
    returns: JSON_TYPE,
    compute: (text: string) => toCanonical(numberFromText(text)),
  },
  {
    name: "sf_double_json",
    parameters: [DOUBLE],
    returns: JSON_TYPE,
    compute: (value: number) => toCanonical(new TaggedNode("D", doubleText(value))),
  },
  { name: "sf_double_text", parameters: [DOUBLE], returns: VARCHAR, compute: castDouble },
  {
    name: "sf_variant_number",
    parameters: [JSON_TYPE, INTEGER, INTEGER, BOOLEAN],
    returns: VARCHAR,
    compute: variantNumber,
  },
  { name: "sf_variant_float", parameters: [JSON_TYPE, BOOLEAN], returns: DOUBLE, compute: variantFloat },
  { name: "sf_variant_boolean", parameters: [JSON_TYPE, BOOLEAN], returns: BOOLEAN, compute: variantBoolean },
  {
    name: "sf_variant_array",
    parameters: [JSON_TYPE],
    returns: JSON_TYPE,
    compute: (stored: string) => {
      const node = fromCanonical(stored);
      return node instanceof Undefined ? null : toCanonical(Array.isArray(node) ? node : [node]);
    },
  },
  {
    name: "sf_variant_object",
    parameters: [JSON_TYPE, BOOLEAN],
    returns: JSON_TYPE,
    compute: (stored: string, attempt: boolean) => {
      const node = fromCanonical(stored);
      if (node instanceof ObjectNode) return stored;
      const read = typeof node === "string" ? objectFromText(node) : undefined;
      if (read) return toCanonical(read);
      if (attempt || node instanceof Undefined) return null;
      throw failedToCastVariant(printed(node), "OBJECT");
    },
  },
  {
    name: "sf_variant_binary",
    parameters: [JSON_TYPE],
    returns: VARCHAR,
    compute: (stored: string) => {
      const node = fromCanonical(stored);
      if (node === null) return null;
      if (node instanceof TaggedNode && node.tag === "b") return node.text;
      if (typeof node === "string" && /^([0-9a-f]{2})*$/i.test(node)) return node;
      throw failedToCastVariant(printed(node), "BINARY");
    },
  },
  {
    name: "sf_variant_temporal",
    parameters: [JSON_TYPE, VARCHAR, VARCHAR],
    returns: VARCHAR,
    compute: variantTemporal,
  },
];
