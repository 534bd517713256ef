import type { Bound } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { offsetOf, wallOf } from "../translate/conversion/temporal";
import { once } from "../translate/sql";
import { isTimestamp, number, timestampLtz, varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";
import { first, invalidExtraction, partName } from "./dateParts";

/** What a part is called besides its own name. Source: …/functions-date-time#supported-date-and-time-parts */
const ALIASES: Record<string, string> = {};
for (const [name, aliases] of Object.entries({
  year: "y yy yyy yyyy yr years yrs",
  month: "mm mon mons months",
  day: "d dd days dayofmonth",
  dayofweek: "weekday dow dw",
  dayofweekiso: "dayofweek_iso weekday_iso dow_iso dw_iso",
  dayofyear: "yearday doy dy",
  week: "w wk weekofyear woy wy weeks",
  weekiso: "week_iso weekofyeariso weekofyear_iso",
  quarter: "q qtr qtrs quarters",
  yearofweek: "",
  yearofweekiso: "",
  hour: "h hh hr hours hrs",
  minute: "m mi min minutes mins",
  second: "s sec seconds secs",
  nanosecond: "ns nsec nsecs nanosec nsecond nanoseconds nanosecs nseconds",
  epoch_second: "epoch epoch_seconds",
  epoch_millisecond: "epoch_milliseconds",
  epoch_microsecond: "epoch_microseconds",
  epoch_nanosecond: "epoch_nanoseconds",
  timezone_hour: "tzh",
  timezone_minute: "tzm",
}))
  for (const alias of [name, ...aliases.split(" ")]) ALIASES[alias] = name;

const DIGITS: Record<string, number> = { year: 4, yearofweek: 4, yearofweekiso: 4, dayofyear: 4, nanosecond: 9 };

/** Day of the week of a date: 1 is the first day of a week that begins on `start` (1 = Monday … 7 = Sunday). */
const dayFrom = (date: string, start: number): string => `((isodow(${date}) - ${start} + 7) % 7 + 1)`;

/** Weeks by WEEK_START and WEEK_OF_YEAR_POLICY. Source: …/functions-date-time#calendar-weeks-and-weekdays */
function week(call: Call, wall: string, isYear: boolean): string {
  const start = call.settings.weekStart || 1;
  return once(`${wall}::DATE`, (d) => {
    if (call.settings.weekOfYearPolicy === 1) {
      if (isYear) return `year(${d})`;
      const newYear = `date_trunc('year', ${d})::DATE`;
      return `((dayofyear(${d}) - 2 + ${dayFrom(newYear, start)}) // 7 + 1)`;
    }
    const middle = `(${d} - (${dayFrom(d, start)} - 4)::INTEGER)`;
    return isYear ? `year(${middle})` : `((dayofyear(${middle}) - 1) // 7 + 1)`;
  });
}

/** Whole units since 1970, downwards. */
function epoch(call: Call, value: Bound, micros: number): string {
  const utc =
    isTimestamp(value.type) && value.type.kind !== "TIMESTAMP_NTZ"
      ? `timezone('UTC', ${cast(value, timestampLtz(), call.settings).sql})`
      : wallOf(value, call.settings);
  if (micros === 0) return `(epoch_us(${utc})::HUGEINT * 1000)`;
  return once(utc, (u) => `((epoch_us(${u}) - ((epoch_us(${u}) % ${micros}) + ${micros}) % ${micros}) // ${micros})`);
}

function partSql(call: Call, value: Bound, part: string): string {
  const wall = wallOf(value, call.settings);
  switch (part) {
    case "dayofweek": {
      const { weekStart } = call.settings;
      return weekStart === 0 ? `dayofweek(${wall})` : dayFrom(wall, weekStart);
    }
    case "dayofweekiso":
      return `isodow(${wall})`;
    case "dayofyear":
      return `dayofyear(${wall})`;
    case "week":
    case "yearofweek":
      return week(call, wall, part === "yearofweek");
    case "weekiso":
      return `week(${wall})`;
    case "yearofweekiso":
      return `isoyear(${wall})`;
    case "nanosecond":
      return once(wall, (w) => `((epoch_us(${w}) % 1000000 + 1000000) % 1000000 * 1000)`);
    case "epoch_second":
      return epoch(call, value, 1_000_000);
    case "epoch_millisecond":
      return epoch(call, value, 1000);
    case "epoch_microsecond":
      return epoch(call, value, 1);
    case "epoch_nanosecond":
      return epoch(call, value, 0);
    case "timezone_hour":
      return `(${offsetOf(value, call.settings)} // 60)`;
    case "timezone_minute":
      return `(${offsetOf(value, call.settings)} % 60)`;
    default:
      return `${part}(${wall})`;
  }
}

const DATE_PARTS = /^(year|month|day|week|quarter)/;

function extract(call: Call, value: Bound, name: string): Bound {
  const part = ALIASES[name];
  if (!part) throw invalidExtraction(call);
  if (value.type.kind === "TIME" && (DATE_PARTS.test(part) || part.startsWith("timezone"))) {
    if (call.count === 1) throw call.fail();
    throw invalidExtraction(call);
  }
  const digits = part.startsWith("epoch") ? 38 : (DIGITS[part] ?? 2);
  return call.result(`(${partSql(call, value, part)})::DECIMAL(${digits},0)`, number(digits, 0), value.nullable);
}

const extracted = (part: string) => scalar(1, 1, (call) => extract(call, call.moment(0, "EXTRACT"), part));

/** The first three letters of a name of a month or a day. */
const named = (pattern: string) =>
  scalar(1, 1, (call) =>
    call.result(`strftime(${wallOf(call.temporal(0), call.settings)}, '${pattern}')`, varchar(3), call.arg(0).nullable),
  );

/** Source: https://docs.snowflake.com/en/sql-reference/functions/year */
export const dateExtractionFunctions: FunctionTable = {
  DATE_PART: scalar(2, 2, (call) => extract(call, call.moment(1, "EXTRACT"), partName(call, 0)), first),
  EXTRACT: scalar(2, 2, (call) => extract(call, call.moment(1), partName(call, 0)), first),
  YEAR: extracted("year"),
  YEAROFWEEK: extracted("yearofweek"),
  YEAROFWEEKISO: extracted("yearofweekiso"),
  QUARTER: extracted("quarter"),
  MONTH: extracted("month"),
  WEEK: extracted("week"),
  WEEKOFYEAR: extracted("week"),
  WEEKISO: extracted("weekiso"),
  DAY: extracted("day"),
  DAYOFMONTH: extracted("day"),
  DAYOFWEEK: extracted("dayofweek"),
  DAYOFWEEKISO: extracted("dayofweekiso"),
  DAYOFYEAR: extracted("dayofyear"),
  HOUR: extracted("hour"),
  MINUTE: extracted("minute"),
  SECOND: extracted("second"),
  DAYNAME: named("%a"),
  MONTHNAME: named("%b"),
};
