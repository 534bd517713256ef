import { type DataType, DECFLOAT, physicalType } from "../../types/dataType";
import { decfloatKey, ZERO_KEY } from "../../udf/decfloat/key";
import { decfloat } from "../../udf/decfloat/value";
import type { Bound } from "../bound";
import { bound } from "../bound";
import { numberText } from "./numbers";

const ONE_KEY = decfloatKey(decfloat(1n, 0));

/** The key of zero, as SQL. */
export const ZERO_SQL = `'${ZERO_KEY}'`;

/** A value as the key of a DECFLOAT; undefined for a type that becomes none. Source: …/sql-reference/data-type-conversion */
export function toDecfloat({ sql, type }: Bound, attempt: boolean): string | undefined {
  switch (type.kind) {
    case "DECFLOAT":
      return sql;
    case "NUMBER":
      return `sf_decfloat(${numberText(sql, type)}, FALSE)`;
    case "FLOAT":
      return `sf_decfloat_of_double(${sql}, ${attempt})`;
    case "VARCHAR":
      return `sf_decfloat(${sql}, ${attempt})`;
    case "BOOLEAN":
      return `CASE ${sql} WHEN TRUE THEN '${ONE_KEY}' WHEN FALSE THEN ${ZERO_SQL} END`;
    case "VARIANT":
      return `sf_decfloat_of_variant(${sql}, ${attempt})`;
    default:
      return undefined;
  }
}

/** The key of a DECFLOAT as a number of another type, rounded half away from zero where that is exact. */
export const fromDecfloat = (sql: string, target: DataType & { kind: "NUMBER" | "FLOAT" }, attempt: boolean): string =>
  target.kind === "FLOAT"
    ? `sf_decfloat_double(${sql})`
    : `sf_decfloat_number(${sql}, ${target.precision}, ${target.scale}, ${attempt})::${physicalType(target)}`;

/** `a operator b` of two DECFLOATs, for + - * / and %. */
export const combineDecfloats = (operator: string, a: Bound, b: Bound): Bound =>
  bound(`sf_decfloat_combine('${operator}', ${a.sql}, ${b.sql})`, DECFLOAT, a.nullable || b.nullable);

export const negated = ({ sql, nullable }: Bound): Bound =>
  bound(`sf_decfloat_combine('-', ${ZERO_SQL}, ${sql})`, DECFLOAT, nullable);
