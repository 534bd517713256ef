import type { DataTypeField, DataType as WrittenType } from "../../dialect/index";
import { compilationError, unsupportedFeature } from "../errors";
import {
  ARRAY, BOOLEAN, binary, DATE, type DataType, DECFLOAT, FLOAT, MAX_BINARY_LENGTH, MAX_LOB_SIZE, MAX_PRECISION, MAX_VARCHAR_LENGTH, number, OBJECT, type StructuredElement, sqlName, time,
  timestampLtz, timestampNtz, timestampTz, VARIANT, varbinary, varchar, vector,
} from "../types/dataType"; // biome-ignore format: one list
import { INTERVAL_DIGITS, type IntervalField } from "../types/interval";

const NUMBERS = new Set(["NUMBER", "NUMERIC", "DECIMAL", "DEC"]);
const INTEGERS = new Set(["INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT"]);
const FLOATS = new Set(["FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL"]);
const TEXTS = new Set([
  "VARCHAR",
  "STRING",
  "TEXT",
  "VARCHAR2",
  "NVARCHAR",
  "NVARCHAR2",
  "CHAR VARYING",
  "NCHAR VARYING",
  "CHARACTER VARYING",
]);
const CHARACTERS = new Set(["CHAR", "CHARACTER", "NCHAR"]);
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
  if (TEXTS.has(name)) return varchar(inRange(first ?? MAX_VARCHAR_LENGTH, 1, MAX_LOB_SIZE, written));
  if (CHARACTERS.has(name)) return varchar(inRange(first ?? 1, 1, MAX_LOB_SIZE, written));
  switch (name) {
    case "BINARY":
      return binary(inRange(first ?? MAX_BINARY_LENGTH, 1, LARGEST_BINARY, written));
    case "VARBINARY":
      return varbinary(inRange(first ?? MAX_BINARY_LENGTH, 1, LARGEST_BINARY, written));
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
      return written.fields ? structuredObject(written.fields, timestampMapping) : OBJECT;
    case "ARRAY":
      return written.elements?.[0]
        ? { kind: "ARRAY", element: elementOf(written.elements[0], timestampMapping) }
        : ARRAY;
    case "MAP":
      return mapOf(written, timestampMapping);
    case "VECTOR":
      return vectorOf(written);
    case "DECFLOAT":
      inRange(first ?? MAX_PRECISION, MAX_PRECISION, MAX_PRECISION, written);
      return DECFLOAT;
    case "INTERVAL YEAR":
    case "INTERVAL MONTH":
    case "INTERVAL DAY":
    case "INTERVAL HOUR":
    case "INTERVAL MINUTE":
    case "INTERVAL SECOND":
    case "INTERVAL YEAR TO MONTH":
    case "INTERVAL DAY TO HOUR":
    case "INTERVAL DAY TO MINUTE":
    case "INTERVAL DAY TO SECOND":
    case "INTERVAL HOUR TO MINUTE":
    case "INTERVAL HOUR TO SECOND":
    case "INTERVAL MINUTE TO SECOND":
      return intervalOf(written);
    case "GEOGRAPHY":
    case "GEOMETRY":
    case "UUID":
    case "FILE":
      throw unsupportedFeature(`data type ${name}`);
    default:
      throw invalid(name);
  }
}

/** Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#syntax-of-interval-data-types */
function intervalOf(written: WrittenType): DataType {
  const [, first, , last = first] = written.name.split(" ") as IntervalField[];
  const { parameters, leadingDigits } = written;
  const [leading, fraction] = first === last ? parameters : [leadingDigits, parameters[0]];
  return {
    kind: "INTERVAL",
    first: first as IntervalField,
    last: last as IntervalField,
    precision: inRange(leading ?? INTERVAL_DIGITS, 1, INTERVAL_DIGITS, written),
    scale: last === "SECOND" ? inRange(fraction ?? INTERVAL_DIGITS, 0, INTERVAL_DIGITS, written) : 0,
  };
}

const MAX_DIMENSION = 4096;
const VECTOR_INTEGERS = new Set(["INT", "INTEGER"]);
const VECTOR_FLOATS = new Set(["FLOAT", "FLOAT4", "FLOAT8"]);

/** Source: https://docs.snowflake.com/en/sql-reference/data-types-vector */
function vectorOf(written: WrittenType): DataType {
  const [element] = written.elements ?? [];
  const [dimension = 0] = written.parameters;
  const isFloat = VECTOR_FLOATS.has(element?.name ?? "");
  if (!isFloat && !VECTOR_INTEGERS.has(element?.name ?? "")) {
    const shown = element ? sqlName(resolveType(element, "TIMESTAMP_NTZ")) : "";
    throw compilationError("001420", "22023", `Unsupported vector element type '${shown}'.`);
  }
  if (dimension < 1 || dimension > MAX_DIMENSION)
    throw compilationError(
      "001421",
      "22023",
      `Invalid vector dimension '${dimension.toLocaleString("en-US")}'; expected 1 to ${MAX_DIMENSION}.`,
    );
  return vector(isFloat ? "FLOAT" : "INT", dimension);
}

function elementOf(written: WrittenType, timestampMapping: string): StructuredElement {
  const type = resolveType(written, timestampMapping);
  return written.notNull ? { type, notNull: true } : { type };
}

function structuredObject(fields: readonly DataTypeField[], timestampMapping: string): DataType {
  const held = fields.map(({ name, type }) => ({ name: name.text, ...elementOf(type, timestampMapping) }));
  const twice = held.find(({ name }, i) => held.findIndex((other) => other.name === name) < i);
  if (twice) throw compilationError("002025", "42S21", `duplicate column name '${twice.name}'`);
  return { kind: "OBJECT", fields: held };
}

/** Keys are texts or whole numbers. Source: https://docs.snowflake.com/en/sql-reference/data-types-structured#specifying-a-map-type */
function mapOf(written: WrittenType, timestampMapping: string): DataType {
  const [key, value] = written.elements ?? [];
  if (!key || !value) throw invalid("MAP");
  const type = resolveType(key, timestampMapping);
  if (type.kind !== "VARCHAR" && !(type.kind === "NUMBER" && type.scale === 0))
    throw compilationError(
      "001424",
      "22023",
      `Unsupported key type '${sqlName(type)}' of MAP; expected VARCHAR or NUMBER with scale 0.`,
    );
  return { kind: "OBJECT", map: { key: type, value: elementOf(value, timestampMapping) } };
}
