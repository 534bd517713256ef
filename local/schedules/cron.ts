import { wallClock } from "../udf/datetime/zone";

/** The moments of a cron expression: `minute hour day-of-month month day-of-week`, in a time zone. */
export interface Cron {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  months: ReadonlySet<number>;
  /** True for a local day; L and # need the length of the month. */
  isDay(day: LocalDay): boolean;
  zone: string;
}

export interface LocalDay {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const lastDay = ({ year, month }: LocalDay): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const weekday = ({ year, month, day }: LocalDay): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay();

/** Reads the five fields; undefined when one of them is malformed. Source: https://docs.snowflake.com/en/sql-reference/sql/create-task */
export function parseCron(fields: readonly string[], zone: string): Cron | undefined {
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 5 || !minute || !hour || !dayOfMonth || !month || !dayOfWeek) return undefined;
  const minutes = numbers(minute, 0, 59, []);
  const hours = numbers(hour, 0, 23, []);
  const months = numbers(month, 1, 12, MONTHS, 1);
  const inMonth = monthDays(dayOfMonth);
  const inWeek = weekDays(dayOfWeek);
  if (!minutes || !hours || !months || !inMonth || !inWeek) return undefined;
  // When both are restricted, either of them makes the day.
  const isDay = (day: LocalDay): boolean => {
    if (dayOfMonth === "*") return inWeek(day);
    if (dayOfWeek === "*") return inMonth(day);
    return inMonth(day) || inWeek(day);
  };
  return { minutes, hours, months, isDay, zone };
}

/** `*`, `5`, `1-5`, `*​/10`, `MON-FRI`, lists of them. `first`: number of the first name. */
function numbers(
  field: string,
  low: number,
  high: number,
  names: readonly string[],
  first = 0,
): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  const read = (text: string): number | undefined => {
    const name = names.indexOf(text.toUpperCase());
    const value = name >= 0 ? name + first : /^\d{1,2}$/.test(text) ? Number(text) : undefined;
    return value !== undefined && value >= low && value <= high ? value : undefined;
  };
  for (const part of field.split(",")) {
    const match = /^(\*|[^-/*]+)(?:-([^-/*]+))?(?:\/(\d+))?$/.exec(part);
    if (!match) return undefined;
    const [, from = "", to, step] = match;
    const start = from === "*" ? low : read(from);
    const end = from === "*" ? high : to !== undefined ? read(to) : step !== undefined ? high : start;
    if (start === undefined || end === undefined || end < start || step === "0") return undefined;
    for (let n = start; n <= end; n += Number(step ?? 1)) found.add(n);
  }
  return found;
}

/** Days of the month; `L` is the last one. */
function monthDays(field: string): ((day: LocalDay) => boolean) | undefined {
  const parts = field.split(",");
  const wantsLast = parts.some((part) => part.toUpperCase() === "L");
  const rest = parts.filter((part) => part.toUpperCase() !== "L").join(",");
  const days = rest === "" ? new Set<number>() : numbers(rest, 1, 31, []);
  if (!days) return undefined;
  return (day) => days.has(day.day) || (wantsLast && day.day === lastDay(day));
}

/** Days of the week, 0 and 7 = Sunday; `5L` the last Friday of the month, `5#3` the third. */
function weekDays(field: string): ((day: LocalDay) => boolean) | undefined {
  const tests: ((day: LocalDay) => boolean)[] = [];
  for (const part of field.split(",")) {
    const special = /^(\w+?)(?:(L)|#([1-5]))$/i.exec(part);
    const days = numbers(special ? (special[1] as string) : part, 0, 7, DAYS);
    if (!days) return undefined;
    const isOne = (day: LocalDay) => days.has(weekday(day)) || (days.has(7) && weekday(day) === 0);
    if (special?.[2]) tests.push((day) => isOne(day) && day.day + 7 > lastDay(day));
    else if (special?.[3]) tests.push((day) => isOne(day) && Math.ceil(day.day / 7) === Number(special[3]));
    else tests.push(isOne);
  }
  return (day) => tests.some((test) => test(day));
}

const MINUTE = 60_000;
/** Leap days on a given weekday come back after at most 40 years; further nothing is looked for. */
const HORIZON_YEARS = 41;

/**
 * The first moment after `after` (milliseconds). Hours that a clock change skips have none, hours that it repeats have two, as
 * in Snowflake.
 */
export function nextCron(cron: Cron, after: number): number | undefined {
  let at = (Math.floor(after / MINUTE) + 1) * MINUTE;
  const end = wallClock(at, cron.zone).year + HORIZON_YEARS;
  for (;;) {
    const now = wallClock(at, cron.zone);
    if (now.year > end) return undefined;
    if (!cron.months.has(now.month) && now.day < 27) at += (27 - now.day) * 24 * 60 * MINUTE;
    else if (!cron.months.has(now.month) || !cron.isDay(now)) {
      // To the hour before midnight in one step, for a change of the clock may make it 23 or 25 hours.
      const hours = 23 - now.hour;
      at += hours > 2 ? (hours - 2) * 60 * MINUTE : (60 - now.minute) * MINUTE;
    } else if (!cron.hours.has(now.hour)) at += (60 - now.minute) * MINUTE;
    else if (!cron.minutes.has(now.minute)) at += MINUTE;
    else return at;
  }
}
