import { compilationError } from "../errors";
import { type Bound, bound, constantNumber, constantText } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { wallOf } from "../translate/conversion/temporal";
import { addPart } from "../translate/dateArithmetic";
import { onceBoth } from "../translate/sql";
import { DATE, number, timestampNtz } from "../types/dataType";
import { type Call, type FunctionTable, INTEGER, scalar } from "./call";
import { invalidPart, part } from "./dateParts";

/** The last day of the month, or of another span of days. Source: …/functions/last_day */
function lastDay(call: Call): Bound {
  const value = call.moment(0);
  if (value.type.kind === "TIME") call.fail();
  const wall = wallOf(value, call.settings);
  const unit = call.has(1) ? part(call, 1) : "month";
  const end = (step: string, shift = 0) => {
    const from = shift === 0 ? wall : `(${wall} - to_days(${shift}))`;
    return `(date_trunc('${unit}', ${from})::TIMESTAMP + ${step} + to_days(${shift - 1}))::DATE`;
  };
  const start = call.settings.weekStart || 1;
  switch (unit) {
    case "year":
      return bound(end("to_years(1)"), DATE, value.nullable);
    case "quarter":
      return bound(end("to_months(3)"), DATE, value.nullable);
    case "month":
      return bound(end("to_months(1)"), DATE, value.nullable);
    case "week":
      return bound(end("to_days(7)", start - 1), DATE, value.nullable);
    case "day":
      return bound(`${wall}::DATE`, DATE, value.nullable);
    default:
      throw invalidPart(call, 1);
  }
}

/** NEXT_DAY and PREVIOUS_DAY: the day of the week is named by its first two letters. Source: …/functions/next_day */
const weekday = (sign: 1 | -1) =>
  scalar(2, 2, (call) => {
    const value = call.temporal(0);
    if (value.type.kind === "TIME") call.fail();
    const sql = onceBoth(`${wallOf(value, call.settings)}::DATE`, `sf_weekday(${call.text(1)})`, (day, wanted) => {
      const away = sign === 1 ? `(${wanted} - isodow(${day}) + 6)` : `(isodow(${day}) - ${wanted} + 6)`;
      return `(${day} ${sign === 1 ? "+" : "-"} (${away} % 7 + 1)::INTEGER)`;
    });
    return call.result(sql, DATE);
  });

/** Months keep the day, or the end of the month if it was one. Source: …/functions/add_months */
function addMonths(call: Call): Bound {
  const given = call.temporal(0);
  if (given.type.kind === "TIME") call.fail();
  const amount = `(${cast(call.arg(1), INTEGER, call.settings).sql})::BIGINT`;
  const sql = onceBoth(given.sql, amount, (x, months) => {
    const value = { ...given, sql: x };
    const wall = wallOf(value, call.settings);
    const target = `(${wall} + to_months((${months})::INTEGER))`;
    const moved = addPart(call.binder, value, "month", months, true);
    // What is missing to the end of the month that the day fell into.
    const missing = `CASE WHEN ${wall}::DATE = last_day(${wall}) THEN (last_day(${target}) - ${target}::DATE) ELSE 0 END`;
    return addPart(call.binder, moved, "day", missing, true).sql;
  });
  return call.result(sql, given.type);
}

/** Months of 31 days in the fraction, which is zero for equal days and for two ends of months. Source: …/functions/months_between */
function monthsBetween(call: Call): Bound {
  const [a, b] = [call.moment(0, "EXTRACT"), call.moment(1, "EXTRACT")].map((value) => {
    if (value.type.kind === "TIME") call.fail();
    return wallOf(value, call.settings);
  }) as [string, string];
  const inMonth = (w: string) => `(day(${w}) + epoch_us(${w}::TIME)::DOUBLE / 86400000000)`;
  const sql = onceBoth(a, b, (x, y) => {
    const months = `((year(${x}) - year(${y})) * 12 + month(${x}) - month(${y}))`;
    const isEnd = (w: string) => `${w}::DATE = last_day(${w})`;
    return `(CASE WHEN day(${x}) = day(${y}) OR (${isEnd(x)} AND ${isEnd(y)}) THEN ${months} ELSE ${months} + (${inMonth(x)} - ${inMonth(y)}) / 31 END)::DECIMAL(38,6)`;
  });
  return call.result(sql, number(38, 6));
}

const SLICES = ["year", "quarter", "month", "week", "day", "hour", "minute", "second"];

/** Slices of time of equal length, counted from 1970. Source: …/functions/time_slice */
function timeSlice(call: Call): Bound {
  const given = call.arg(0);
  const value = given.type.kind === "VARCHAR" ? call.to(0, timestampNtz()) : given;
  if (value.type.kind !== "DATE" && value.type.kind !== "TIMESTAMP_NTZ") call.fail();
  const unit = part(call, 2);
  const isDate = value.type.kind === "DATE";
  if (!SLICES.includes(unit) || (isDate && SLICES.indexOf(unit) > 4)) throw invalidPart(call, 2);
  const length = constantNumber(call.arg(1));
  if (length === undefined || !Number.isInteger(length) || length < 1)
    throw compilationError("001015", "22023", "TIME_SLICE expects a slice length that is a constant of at least 1");
  const side = call.has(3) ? constantText(call.arg(3))?.toUpperCase() : "START";
  if (side !== "START" && side !== "END")
    throw compilationError("001015", "22023", "TIME_SLICE expects 'START' or 'END' as its fourth argument");
  const start = call.settings.weekStart || 1;
  const sql = `sf_time_slice(${wallOf(value, call.settings)}, ${length}, '${unit}', ${side === "END"}, ${start})`;
  return bound(isDate ? `${sql}::DATE` : sql, value.type, value.nullable);
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions-date-time */
export const dateCalendarFunctions: FunctionTable = {
  LAST_DAY: scalar(1, 2, lastDay, { raw: (i) => i === 1 }),
  NEXT_DAY: weekday(1),
  PREVIOUS_DAY: weekday(-1),
  ADD_MONTHS: scalar(2, 2, addMonths),
  MONTHS_BETWEEN: scalar(2, 2, monthsBetween),
  TIME_SLICE: scalar(3, 4, timeSlice, { raw: (i) => i === 2 }),
};
