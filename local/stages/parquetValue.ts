import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeTZValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import { SnowflakeError, unsupportedFeature } from "../errors";
import { doubleText, type JsonNode, NumberNode, normaliseDecimal, ObjectNode, TaggedNode } from "../udf/json/node";
import type { ParquetColumn } from "./parquet";

export interface ParquetOptions {
  binaryAsText: boolean;
  /** USE_LOGICAL_TYPE: timestamps without the older annotation are timestamps, not integers. */
  logicalTypes: boolean;
  trims: boolean;
  replacesInvalid: boolean;
  nulls: ReadonlySet<string>;
  file: string;
}

/**
 * A value of a Parquet file as VARIANT. Source: https://docs.snowflake.com/en/sql-reference/sql/create-file-format (BINARY_AS_TEXT,
 * USE_LOGICAL_TYPE, TRIM_SPACE, NULL_IF).
 */
export function parquetNode(value: DuckDBValue, options: ParquetOptions, column?: ParquetColumn): JsonNode {
  switch (typeof value) {
    case "boolean":
      return value;
    case "bigint":
      return new NumberNode(String(value));
    case "number":
      return /^(FLOAT|DOUBLE)$/.test(column?.engineType ?? "") || !Number.isInteger(value)
        ? new TaggedNode("D", doubleText(value))
        : new NumberNode(String(value));
    case "string":
      return textNode(value, options);
  }
  if (value === null) return null;
  if (value instanceof DuckDBDecimalValue) return new NumberNode(normaliseDecimal(String(value)));
  if (value instanceof DuckDBDateValue) return new TaggedNode("d", String(value));
  if (value instanceof DuckDBBlobValue) return binaryNode(value, options);
  if (value instanceof DuckDBListValue) return value.items.map((item) => parquetNode(item, options));
  if (value instanceof DuckDBStructValue)
    return objectNode(
      Object.entries(value.entries).map(([key, item]) => [key, item]),
      options,
    );
  if (value instanceof DuckDBMapValue)
    return objectNode(
      value.entries.map(({ key, value: item }) => [String(key), item]),
      options,
    );
  return temporalNode(value, options, column);
}

function objectNode(entries: [string, DuckDBValue][], options: ParquetOptions): ObjectNode {
  const members = new Map<string, JsonNode>();
  for (const [key, item] of entries) {
    const node = parquetNode(item, options);
    if (node !== null) members.set(key, node);
  }
  return new ObjectNode(members);
}

function textNode(given: string, { trims, nulls }: ParquetOptions): JsonNode {
  const text = trims ? given.trim() : given;
  return nulls.has(text) ? null : text;
}

function binaryNode({ bytes }: DuckDBBlobValue, options: ParquetOptions): JsonNode {
  if (!options.binaryAsText) return new TaggedNode("b", Buffer.from(bytes).toString("hex").toUpperCase());
  try {
    return textNode(new TextDecoder("utf-8", { fatal: !options.replacesInvalid }).decode(bytes), options);
  } catch {
    throw new SnowflakeError("100144", "22000", `Invalid UTF8 detected in string in file '${options.file}'`);
  }
}

const two = (n: bigint): string => String(n).padStart(2, "0");

/** `2024-02-29 12:34:56.123456` */
function stored(micros: bigint): string {
  const date = new Date(Number((micros - (((micros % 1000n) + 1000n) % 1000n)) / 1000n));
  const fraction = String(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n).padStart(6, "0");
  return `${date.toISOString().slice(0, 19).replace("T", " ")}.${fraction}`;
}

const clock = (micros: bigint): string => {
  const seconds = micros / 1_000_000n;
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map(two).join(":");
  return `${parts}.${String(micros % 1_000_000n).padStart(6, "0")}`;
};

/** Units of the file: what an integer of it counts. */
const unitOf = (column: ParquetColumn | undefined): "MILLIS" | "MICROS" | "NANOS" =>
  /NANOS=NanoSeconds/.test(column?.logicalType ?? "")
    ? "NANOS"
    : /MILLIS=MilliSeconds/.test(column?.logicalType ?? "") || column?.convertedType.endsWith("_MILLIS")
      ? "MILLIS"
      : "MICROS";

const inUnit = (micros: bigint, unit: ReturnType<typeof unitOf>): string =>
  String(unit === "NANOS" ? micros * 1000n : unit === "MILLIS" ? micros / 1000n : micros);

function temporalNode(value: DuckDBValue, options: ParquetOptions, column: ParquetColumn | undefined): JsonNode {
  const isAnnotated = options.logicalTypes || isTemporal(column);
  if (value instanceof DuckDBTimeValue || value instanceof DuckDBTimeTZValue)
    return isAnnotated
      ? new TaggedNode("t", clock(value.micros))
      : new NumberNode(inUnit(value.micros, unitOf(column)));
  if (value instanceof DuckDBTimestampNanosecondsValue)
    return isAnnotated ? new TaggedNode("n", stored(value.nanos / 1000n)) : new NumberNode(String(value.nanos));
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    if (!isAnnotated) return new NumberNode(inUnit(value.micros, unitOf(column)));
    const text = stored(value.micros);
    // Only the newer annotation tells an instant from a wall clock.
    return options.logicalTypes && value instanceof DuckDBTimestampTZValue
      ? new TaggedNode("l", `${text} Z`)
      : new TaggedNode("n", text);
  }
  if (typeof (value as { toString?: unknown }).toString === "function" && column?.engineType === "UUID")
    return String(value);
  throw unsupportedFeature(`Parquet column of type ${column?.engineType ?? "unknown"}`);
}

/** Timestamps that need no USE_LOGICAL_TYPE: the older annotation, INT96, and what lies inside of groups. */
export const isTemporal = (column: ParquetColumn | undefined): boolean =>
  column === undefined || column.physicalType === "INT96" || /^TIME(STAMP)?_M/.test(column.convertedType);
