import { unsupportedFeature } from "../../errors";
import type { DataType } from "../../types/dataType";
import { type IntervalType, isYearMonth, UNITS } from "../../types/interval";
import type { Bound } from "../bound";
import { quote } from "../sql";
import { numberFromNumber } from "./numbers";

const typeArguments = ({ first, last, precision, scale }: IntervalType): string =>
  `${quote(first)}, ${quote(last)}, ${precision}, ${scale}`;

const sameShape = (a: IntervalType, b: IntervalType): boolean => typeArguments(a) === typeArguments(b);

/** SQL of months or nanoseconds that fit the type. */
export const fitted = (sql: string, type: IntervalType): string => `sf_interval_fit(${sql}, ${typeArguments(type)})`;

/** A value as an interval; undefined for a type that becomes none. Source: …/sql-reference/data-type-conversion */
export function toInterval(value: Bound, target: IntervalType, attempt: boolean): string | undefined {
  const { sql, type } = value;
  switch (type.kind) {
    case "VARCHAR":
      return `sf_interval(${sql}, ${typeArguments(target)}, ${attempt})`;
    case "INTERVAL":
      if (isYearMonth(type) !== isYearMonth(target)) return undefined;
      return sameShape(type, target) ? sql : fitted(sql, target);
    case "NUMBER":
      if (target.first !== target.last || target.first === "MONTH") return undefined;
      if (type.scale > 0) throw unsupportedFeature("cast of a number with decimals to an INTERVAL");
      return fitted(`(${sql}::HUGEINT * ${UNITS[target.first]}::HUGEINT)`, target);
    default:
      return undefined;
  }
}

export const intervalText = (sql: string, type: IntervalType): string =>
  `sf_interval_text(${sql}, ${typeArguments(type)})`;

/** The number of its field that an interval of one field stands for; of seconds only whole ones are. */
export function numberFromInterval(
  { sql, type, nullable }: Bound & { type: IntervalType },
  target: DataType & { kind: "NUMBER" },
): string {
  if (type.first !== type.last || (type.first === "SECOND" && type.scale > 0))
    throw unsupportedFeature("cast of an INTERVAL of several fields to a number");
  const whole = `(${sql} // ${UNITS[type.first]}::HUGEINT)::DECIMAL(38,0)`;
  return numberFromNumber({ sql: whole, type: { kind: "NUMBER", precision: 38, scale: 0 }, nullable }, target);
}
