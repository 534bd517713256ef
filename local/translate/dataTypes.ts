import type { DataType as WrittenType } from "../../dialect/index";
import { compilationError, unsupportedFeature } from "../errors";
import {
  ARRAY, BOOLEAN, binary, DATE, type DataType, FLOAT, MAX_BINARY_LENGTH, MAX_PRECISION, MAX_VARCHAR_LENGTH, number, OBJECT, time,
  timestampLtz, timestampNtz, timestampTz, VARIANT, varchar,
} from "../types/dataType"; // biome-ignore format: one list

const NUMBERS = new Set(["NUMBER", "NUMERIC", "DECIMAL", "DEC"]);
const INTEGERS = new Set(["INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT"]);
const FLOATS = new Set(["FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL"]);
const TEXTS = new Set([
  "VARCHAR",
  "STRING",
  "TEXT",
  "NVARCHAR",
  "NVARCHAR2",
  "CHAR VARYING",
  "NCHAR VARYING",
  "CHARACTER VARYING",
]);
const CHARACTERS = new Set(["CHAR", "CHARACTER", "NCHAR"]);
const LARGEST_VARCHAR = 134_217_728;
const LARGEST_BINARY = 67_108_864;

const invalid = (text: string) => compilationError("002040", "42601", `Unsupported data type '${text}'.`);

const inRange = (value: number, low: number, high: number, written: WrittenType): number => {
  if (value < low || value > high || !Number.isInteger(value)) {
    throw compilationError(
      "002038",
      "22023",
      `Invalid parameter '${value}' of data type '${written.name}'; expected ${low} to ${high}.`,
    );
  }
  return value;
};

/**
 * A type as written → our type. `timestampMapping` is what plain TIMESTAMP stands for.
 * Source: https://docs.snowflake.com/en/sql-reference/intro-summary-data-types
 */
export function resolveType(written: WrittenType, timestampMapping = "TIMESTAMP_NTZ"): DataType {
  const { name, parameters } = written;
  const [first, second] = parameters;
  const scaleOf = (): number => inRange(first ?? 9, 0, 9, written);
  if (NUMBERS.has(name)) {
    const precision = inRange(first ?? MAX_PRECISION, 1, MAX_PRECISION, written);
    return number(precision, inRange(second ?? 0, 0, Math.min(precision, 37), written));
  }
  if (INTEGERS.has(name)) return number();
  if (FLOATS.has(name)) return FLOAT;
  if (TEXTS.has(name)) return varchar(inRange(first ?? MAX_VARCHAR_LENGTH, 1, LARGEST_VARCHAR, written));
  if (CHARACTERS.has(name)) return varchar(inRange(first ?? 1, 1, LARGEST_VARCHAR, written));
  switch (name) {
    case "BINARY":
    case "VARBINARY":
      return binary(inRange(first ?? MAX_BINARY_LENGTH, 1, LARGEST_BINARY, written));
    case "BOOLEAN":
      return BOOLEAN;
    case "DATE":
      return DATE;
    case "TIME":
      return time(scaleOf());
    case "DATETIME":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMPNTZ":
    case "TIMESTAMP WITHOUT TIME ZONE":
      return timestampNtz(scaleOf());
    case "TIMESTAMP_LTZ":
    case "TIMESTAMPLTZ":
    case "TIMESTAMP WITH LOCAL TIME ZONE":
      return timestampLtz(scaleOf());
    case "TIMESTAMP_TZ":
    case "TIMESTAMPTZ":
    case "TIMESTAMP WITH TIME ZONE":
      return timestampTz(scaleOf());
    case "TIMESTAMP":
      return { kind: timestampMapping as "TIMESTAMP_NTZ", scale: scaleOf() };
    case "VARIANT":
      return VARIANT;
    case "OBJECT":
      if (written.fields?.length) throw unsupportedFeature("structured OBJECT type");
      return OBJECT;
    case "ARRAY":
      if (written.elements?.length) throw unsupportedFeature("structured ARRAY type");
      return ARRAY;
    case "MAP":
    case "VECTOR":
    case "GEOGRAPHY":
    case "GEOMETRY":
    case "DECFLOAT":
    case "UUID":
    case "FILE":
      throw unsupportedFeature(`data type ${name}`);
    default:
      throw invalid(name);
  }
}
