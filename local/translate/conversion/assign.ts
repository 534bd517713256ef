import { compilationError, incompatibleTypes, type SnowflakeError } from "../../errors";
import {
  becomesVariant,
  type DataType,
  type DataTypeKind,
  isStructured,
  isTimestamp,
  sqlName,
} from "../../types/dataType";
import { type Bound, isNullLiteral } from "../bound";
import type { Settings } from "../settings";
import { cast } from "./cast";

const NUMERIC: readonly DataTypeKind[] = ["NUMBER", "FLOAT", "DECFLOAT"];
const TEMPORAL: readonly DataTypeKind[] = ["DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"];

/** What a column takes besides values of its own type and VARIANT. */
const TAKES: Partial<Record<DataTypeKind, readonly DataTypeKind[]>> = {
  NUMBER: [...NUMERIC, "VARCHAR"],
  FLOAT: [...NUMERIC, "VARCHAR"],
  INTERVAL: ["VARCHAR"],
  DECFLOAT: [...NUMERIC, "BOOLEAN", "VARCHAR"],
  BOOLEAN: [...NUMERIC, "VARCHAR"],
  VARCHAR: [...NUMERIC, "BOOLEAN", "INTERVAL", ...TEMPORAL],
  BINARY: ["VARCHAR"],
  DATE: ["VARCHAR", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"],
  TIME: ["VARCHAR", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"],
  TIMESTAMP_NTZ: ["VARCHAR", "NUMBER", "DATE", "TIMESTAMP_LTZ"],
  TIMESTAMP_LTZ: ["VARCHAR", "NUMBER", "DATE", "TIMESTAMP_NTZ"],
  TIMESTAMP_TZ: ["VARCHAR", "NUMBER", "DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"],
};

/**
 * A value as a column takes it: converted where the conversion is one that needs not be written.
 * Source: https://docs.snowflake.com/en/sql-reference/data-type-conversion (coercible)
 */
export function assign(value: Bound, column: { name: string; type: DataType }, settings: Settings): Bound {
  const { type } = column;
  if (value.type.kind === "TIME" && isTimestamp(type)) throw incompatible(value.type, type);
  if (!isAssignable(value, type))
    throw compilationError(
      "002023",
      "22000",
      `Expression type does not match column data type, expecting ${sqlName(type)} but got ${sqlName(value.type)} for column ${column.name}`,
    );
  return cast(value, type, settings, "assign");
}

/** As `assign`, for the columns that CREATE TABLE … AS lists. */
export function assignInNewTable(value: Bound, type: DataType, settings: Settings): Bound {
  if (!isAssignable(value, type)) throw incompatible(value.type, type);
  return cast(value, type, settings, "assign");
}

const incompatible = (from: DataType, to: DataType): SnowflakeError => incompatibleTypes(sqlName(from), sqlName(to));

function isAssignable(value: Bound, to: DataType): boolean {
  const from = value.type;
  if (isNullLiteral(value) || from.kind === "NULL") return true;
  // Which of these fit each other, and at which depth, `cast` knows.
  if (isStructured(to) && isStructured(from)) return true;
  if (isStructured(to) || isStructured(from)) return false;
  if (to.kind === "VECTOR" || from.kind === "VECTOR") return sqlName(to) === sqlName(from);
  if (to.kind === "VARIANT") return becomesVariant(from);
  return from.kind === to.kind || from.kind === "VARIANT" || (TAKES[to.kind]?.includes(from.kind) ?? false);
}
