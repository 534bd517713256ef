import { type Cron, nextCron, parseCron } from "./cron";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const UNITS: Record<string, number> = {
  SECOND,
  SECONDS: SECOND,
  S: SECOND,
  MINUTE,
  MINUTES: MINUTE,
  M: MINUTE,
  HOUR,
  HOURS: HOUR,
  H: HOUR,
};

/** `10 MINUTE`: one blank, and none before the number. */
const INTERVAL = /^\+?(\d+)\s([A-Za-z]+)\s*$/;

/** Milliseconds of an interval, of whatever length; undefined for what is none. */
export function intervalOf(text: string): number | undefined {
  const [, count, unit] = INTERVAL.exec(text) ?? [];
  const size = UNITS[unit?.toUpperCase() ?? ""];
  return size === undefined ? undefined : Number(count) * size;
}

export const LONGEST = 11_520 * MINUTE;
export const SHORTEST = 10 * SECOND;

/** The moments of a cron expression, or milliseconds between runs. */
type Schedule = { cron: Cron } | { period: number };

const known = new Map<string, Schedule | undefined>();

/** Reads `10 MINUTE` or `USING CRON <5 fields> <time zone>`, in any case; undefined for what could never run. */
export function readSchedule(text: string): Schedule | undefined {
  if (!known.has(text)) known.set(text, read(text, text.trim().split(/\s+/)));
  return known.get(text);
}

function read(text: string, words: readonly string[]): Schedule | undefined {
  if (words[0]?.toUpperCase() === "USING" && words[1]?.toUpperCase() === "CRON") {
    const zone = words[7];
    if (words.length !== 8 || zone === undefined || !isTimeZone(zone)) return undefined;
    const cron = parseCron(words.slice(2, 7), zone);
    return cron && { cron };
  }
  const period = intervalOf(text);
  if (period === undefined || period < SHORTEST || period > LONGEST) return undefined;
  return { period };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** When a schedule comes due next after `after`. Intervals count from `base`, the time of the last RESUME. All times in milliseconds. */
export function nextRun(schedule: string, base: number, after: number): number | undefined {
  const found = readSchedule(schedule);
  if (!found) return undefined;
  if ("cron" in found) return nextCron(found.cron, Math.max(base, after));
  const { period } = found;
  return base + Math.max(1, Math.floor((after - base) / period) + 1) * period;
}
