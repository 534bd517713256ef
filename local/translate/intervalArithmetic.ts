import { unsupportedFeature } from "../errors";
import { type DataType, isTimestamp } from "../types/dataType";
import { coveringInterval, INTERVAL_DIGITS, type IntervalType, intervalName, isYearMonth } from "../types/interval";
import type { Binder } from "./binder";
import { type Bound, bound } from "./bound";
import { cast } from "./conversion/cast";
import { fitted } from "./conversion/interval";
import { commonType } from "./conversion/unify";
import { addPart } from "./dateArithmetic";
import { onceBoth } from "./sql";

type OfInterval = Bound & { type: IntervalType };

const isInterval = ({ type }: Bound): boolean => type.kind === "INTERVAL";

/** With as many digits as there may be. */
const wide = (type: IntervalType): IntervalType => ({ ...type, precision: INTERVAL_DIGITS });

/** What a timestamp and another are apart. */
const APART: IntervalType = {
  kind: "INTERVAL",
  first: "DAY",
  last: "SECOND",
  precision: INTERVAL_DIGITS,
  scale: INTERVAL_DIGITS,
};

/** `timestamp - timestamp`, both of the type that stands for the two. Source: …/sql-reference/data-types-datetime */
export function timestampDifference(binder: Binder, left: Bound, right: Bound): Bound {
  const type = commonType([left, right]);
  const [a, b] = [left, right].map((value) => {
    const { sql } = cast(value, type, binder.settings);
    return type.kind === "TIMESTAMP_TZ" ? `(${sql}).utc` : sql;
  });
  const sql = `((epoch_us(${a})::HUGEINT - epoch_us(${b})::HUGEINT) * 1000)`;
  return bound(sql, APART, left.nullable || right.nullable);
}

/**
 * What the operators make of an interval; undefined where they take none of the two.
 * Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime (operations that involve date and time values)
 */
export function intervalArithmetic(binder: Binder, operator: string, left: Bound, right: Bound): Bound | undefined {
  if (isInterval(left) && isInterval(right))
    return operator === "+" || operator === "-" ? sum(operator, left as OfInterval, right as OfInterval) : undefined;
  const interval = (isInterval(left) ? left : right) as OfInterval;
  const other: Bound = isInterval(left) ? right : left;
  const { type } = other;
  if (type.kind === "NUMBER")
    return operator === "*" || (operator === "/" && interval === left)
      ? scaled(operator, interval, { ...other, type })
      : undefined;
  const isMoved = operator === "+" || (operator === "-" && interval === right);
  return isMoved && (type.kind === "DATE" || isTimestamp(type)) ? moved(binder, other, interval, operator) : undefined;
}

function sum(operator: string, left: OfInterval, right: OfInterval): Bound | undefined {
  const type = coveringInterval(left.type, right.type);
  if (!type) return undefined;
  return bound(
    fitted(`(${left.sql} ${operator} ${right.sql})`, wide(type)),
    wide(type),
    left.nullable || right.nullable,
  );
}

function moved(binder: Binder, value: Bound, { sql, type, nullable }: OfInterval, operator: string): Bound {
  const sign = operator === "-" ? "-" : "";
  const [part, amount] = isYearMonth(type)
    ? (["month", `${sign}(${sql})`] as const)
    : (["microsecond", `${sign}(${sql} // 1000)`] as const);
  return addPart(binder, value, part, amount, value.nullable || nullable);
}

/** What may leave a rest below the last field is refused: how an account rounds it, and to which type, is not known. */
function scaled(
  operator: string,
  interval: OfInterval,
  { sql, type, nullable }: Bound & { type: DataType & { kind: "NUMBER" } },
) {
  const isExact = operator === "*" && type.scale === 0;
  const hasRest = interval.type.last !== "SECOND" || interval.type.scale < INTERVAL_DIGITS;
  if (!isExact && hasRest)
    throw unsupportedFeature(`${operator} of ${intervalName(interval.type)} and a number that may leave a rest`);
  if (!isExact && type.scale > 0) throw unsupportedFeature(`${operator} of an INTERVAL and a number with decimals`);
  const result = wide(interval.type);
  const product = isExact
    ? `(${interval.sql} * ${sql}::HUGEINT)`
    : onceBoth(
        interval.sql,
        `${sql}::HUGEINT`,
        (x, y) =>
          `CASE WHEN ${y} = 0 AND ${x} IS NOT NULL THEN error('Division by zero')::HUGEINT ELSE ${x} // ${y} END`,
      );
  return bound(fitted(product, result), result, interval.nullable || nullable);
}
