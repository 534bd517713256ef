import { compilationError } from "../errors";
import type { Binder } from "./binder";
import { type Bound, bound } from "./bound";
import { packTz, tzWall } from "./conversion/temporal";
import { once, quote } from "./sql";

export type DatePart =
  | "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" | "second" | "millisecond" | "microsecond" | "nanosecond"; // biome-ignore format: one list

const PARTS: Record<DatePart, string[]> = {
  year: ["year", "y", "yy", "yyy", "yyyy", "yr", "years", "yrs"],
  quarter: ["quarter", "q", "qtr", "qtrs", "quarters"],
  month: ["month", "mm", "mon", "mons", "months"],
  week: ["week", "w", "wk", "weekofyear", "woy", "wy", "weeks"],
  day: ["day", "d", "dd", "days", "dayofmonth"],
  hour: ["hour", "h", "hh", "hr", "hours", "hrs"],
  minute: ["minute", "m", "mi", "min", "minutes", "mins"],
  second: ["second", "s", "sec", "seconds", "secs"],
  millisecond: ["millisecond", "ms", "msec", "milliseconds"],
  microsecond: ["microsecond", "us", "usec", "microseconds"],
  nanosecond: ["nanosecond", "ns", "nsec", "nanosec", "nsecond", "nanoseconds", "nanosecs", "nseconds"],
};

const BY_NAME = new Map(
  Object.entries(PARTS).flatMap(([part, names]) => names.map((n) => [n, part as DatePart] as const)),
);

export const datePart = (name: string): DatePart | undefined => BY_NAME.get(name.toLowerCase());

export const MICROS_OF: Partial<Record<DatePart, number>> = {
  week: 604_800_000_000,
  day: 86_400_000_000,
  hour: 3_600_000_000,
  minute: 60_000_000,
  second: 1_000_000,
  millisecond: 1_000,
  microsecond: 1,
};

export const isDatePart = (part: DatePart): boolean => ["year", "quarter", "month", "week", "day"].includes(part);

/** `amount` (SQL of type BIGINT) of `part` added to a TIMESTAMP. Months keep the day or take the month's last. */
function shift(wall: string, part: DatePart, amount: string): string {
  switch (part) {
    case "year":
      return `(${wall} + to_months((${amount}) * 12))`;
    case "quarter":
      return `(${wall} + to_months((${amount}) * 3))`;
    case "month":
      return `(${wall} + to_months(${amount}))`;
    case "nanosecond":
      return `(${wall} + to_microseconds((${amount}) // 1000))`;
    default:
      return `(${wall} + to_microseconds((${amount}) * ${MICROS_OF[part]}))`;
  }
}

/** DATEADD on a bound date, time or timestamp. A DATE stays one unless a time part is added. */
export function addPart(binder: Binder, value: Bound, part: DatePart, amount: string, nullable: boolean): Bound {
  const { type, sql } = value;
  const zone = quote(binder.settings.timezone);
  // Of hours and more only so many are counted.
  const isWhole = isDatePart(part) || part === "hour";
  const isMonths = isDatePart(part) && part !== "day" && part !== "week";
  const count = isWhole ? `(${amount})::INTEGER${isMonths ? "" : "::BIGINT"}` : `(${amount})::BIGINT`;
  switch (type.kind) {
    case "DATE":
      if (part === "day") return bound(`(${sql} + (${amount})::INTEGER)`, type, nullable);
      return isDatePart(part)
        ? bound(`${shift(`${sql}::TIMESTAMP`, part, count)}::DATE`, type, nullable)
        : bound(shift(`${sql}::TIMESTAMP`, part, count), { kind: "TIMESTAMP_NTZ", scale: 9 }, nullable);
    case "TIME":
      if (isDatePart(part)) throw compilationError("001035", "22023", `Invalid date/time part '${part}' for TIME`);
      return bound(`${shift(`(DATE '1970-01-01' + ${sql})`, part, count)}::TIME`, type, nullable);
    case "TIMESTAMP_LTZ":
      return bound(
        isDatePart(part)
          ? `timezone(${zone}, ${shift(`timezone(${zone}, ${sql})`, part, count)})`
          : `timezone('UTC', ${shift(`timezone('UTC', ${sql})`, part, count)})`,
        type,
        nullable,
      );
    case "TIMESTAMP_TZ":
      // The offset of the value stays, so the wall clock moves like UTC.
      return bound(
        once(
          sql,
          (x) =>
            `CASE WHEN ${x} IS NULL THEN NULL ELSE ${packTz(`(${shift(tzWall(x), part, count)} - to_minutes((${x}).off::BIGINT))`, `(${x}).off`)} END`,
        ),
        type,
        nullable,
      );
    default:
      return bound(shift(sql, part, count), type, nullable);
  }
}
