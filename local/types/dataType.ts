import { type IntervalType, intervalName } from "./interval";

/**
 * Snowflake's types as the binder infers them.
 * Source: https://docs.snowflake.com/en/sql-reference/intro-summary-data-types
 */
export type DataType =
  | { kind: "NUMBER"; precision: number; scale: number }
  | { kind: "FLOAT" }
  /** 38 digits with a power of ten of their own. */
  | { kind: "DECFLOAT" }
  /** `isExplicit`: the collation is written at the value itself, and goes before those that values bring along. */
  | { kind: "VARCHAR"; length: number; collation?: string; isExplicit?: boolean }
  /** `varying`: written VARBINARY. */
  | { kind: "BINARY"; length: number; varying?: boolean }
  | { kind: "BOOLEAN" }
  | { kind: "DATE" }
  | { kind: "TIME"; scale: number }
  | { kind: "TIMESTAMP_NTZ"; scale: number }
  | { kind: "TIMESTAMP_LTZ"; scale: number }
  | { kind: "TIMESTAMP_TZ"; scale: number }
  | IntervalType
  | { kind: "VARIANT" }
  /** With `fields` or `map` a structured OBJECT or a MAP. */
  | { kind: "OBJECT"; fields?: readonly StructuredField[]; map?: { key: DataType; value: StructuredElement } }
  /** With `element` a structured ARRAY. */
  | { kind: "ARRAY"; element?: StructuredElement }
  /** Numbers of 32 bits each. */
  | { kind: "VECTOR"; element: "FLOAT" | "INT"; dimension: number }
  /** The type of a bare NULL; it takes any type it meets and leaves the server as VARCHAR. */
  | { kind: "NULL" };

/** What a structured type holds. */
export interface StructuredElement {
  type: DataType;
  notNull?: boolean;
}

export interface StructuredField extends StructuredElement {
  /** As written: keys tell small letters from capitals. */
  name: string;
}

export type DataTypeKind = DataType["kind"];

/** Characters of the longest text, bytes of the largest value. Source: https://docs.snowflake.com/en/sql-reference/data-types-text */
export const MAX_LOB_SIZE = 134_217_728;
/** Characters a VARCHAR without length may hold. */
export const MAX_VARCHAR_LENGTH = 16_777_216;
export const MAX_BINARY_LENGTH = 8_388_608;
export const MAX_PRECISION = 38;

export const number = (precision = MAX_PRECISION, scale = 0): DataType => ({ kind: "NUMBER", precision, scale });
export const varchar = (length = MAX_VARCHAR_LENGTH, collation?: string): DataType => ({
  kind: "VARCHAR",
  length,
  ...(collation === undefined ? {} : { collation }),
});
export const binary = (length = MAX_BINARY_LENGTH): DataType => ({ kind: "BINARY", length });

/** A BINARY that was written VARBINARY: another word in SHOW COLUMNS, else the same type. */
export const varbinary = (length: number): DataType => ({ kind: "BINARY", length, varying: true });
export const time = (scale = 9): DataType => ({ kind: "TIME", scale });
export const timestampNtz = (scale = 9): DataType => ({ kind: "TIMESTAMP_NTZ", scale });
export const timestampLtz = (scale = 9): DataType => ({ kind: "TIMESTAMP_LTZ", scale });
export const timestampTz = (scale = 9): DataType => ({ kind: "TIMESTAMP_TZ", scale });
export const FLOAT: DataType = { kind: "FLOAT" };
export const DECFLOAT: DataType = { kind: "DECFLOAT" };
export const BOOLEAN: DataType = { kind: "BOOLEAN" };
export const DATE: DataType = { kind: "DATE" };
export const VARIANT: DataType = { kind: "VARIANT" };
export const OBJECT: DataType = { kind: "OBJECT" };
export const ARRAY: DataType = { kind: "ARRAY" };
export const vector = (element: "FLOAT" | "INT", dimension: number): DataType & { kind: "VECTOR" } => ({
  kind: "VECTOR",
  element,
  dimension,
});
export const NULL: DataType = { kind: "NULL" };

export const isSemiStructured = (type: DataType): boolean =>
  type.kind === "VARIANT" || type.kind === "OBJECT" || type.kind === "ARRAY";

const NEVER_VARIANT = new Set([
  "VARCHAR",
  "BINARY",
  "DATE",
  "TIME",
  "VECTOR",
  "DECFLOAT",
  "INTERVAL",
  "TIMESTAMP_NTZ",
  "TIMESTAMP_LTZ",
  "TIMESTAMP_TZ",
]);

/** Whether a value of the type becomes VARIANT without a cast. Source: https://docs.snowflake.com/en/sql-reference/data-type-conversion */
export const becomesVariant = (type: DataType): boolean => !NEVER_VARIANT.has(type.kind);

export const isStructured = (type: DataType): boolean =>
  (type.kind === "ARRAY" && type.element !== undefined) ||
  (type.kind === "OBJECT" && (type.fields !== undefined || type.map !== undefined));

export const isTimestamp = (type: DataType): type is DataType & { scale: number } => type.kind.startsWith("TIMESTAMP");

/**
 * The DuckDB type that holds a value. TIMESTAMP_TZ keeps the instant (UTC) and the offset in minutes side by side; a DECFLOAT is a
 * text that sorts as the numbers do (see udf/decfloat/key.ts).
 */
export function physicalType(type: DataType): string {
  switch (type.kind) {
    case "NUMBER":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "FLOAT":
      return "DOUBLE";
    case "VARCHAR":
    case "DECFLOAT":
    case "NULL":
      return "VARCHAR";
    case "BINARY":
      return "BLOB";
    case "BOOLEAN":
    case "DATE":
    case "TIME":
      return type.kind;
    case "TIMESTAMP_NTZ":
      return "TIMESTAMP";
    case "TIMESTAMP_LTZ":
      return "TIMESTAMPTZ";
    case "TIMESTAMP_TZ":
      return "STRUCT(utc TIMESTAMP, off SMALLINT)";
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return "JSON";
    case "INTERVAL":
      return "HUGEINT";
    case "VECTOR":
      return type.element === "INT" ? "INTEGER[]" : "FLOAT[]";
  }
}

/** As Snowflake prints it in DESCRIBE, SHOW COLUMNS and error texts: `NUMBER(38,0)`, `VARCHAR(16777216)`, `TIMESTAMP_NTZ(9)`. */
export function sqlName(type: DataType): string {
  switch (type.kind) {
    case "NUMBER":
      return `NUMBER(${type.precision},${type.scale})`;
    case "VARCHAR":
    case "BINARY":
      return `${type.kind}(${type.length})`;
    case "TIME":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return `${type.kind}(${type.scale})`;
    case "INTERVAL":
      return intervalName(type);
    case "DECFLOAT":
      return `DECFLOAT(${MAX_PRECISION})`;
    case "NULL":
      return "NULL";
    case "VECTOR":
      return `VECTOR(${type.element}, ${type.dimension})`;
    case "ARRAY":
      return type.element ? `ARRAY(${elementName(type.element)})` : "ARRAY";
    case "OBJECT":
      if (type.map) return `MAP(${sqlName(type.map.key)}, ${elementName(type.map.value)})`;
      return type.fields ? `OBJECT(${type.fields.map((f) => `${f.name} ${elementName(f)}`).join(", ")})` : "OBJECT";
    default:
      return type.kind;
  }
}

/** A column's type with the collation it was given: `VARCHAR(10) COLLATE 'en-ci'`. */
export const columnTypeName = (type: DataType): string =>
  type.kind === "VARCHAR" && type.collation ? `${sqlName(type)} COLLATE '${type.collation}'` : sqlName(type);

const elementName = ({ type, notNull }: StructuredElement): string => `${sqlName(type)}${notNull ? " NOT NULL" : ""}`;

/** Equality of the whole type, parameters included. */
export const sameType = (a: DataType, b: DataType): boolean => sqlName(a) === sqlName(b);
