import { type Bound, bound, constantText, nullBound } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { inZone, tzFromInstant, wallOf } from "../translate/conversion/temporal";
import { addPart, type DatePart, isDatePart, MICROS_OF } from "../translate/dateArithmetic";
import { once, onceBoth } from "../translate/sql";
import { DATE, number, timestampLtz, timestampNtz, timestampTz } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";
import { checkDifference, checkShift } from "./dateMathArguments";
import { noPartOfTime, ofPart, part } from "./dateParts";
import { dateTrunc } from "./dateTruncation";

const dateAdd = ofPart(3, (call) => {
  const unit = part(call, 0);
  checkShift(call, unit);
  const amount = cast(call.arg(1), number(38, 0), call.settings).sql;
  const value = call.temporal(2);
  if (value.type.kind === "TIME" && isDatePart(unit)) throw noPartOfTime(call, 0, value.type);
  return addPart(call.binder, value, unit, amount, call.arg(1).nullable || call.arg(2).nullable);
});

const DAY_MICROS = 86_400_000_000;

/** Boundaries crossed between two moments. Weeks begin on Monday unless WEEK_START says otherwise. */
function difference(call: Call, unit: DatePart, from: Bound, to: Bound): Bound {
  const count = (w: string): string => {
    const days = `((epoch_us(${w}) - ((epoch_us(${w}) % 86400000000) + 86400000000) % 86400000000) // 86400000000)`;
    switch (unit) {
      case "year":
        return `year(${w})`;
      case "quarter":
        return `(year(${w}) * 4 + quarter(${w}))`;
      case "month":
        return `(year(${w}) * 12 + month(${w}))`;
      case "week":
        return `((${days} + ${(call.settings.weekStart || 1) === 7 ? 4 : 4 - (call.settings.weekStart || 1)} + 700000) // 7)`;
      case "day":
        return days;
      case "nanosecond":
        return `(epoch_us(${w}) * 1000)`;
      default: {
        const micros = MICROS_OF[unit] as number;
        return `((epoch_us(${w}) - ((epoch_us(${w}) % ${micros}) + ${micros}) % ${micros}) // ${micros})`;
      }
    }
  };
  // Two offsets, or two kinds of timestamp, have no wall clock in common: both are read in the session's zone.
  const kinds = [from.type.kind, to.type.kind];
  const isZoned = kinds.some((kind) => kind === "TIMESTAMP_TZ" || kind === "TIMESTAMP_LTZ");
  const isFine = unit === "nanosecond" || (MICROS_OF[unit] ?? Number.POSITIVE_INFINITY) < 86_400_000_000;
  const shared = isZoned && (kinds[0] !== kinds[1] || (kinds[0] === "TIMESTAMP_TZ" && isFine));
  const read = (moment: Bound) => wallOf(shared ? cast(moment, timestampLtz(), call.settings) : moment, call.settings);
  const a = read(from);
  const b = read(to);
  const digits = digitsOf(unit, kinds);
  const sql = onceBoth(a, b, (x, y) => `(${count(y)} - ${count(x)})::DECIMAL(${digits},0)`);
  return bound(sql, number(digits, 0), from.nullable || to.nullable);
}

/** A difference is as wide as the values and the unit make it: 9 digits, 18 or all. */
function digitsOf(unit: DatePart, kinds: readonly string[]): number {
  const micros = unit === "nanosecond" ? 0 : (MICROS_OF[unit] ?? Number.POSITIVE_INFINITY);
  const [narrow, wide] = kinds.every((kind) => kind === "DATE")
    ? [DAY_MICROS, 1_000]
    : kinds.every((kind) => kind === "TIME")
      ? [1_000, 0]
      : [3_600_000_000, 1_000_000];
  return micros >= narrow ? 9 : micros >= wide ? 18 : 38;
}

const TEMPORAL: readonly string[] = ["DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"];

const dateDiff = ofPart(3, (call) => {
  const unit = part(call, 0);
  checkDifference(call, unit);
  const kinds = [1, 2].map((i) => call.arg(i).type.kind);
  if (isDatePart(unit) && kinds.every((kind) => kind === "TIME")) throw noPartOfTime(call, 0);
  if (kinds.includes("VARIANT") && kinds.includes("NULL")) return nullBound();
  // A text beside a DATE is read as one, and a VARIANT is converted to what the other moment is.
  const moment = (i: number) => {
    const [own, other] = [call.arg(i).type.kind, call.arg(3 - i).type];
    if (own === "VARCHAR" && other.kind === "DATE") return call.to(i, DATE);
    return own === "VARIANT" && TEMPORAL.includes(other.kind) ? call.to(i, other) : call.temporal(i);
  };
  return difference(call, unit, moment(1), moment(2));
});

/** CONVERT_TIMEZONE: two arguments give TIMESTAMP_TZ, three TIMESTAMP_NTZ. */
const convertTimezone = scalar(2, 3, (call) => {
  if (call.count === 3) {
    // What has a zone of its own is not read in another one.
    if (["TIMESTAMP_LTZ", "TIMESTAMP_TZ"].includes(call.arg(2).type.kind)) throw call.fail();
    const wall = cast(call.arg(2), timestampNtz(), call.settings).sql;
    return bound(`timezone(${call.text(1)}, timezone(${call.text(0)}, ${wall}))`, timestampNtz(), call.nullable);
  }
  // A text that names its offset keeps it.
  const given = call.arg(1).type.kind === "VARCHAR" ? call.to(1, timestampTz()) : call.temporal(1);
  const instant = cast(given, timestampLtz(), call.settings).sql;
  if (constantText(call.arg(0)) !== undefined) return inZone(instant, call.text(0), call.nullable);
  const sql = once(call.text(0), (zone) => `CASE WHEN ${zone} IS NOT NULL THEN ${tzFromInstant(instant, zone)} END`);
  return bound(sql, timestampTz(), call.nullable);
});

/** Date and time functions. Source: https://docs.snowflake.com/en/sql-reference/functions-date-time */
export const dateTimeFunctions: FunctionTable = {
  DATEADD: dateAdd,
  TIMEADD: dateAdd,
  TIMESTAMPADD: dateAdd,
  DATEDIFF: dateDiff,
  TIMEDIFF: dateDiff,
  TIMESTAMPDIFF: dateDiff,
  DATE_TRUNC: dateTrunc,
  CONVERT_TIMEZONE: convertTimezone,
};
