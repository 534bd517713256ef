import {
  type DuckDBBlobValue,
  type DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import { type DataType, isStructured } from "../types/dataType";
import { inFieldOrder } from "../types/fieldOrder";
import { renderTagged } from "../types/taggedJson";
import { decfloatOfKey } from "../udf/decfloat/key";
import { decfloatText } from "../udf/decfloat/value";

/** A physical value, never null, as the text that drivers read for this type. */
export type Encoder = (value: DuckDBValue) => string;

export interface EncodingOptions {
  /** JSON_INDENT of the session; default 2. */
  jsonIndent: number;
  /** TIMEZONE of the session; instants within JSON show its clock. Default UTC. */
  timezone?: string;
}

const DEFAULTS: EncodingOptions = { jsonIndent: 2 };

/** `12.3456` with exactly `digits` fractional digits, cut rather than rounded. */
export function fixedPoint(micros: bigint, digits: number): string {
  const negative = micros < 0n;
  const absolute = negative ? -micros : micros;
  const seconds = absolute / 1_000_000n;
  const sign = negative ? "-" : "";
  if (digits === 0) return `${sign}${seconds}`;
  const fraction = String(absolute % 1_000_000n)
    .padStart(6, "0")
    .padEnd(9, "0")
    .slice(0, digits);
  return `${sign}${seconds}.${fraction}`;
}

/** The shortest text that reads back as the same double. */
export function printReal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return String(value);
}

const micros = (value: DuckDBValue): bigint => {
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampTZValue ||
    value instanceof DuckDBTimeValue
  ) {
    return value.micros;
  }
  throw new TypeError(`not a time: ${String(value)}`);
};

/** Six decimal places, more where the number of 32 bits has them. */
function printElement(value: number): string {
  const six = value.toFixed(6);
  if (Math.fround(Number(six)) === value || !Number.isFinite(value)) return six;
  for (let digits = 7; ; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
}

export function encoderOf(type: DataType, options: EncodingOptions = DEFAULTS): Encoder {
  switch (type.kind) {
    case "NUMBER":
      return (v) => (v instanceof DuckDBDecimalValue && v.scale === 0 ? String(v.value) : String(v));
    case "FLOAT":
      return (v) => printReal(Number(v));
    case "DECFLOAT":
      return (v) => decfloatText(decfloatOfKey(v as string));
    case "VARCHAR":
    case "NULL":
      return String;
    case "INTERVAL":
      return String;
    case "BOOLEAN":
      return (v) => (v ? "1" : "0");
    case "DATE":
      return (v) => String((v as DuckDBDateValue).days);
    case "BINARY":
      return (v) =>
        Buffer.from((v as DuckDBBlobValue).bytes)
          .toString("hex")
          .toUpperCase();
    case "TIME":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
      return (v) => fixedPoint(micros(v), type.scale);
    case "TIMESTAMP_TZ":
      return (v) => {
        const { utc, off } = (v as DuckDBStructValue).entries as { utc: DuckDBTimestampValue; off: number };
        return `${fixedPoint(utc.micros, type.scale)} ${off + 1440}`;
      };
    case "OBJECT":
    case "ARRAY":
      if (isStructured(type))
        return (v) => renderTagged(inFieldOrder(v as string, type), options.jsonIndent, options.timezone);
      return (v) => renderTagged(v as string, options.jsonIndent, options.timezone);
    case "VARIANT":
      return (v) => renderTagged(v as string, options.jsonIndent, options.timezone);
    case "VECTOR": {
      const print = type.element === "INT" ? String : printElement;
      return (v) => `[${(v as DuckDBListValue).items.map((item) => print(Number(item))).join(",")}]`;
    }
  }
}

/** Rows from DuckDB's column vectors. */
export function encodeChunk(
  columns: readonly (readonly DuckDBValue[])[],
  rowCount: number,
  encoders: readonly Encoder[],
): (string | null)[][] {
  const rows: (string | null)[][] = Array.from({ length: rowCount }, () => new Array(encoders.length).fill(null));
  encoders.forEach((encode, c) => {
    const column = columns[c] as readonly DuckDBValue[];
    for (let r = 0; r < rowCount; r++) {
      const value = column[r] as DuckDBValue;
      // A struct of NULLs is how the engine may hand over a NULL TIMESTAMP_TZ.
      if (value === null || (value instanceof DuckDBStructValue && value.entries.utc === null)) continue;
      (rows[r] as (string | null)[])[c] = encode(value);
    }
  });
  return rows;
}
