import {
  BIGINT,
  BOOLEAN,
  DATE,
  DuckDBDateValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  INTEGER,
  TIME,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import type { EngineFunction } from "../scalarFunction";
import { daysFromCivil, MICROS_PER_DAY, partsOf, WEEKDAYS } from "./fields";

const DAY_SECONDS = 86_400n;

/** Timestamps of later years are beyond the engine. */
const LAST_YEAR = 290_000n;

/**
 * Days since 1970; months and days outside their range carry over. Years have six digits and may be negative.
 * Source: test_five_or_more_digit_year_date_converter of snowflake-connector-python.
 */
function daysOf(year: bigint, month: bigint, day: bigint): bigint {
  const months = year * 12n + (month - 1n);
  const inYear = ((months % 12n) + 12n) % 12n;
  const carried = (months - inYear) / 12n;
  if (carried < -LAST_YEAR || carried > LAST_YEAR)
    throw new SnowflakeError("100335", "22007", `Date/time out of range: year ${year}, month ${month}, day ${day}`);
  return BigInt(daysFromCivil(Number(carried), Number(inYear) + 1, 1)) + day - 1n;
}

const microsOf = (hour: bigint, minute: bigint, second: bigint, nanos: bigint): bigint => {
  const all = (hour * 3600n + minute * 60n + second) * 1_000_000_000n + nanos;
  return (all - (((all % 1000n) + 1000n) % 1000n)) / 1000n;
};

const floorDiv = (a: number, b: number): number => Math.floor(a / b);

const MONTHS_OF: Record<string, number> = { year: 12, quarter: 3, month: 1 };
const SECONDS_OF: Record<string, bigint> = { day: DAY_SECONDS, hour: 3600n, minute: 60n, second: 1n };

function slice(wall: bigint, length: number, unit: string, end: boolean, weekStart: number): bigint {
  const steps = (n: number) => (end ? n + 1 : n);
  const months = MONTHS_OF[unit];
  if (months !== undefined) {
    const { year, month } = partsOf(wall);
    const size = months * length;
    const at = steps(floorDiv((year - 1970) * 12 + month - 1, size)) * size;
    return daysOf(1970n, BigInt(at) + 1n, 1n) * MICROS_PER_DAY;
  }
  // The week of 1 January 1970, a Thursday, begins on the last such day up to it.
  const origin = unit === "week" ? -BigInt((4 - weekStart + 7) % 7) * MICROS_PER_DAY : 0n;
  const size = BigInt(length) * 1_000_000n * (unit === "week" ? 7n * DAY_SECONDS : (SECONDS_OF[unit] as bigint));
  const inside = (((wall - origin) % size) + size) % size;
  return wall - inside + (end ? size : 0n);
}

export const calendarFunctions: EngineFunction[] = [
  {
    name: "sf_date_of",
    parameters: [BIGINT, BIGINT, BIGINT],
    returns: DATE,
    compute: (year: bigint, month: bigint, day: bigint) => new DuckDBDateValue(Number(daysOf(year, month, day))),
  },
  {
    name: "sf_time_of",
    parameters: [BIGINT, BIGINT, BIGINT, BIGINT],
    returns: TIME,
    compute: (hour: bigint, minute: bigint, second: bigint, nanos: bigint) => {
      const inDay = microsOf(hour, minute, second, nanos) % MICROS_PER_DAY;
      return new DuckDBTimeValue(inDay < 0n ? inDay + MICROS_PER_DAY : inDay);
    },
  },
  {
    name: "sf_wall_of",
    parameters: [BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, BIGINT],
    returns: TIMESTAMP,
    compute: (y: bigint, m: bigint, d: bigint, hour: bigint, minute: bigint, second: bigint, nanos: bigint) =>
      new DuckDBTimestampValue(daysOf(y, m, d) * MICROS_PER_DAY + microsOf(hour, minute, second, nanos)),
  },
  {
    // 1 Monday … 7 Sunday, by the first two letters.
    name: "sf_weekday",
    parameters: [VARCHAR],
    returns: INTEGER,
    compute: (text: string) => {
      const start = text.trimStart().slice(0, 2).toLowerCase();
      const at = start.length === 2 ? WEEKDAYS.findIndex((name) => name.toLowerCase().startsWith(start)) : -1;
      if (at < 0) throw new SnowflakeError("100087", "22023", `Invalid day of week '${text}'`);
      return at === 0 ? 7 : at;
    },
  },
  {
    name: "sf_time_slice",
    parameters: [TIMESTAMP, INTEGER, VARCHAR, BOOLEAN, INTEGER],
    returns: TIMESTAMP,
    compute: (wall: DuckDBTimestampValue, length: number, unit: string, end: boolean, weekStart: number) =>
      new DuckDBTimestampValue(slice(wall.micros, length, unit, end, weekStart)),
  },
];
