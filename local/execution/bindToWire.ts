import {
  booleanNotRecognized,
  dateNotRecognized,
  numericNotRecognized,
  numericOutOfRange,
  SnowflakeError,
  timeNotRecognized,
  timestampNotRecognized,
} from "../errors";
import type { DataType } from "../types/dataType";
import { detectTime, detectTimestamp } from "../udf/datetime/autoDetect";
import { utcOf } from "../udf/datetime/fields";

const NANOS = 1_000_000_000n;

/** Digits below the microsecond fall away downwards before 1970 too, as those of a text do. */
const nanosToSeconds = (text: string): string => {
  const exact = BigInt(text);
  const nanos = exact - (((exact % 1000n) + 1000n) % 1000n);
  const absolute = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? "-" : ""}${absolute / NANOS}.${String(absolute % NANOS).padStart(9, "0")}`;
};

/** Plain digits of a number that may be written with an exponent, as Python writes `Decimal("1E+3")`; undefined for no number. */
export function plainDigits(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match ?? [];
  if (!match || (whole === "" && fraction === "")) return undefined;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padEnd(point, "0").padStart((whole + fraction).length + Math.max(0, -point), "0");
  const at = Math.max(0, point);
  return `${sign === "-" ? "-" : ""}${digits.slice(0, at) || "0"}${at < digits.length ? `.${digits.slice(at)}` : ""}`;
}

const LONGEST_NUMBER = 38;

function numberToWire(scale: number, text: string): string {
  const plain = plainDigits(text);
  if (plain === undefined) throw numericNotRecognized(text);
  if (plain.replace(/^-?0*|\..*$/g, "").length + scale > LONGEST_NUMBER) throw numericOutOfRange(text);
  return plain;
}

function floatToWire(text: string): string {
  const word = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text.trim());
  if (word) return /^nan$/i.test(word[2] as string) ? "NaN" : `${word[1] === "-" ? "-" : ""}inf`;
  if (plainDigits(text) === undefined) throw numericNotRecognized(text);
  return text;
}

function booleanToWire(text: string): string {
  if (/^(true|t|yes|y|on)$/i.test(text)) return "1";
  if (/^(false|f|no|n|off)$/i.test(text)) return "0";
  const plain = plainDigits(text);
  if (plain === undefined) throw booleanNotRecognized(text);
  return /[1-9]/.test(plain) ? "1" : "0";
}

const MICROS = 1_000_000n;

const microsToSeconds = (micros: bigint): string => nanosToSeconds(String(micros * 1000n));

function timestampToWire(type: DataType, text: string): string {
  if (/^-?\d+$/.test(text)) return nanosToSeconds(text);
  const moment = detectTimestamp(text);
  if (!moment) throw timestampNotRecognized(text);
  // A text without an offset is taken as UTC.
  return microsToSeconds(
    type.kind === "TIMESTAMP_NTZ" ? moment.wall : utcOf({ ...moment, offset: moment.offset ?? 0 }),
  );
}

function dateToWire(text: string): string {
  if (/^-?\d+$/.test(text)) return String(Math.floor(Number(text) / 86_400_000));
  const moment = detectTimestamp(text);
  if (!moment) throw dateNotRecognized(text);
  return String(Math.floor(Number(moment.wall / MICROS) / 86_400));
}

function timeToWire(text: string): string {
  if (/^\d+$/.test(text)) return nanosToSeconds(text);
  const micros = detectTime(text);
  if (micros === null) throw timeNotRecognized(text);
  return microsToSeconds(micros);
}

/** `nanoseconds minutes+1440` */
function zonedToWire(text: string): string {
  const match = /^(-?\d+)(?: (\d{1,4}))?$/.exec(text);
  if (match) return `${nanosToSeconds(match[1] as string)} ${match[2] ?? "1440"}`;
  const moment = detectTimestamp(text);
  if (!moment) throw timestampNotRecognized(text);
  const offset = moment.offset ?? 0;
  return `${microsToSeconds(utcOf({ ...moment, offset }))} ${offset + 1440}`;
}

function binaryToWire(text: string): string {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text))
    throw new SnowflakeError("100115", "22000", `The following string is not a legal hex-encoded value: '${text}'`);
  return text;
}

/**
 * A bind's text in the encoding of result cells. Drivers bind dates as milliseconds, times and timestamps as nanoseconds
 * (some as text), booleans as true/false; results have days, seconds and 1/0. Errors: 1000xx a text that is no value of the type.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/submitting-requests#using-bind-variables-in-a-statement
 */
export function bindToWire(type: DataType, text: string | null): string | null {
  if (text === null) return null;
  switch (type.kind) {
    case "NUMBER":
      return numberToWire(type.scale, text);
    case "FLOAT":
      return floatToWire(text);
    case "BOOLEAN":
      return booleanToWire(text);
    case "DATE":
      return dateToWire(text);
    case "TIME":
      return timeToWire(text);
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
      return timestampToWire(type, text);
    case "TIMESTAMP_TZ":
      return zonedToWire(text);
    case "BINARY":
      return binaryToWire(text);
    default:
      return text;
  }
}
