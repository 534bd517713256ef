import type { IntervalLiteral } from "../../dialect/index";
import { invalidArgumentTypes } from "../errors";
import { type DataType, isTimestamp, sqlName } from "../types/dataType";
import type { Binder } from "./binder";
import type { Bound } from "./bound";
import { cast } from "./conversion/cast";
import { addPart, type DatePart, MICROS_OF } from "./dateArithmetic";
import { readConstant } from "./intervalConstants";
import { intervalTypeName, isQualified, readQualified } from "./intervalLiterals";

/** What an interval adds, in the order it is added. */
export interface IntervalStep {
  amount: bigint;
  part: DatePart;
}

const stepsOf = (interval: IntervalLiteral): IntervalStep[] =>
  isQualified(interval) ? [readQualified(interval)] : readConstant(interval.value);

/**
 * `value ± INTERVAL '1 year, 3 days'`, where texts are read as timestamps, or `value ± INTERVAL '1' DAY`, which moves dates and
 * timestamps alone. Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime
 */
export function addInterval(
  binder: Binder,
  given: Bound,
  interval: IntervalLiteral,
  sign: 1 | -1,
  refused: (interval: string) => Error,
): Bound {
  const steps = stepsOf(interval);
  let value = given;
  const mayBeRead = value.type.kind === "VARCHAR" || value.type.kind === "NULL" || value.type.kind === "VARIANT";
  if (mayBeRead && !isQualified(interval)) {
    value = cast(value, { kind: binder.settings.timestampTypeMapping, scale: 9 } as DataType, binder.settings);
  }
  const moves = value.type.kind === "DATE" || isTimestamp(value.type);
  if (!moves && !(value.type.kind === "TIME" && !isQualified(interval))) throw refused(nameOf(interval));
  for (const { amount, part } of steps) {
    value = addPart(binder, value, part, String(amount * BigInt(sign)), value.nullable);
  }
  return value;
}

const nameOf = (interval: IntervalLiteral): string => (isQualified(interval) ? intervalTypeName(interval) : "INTERVAL");

/** The refusal of an interval beside what it cannot move. */
export const intervalRefused =
  (binder: Binder, operator: string, given: Bound, isLeft: boolean, at: { span: { start: number; end: number } }) =>
  (interval: string): Error =>
    invalidArgumentTypes(
      operator,
      isLeft ? `(${interval}, ${sqlName(given.type)})` : `(${sqlName(given.type)}, ${interval})`,
      binder.operatorPosition(at),
    );

const MONTHS_OF: Partial<Record<DatePart, bigint>> = { year: 12n, quarter: 3n, month: 1n };

/** An interval of the engine. */
export function intervalSql(interval: IntervalLiteral): string {
  const parts = stepsOf(interval).map(({ amount, part }) => {
    const months = MONTHS_OF[part];
    if (months !== undefined) return `to_months(${amount * months})`;
    return part === "nanosecond"
      ? `to_microseconds(${amount / 1000n})`
      : `to_microseconds(${amount * BigInt(MICROS_OF[part] as number)})`;
  });
  return `(${parts.join(" + ")})`;
}

/** Below zero where the first is the shorter one; a month counts as thirty days, as it does when the engine orders intervals. */
export function compareIntervals(one: IntervalLiteral, other: IntervalLiteral): number {
  const length = (interval: IntervalLiteral) =>
    stepsOf(interval).reduce((sum, { amount, part }) => {
      const micros = Number(MONTHS_OF[part] ?? 0) * 30 * (MICROS_OF.day as number) || (MICROS_OF[part] ?? 0.001);
      return sum + Number(amount) * micros;
    }, 0);
  return length(one) - length(other);
}
