const UNITS: readonly [seconds: number, names: string][] = [
  [1, "s sec secs second seconds"],
  [60, "m mi min mins minute minutes"],
  [3600, "h hh hr hrs hour hours"],
  [86_400, "d dd day days"],
];
const SECONDS = new Map(UNITS.flatMap(([seconds, names]) => names.split(" ").map((name) => [name, seconds] as const)));

/**
 * Seconds of a length of time that a property says: `'1 minute'`, `'5 mins'`, and `'16 hours, 40 minutes'` as GET_DDL writes one.
 * Undefined for what is none, DOWNSTREAM among it. The units are those of interval constants up to a day.
 * Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-constants
 */
export function durationSeconds(text: string): number | undefined {
  let sum = 0;
  for (const part of text.split(",")) {
    const [, count, unit = ""] = /^\s*(\d+)\s*([a-z]+)\s*$/i.exec(part) ?? [];
    const seconds = SECONDS.get(unit.toLowerCase());
    if (count === undefined || seconds === undefined) return undefined;
    sum += Number(count) * seconds;
  }
  return sum;
}
