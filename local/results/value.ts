import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Value } from "../execution/value";
import type { DataType } from "../types/dataType";
import { tagJson } from "../types/taggedJson";
import { decfloatKey } from "../udf/decfloat/key";
import { parseDecfloat } from "../udf/decfloat/value";
import { encoderOf } from "./encode";

/** `12.3456` → microseconds; digits beyond are cut. */
export function microsOf(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (!match) throw new TypeError(`not a number of seconds: ${text}`);
  const value = BigInt(match[2] as string) * 1_000_000n + BigInt((match[3] ?? "").padEnd(6, "0").slice(0, 6));
  return match[1] ? -value : value;
}

/** A cell in wire encoding as a physical value. */
export function wireToPhysical(type: DataType, text: string | null): DuckDBValue {
  if (text === null) return null;
  switch (type.kind) {
    case "NUMBER": {
      const [whole, fraction = ""] = text.split(".") as [string, string?];
      return new DuckDBDecimalValue(
        BigInt(whole + fraction.padEnd(type.scale, "0").slice(0, type.scale)),
        type.precision,
        type.scale,
      );
    }
    case "FLOAT":
      return text === "inf" ? Number.POSITIVE_INFINITY : text === "-inf" ? Number.NEGATIVE_INFINITY : Number(text);
    case "DECFLOAT":
      return decfloatKey(parseDecfloat(text));
    case "INTERVAL":
      return BigInt(text);
    case "BOOLEAN":
      return text === "1";
    case "DATE":
      return new DuckDBDateValue(Number(text));
    case "TIME":
      return new DuckDBTimeValue(microsOf(text));
    case "TIMESTAMP_NTZ":
      return new DuckDBTimestampValue(microsOf(text));
    case "TIMESTAMP_LTZ":
      return new DuckDBTimestampTZValue(microsOf(text));
    case "TIMESTAMP_TZ": {
      const [seconds, offset] = text.split(" ") as [string, string];
      return new DuckDBStructValue({ utc: new DuckDBTimestampValue(microsOf(seconds)), off: Number(offset) - 1440 });
    }
    case "BINARY":
      return new DuckDBBlobValue(Buffer.from(text, "hex"));
    case "VECTOR":
      return new DuckDBListValue(text.slice(1, -1).split(",").map(Number));
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return tagJson(text);
    case "VARCHAR":
    case "NULL":
      return text;
  }
}

export const wireToValue = (type: DataType, text: string | null): Value => ({
  type,
  value: wireToPhysical(type, text),
});

export const valueToWire = ({ type, value }: Value): string | null => (value === null ? null : encoderOf(type)(value));
