import type { IntervalLiteral } from "../../dialect/index";
import { compilationError, unsupportedFeature } from "../errors";
import {
  DAY_TIME,
  INTERVAL_DIGITS,
  type IntervalField,
  type IntervalType,
  intervalName,
  isYearMonth,
  YEAR_MONTH,
} from "../types/interval";
import { invalidInterval, parseInterval } from "../udf/interval/value";
import { type Bound, bound } from "./bound";
import type { IntervalStep } from "./intervals";

/** `INTERVAL '1' DAY`: a value of an interval type, other than `INTERVAL '1 day'`. */
export const isQualified = (interval: IntervalLiteral): boolean => interval.unit !== undefined;

const singular = (unit: string): string => unit.replace(/S$/, "");

/**
 * The type of a qualifier. WEEK and QUARTER are no fields.
 * Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#syntax-of-interval-data-types
 */
function typeOf({ unit = "", toUnit, unitParameters, toParameters }: IntervalLiteral): IntervalType {
  const family: readonly IntervalField[] =
    singular(unit) === "YEAR" || singular(unit) === "MONTH" ? YEAR_MONTH : DAY_TIME;
  const first = family.indexOf(singular(unit) as IntervalField);
  const last = toUnit ? family.indexOf(singular(toUnit) as IntervalField) : first;
  const isRange = toUnit !== undefined && last <= first;
  if (first < 0 || last < 0 || isRange) {
    const words = toUnit ? `${unit} TO ${toUnit}` : unit;
    throw compilationError("001003", "42000", `Invalid specification for type INTERVAL: INTERVAL ${words}`);
  }
  const fraction = (first === last ? unitParameters?.[1] : toParameters?.[0]) ?? INTERVAL_DIGITS;
  return {
    kind: "INTERVAL",
    first: family[first] as IntervalField,
    last: family[last] as IntervalField,
    precision: unitParameters?.[0] ?? INTERVAL_DIGITS,
    scale: family[last] === "SECOND" ? fraction : 0,
  };
}

function countOf(interval: IntervalLiteral, type: IntervalType): bigint {
  const value = parseInterval(interval.value, type);
  if (value === undefined) throw invalidInterval(interval.value, type);
  return value;
}

/** The step of `INTERVAL '1-2' YEAR TO MONTH` in months, of `INTERVAL '1 02:03:04.5' DAY TO SECOND` in microseconds. */
export function readQualified(interval: IntervalLiteral): IntervalStep {
  const type = typeOf(interval);
  const value = countOf(interval, type);
  return isYearMonth(type) ? { amount: value, part: "month" } : { amount: value / 1000n, part: "microsecond" };
}

/** `INTERVAL '1' DAY` as a value. */
export function qualifiedInterval(interval: IntervalLiteral): Bound {
  if (!isQualified(interval)) throw unsupportedFeature("INTERVAL constant outside of date arithmetic");
  const type = typeOf(interval);
  return bound(`${countOf(interval, type)}::HUGEINT`, type, false);
}

/** `INTERVAL DAY(9) TO SECOND(9)` */
export const intervalTypeName = (interval: IntervalLiteral): string => intervalName(typeOf(interval));
