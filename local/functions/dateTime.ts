import type { Expression } from "../../dialect/index";
import { compilationError, unsupportedFeature } from "../errors";
import { type Bound, bound, constantText } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { packTz, tzFromInstant, tzWall, wallOf } from "../translate/conversion/temporal";
import { addPart, type DatePart, datePart, isDatePart, MICROS_OF } from "../translate/dateArithmetic";
import { once, onceBoth, quote } from "../translate/sql";
import { DATE, type DataType, isTimestamp, number, timestampLtz, timestampNtz, timestampTz } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

/** A date part written bare or as a constant text. */
function partName(call: Call, i: number): string {
  const node = call.node.args[i] as Expression;
  if (node.kind === "ColumnReference" && node.parts.length === 1) return (node.parts[0]?.text ?? "").toLowerCase();
  if (node.kind === "StringLiteral") return node.value.toLowerCase();
  throw unsupportedFeature(`${call.name} with a date part that is no constant`);
}

function part(call: Call, i: number): DatePart {
  const name = partName(call, i);
  const found = datePart(name);
  if (!found) throw compilationError("001008", "22023", `'${name}' is not a valid date/time component`);
  return found;
}

const first = { raw: (i: number) => i === 0 };

const dateAdd = scalar(
  3,
  3,
  (call) => {
    const amount = cast(call.arg(1), number(38, 0), call.settings).sql;
    return addPart(call.binder, call.temporal(2), part(call, 0), amount, call.arg(1).nullable || call.arg(2).nullable);
  },
  first,
);

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
  const sql = onceBoth(a, b, (x, y) => `(${count(y)} - ${count(x)})::DECIMAL(38,0)`);
  return bound(sql, number(38, 0), from.nullable || to.nullable);
}

const dateDiff = scalar(3, 3, (call) => difference(call, part(call, 0), call.temporal(1), call.temporal(2)), first);

/** CONVERT_TIMEZONE: two arguments give TIMESTAMP_TZ, three TIMESTAMP_NTZ. */
const convertTimezone = scalar(2, 3, (call) => {
  if (call.count === 3) {
    const wall = cast(call.arg(2), timestampNtz(), call.settings).sql;
    return bound(`timezone(${call.text(1)}, timezone(${call.text(0)}, ${wall}))`, timestampNtz(), call.nullable);
  }
  const instant = cast(call.temporal(1), { kind: "TIMESTAMP_LTZ", scale: 9 }, call.settings).sql;
  return bound(tzFromInstant(instant, call.text(0)), timestampTz(), call.nullable);
});

const dateTrunc = scalar(
  2,
  2,
  (call) => {
    const bare = call.node.args[1] as Expression;
    if (
      call.args[0]?.type.kind !== "NULL" &&
      constantText(call.args[0]) === undefined &&
      bare.kind === "StringLiteral"
    ) {
      throw unsupportedFeature("DATE_TRUNC with the date part in second place");
    }
    const unit = part(call, 0);
    const value = call.temporal(1);
    if (unit === "nanosecond") return value;
    const truncated = (wall: string): string => {
      const shift = unit === "week" && call.settings.weekStart > 1 ? call.settings.weekStart - 1 : 0;
      return shift === 0
        ? `date_trunc('${unit}', ${wall})`
        : `(date_trunc('week', ${wall} - to_days(${shift})) + to_days(${shift}))`;
    };
    switch (value.type.kind) {
      case "DATE":
        return bound(`${truncated(`${value.sql}::TIMESTAMP`)}::DATE`, DATE, value.nullable);
      case "TIME":
        if (isDatePart(unit)) throw compilationError("001035", "22023", `Invalid date/time part '${unit}' for TIME`);
        return bound(`${truncated(`(DATE '1970-01-01' + ${value.sql})`)}::TIME`, value.type, value.nullable);
      case "TIMESTAMP_LTZ": {
        const zone = quote(call.settings.timezone);
        const wall = truncated(`timezone(${zone}, ${value.sql})`);
        return bound(`timezone(${zone}, ${wall})`, value.type, value.nullable);
      }
      case "TIMESTAMP_TZ":
        return bound(
          once(
            value.sql,
            (x) =>
              `CASE WHEN ${x} IS NULL THEN NULL ELSE ${packTz(`(${truncated(tzWall(x))} - to_minutes((${x}).off::BIGINT))`, `(${x}).off`)} END`,
          ),
          value.type,
          value.nullable,
        );
      default:
        return bound(truncated(value.sql), value.type, value.nullable);
    }
  },
  first,
);

const extracted = (unit: string, type: DataType = number(4, 0)) =>
  scalar(1, 1, (call) => {
    const value = call.temporal(0);
    return bound(
      `date_part('${unit}', ${wallOf(value, call.settings)})::DECIMAL(${type.kind === "NUMBER" ? type.precision : 38},0)`,
      type,
      value.nullable,
    );
  });

const PARTS: Record<string, string> = {
  year: "year",
  quarter: "quarter",
  month: "month",
  day: "day",
  hour: "hour",
  minute: "minute",
  second: "second",
};

const datePartFunction = scalar(
  2,
  2,
  (call) => {
    const name = partName(call, 0);
    const value = call.temporal(1);
    if (/^epoch(_second|_millisecond|_microsecond)?s?$/.test(name)) {
      const scale = name.includes("milli") ? 1000 : name.includes("micro") ? 1 : 1_000_000;
      const utc =
        isTimestamp(value.type) && value.type.kind !== "TIMESTAMP_NTZ"
          ? `timezone('UTC', ${cast(value, { kind: "TIMESTAMP_LTZ", scale: 9 }, call.settings).sql})`
          : wallOf(value, call.settings);
      const sql = once(
        utc,
        (u) => `((epoch_us(${u}) - ((epoch_us(${u}) % ${scale}) + ${scale}) % ${scale}) // ${scale})::DECIMAL(38,0)`,
      );
      return bound(sql, number(38, 0), value.nullable);
    }
    if (/^(dayofweek_?iso|dow_iso|weekday_iso)$/.test(name))
      return bound(`isodow(${wallOf(value, call.settings)})::DECIMAL(2,0)`, number(2, 0), value.nullable);
    const known = PARTS[datePart(name) ?? ""];
    if (!known || (datePart(name) === "day" && name.startsWith("dayofw")))
      throw unsupportedFeature(`DATE_PART ${name}`);
    return bound(`date_part('${known}', ${wallOf(value, call.settings)})::DECIMAL(4,0)`, number(4, 0), value.nullable);
  },
  first,
);

/** Date and time functions. Source: https://docs.snowflake.com/en/sql-reference/functions-date-time */
export const dateTimeFunctions: FunctionTable = {
  DATEADD: dateAdd,
  TIMEADD: dateAdd,
  TIMESTAMPADD: dateAdd,
  DATEDIFF: dateDiff,
  TIMEDIFF: dateDiff,
  TIMESTAMPDIFF: dateDiff,
  DATE_TRUNC: dateTrunc,
  DATE_PART: datePartFunction,
  CONVERT_TIMEZONE: convertTimezone,
  YEAR: extracted("year"),
  QUARTER: extracted("quarter", number(2, 0)),
  MONTH: extracted("month", number(2, 0)),
  DAY: extracted("day", number(2, 0)),
  DAYOFMONTH: extracted("day", number(2, 0)),
  DAYOFWEEKISO: extracted("isodow", number(2, 0)),
  DAYOFYEAR: extracted("doy", number(3, 0)),
  HOUR: extracted("hour", number(2, 0)),
  MINUTE: extracted("minute", number(2, 0)),
  SECOND: extracted("second", number(2, 0)),
  LAST_DAY: scalar(1, 1, (call) => {
    const value = call.temporal(0);
    return bound(`last_day(${wallOf(value, call.settings)})`, DATE, value.nullable);
  }),
};
