import { WINDOWS } from "./grammar";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 };
const UNITS = /^(hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mo|quarters?|q|years?|yrs?|y)$/;

/** The one before this one in the calendar, to some, and as many days up to now to others. */
const OF_THE_CALENDAR = /^(?:the )?(?:last|previous) (?:week|month|quarter|year)$/;

/** `2026-03-01T00:00:00Z` */
const text = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}Z`;

/**
 * The window that words stand for, in UTC: `last 3 days`, `24h`, `yesterday`, `this month`, `2026-03`. It is as long as the words
 * say, never only near to it.
 * @returns undefined when they can be read in more than one way, or in none
 */
export function windowOfWords(words: string, now = Date.now()): string | { from: string; to: string } | undefined {
  const said = words
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
  return calendar(said, now) ?? dated(words.trim()) ?? backwards(said, now);
}

/** Days, weeks, months and years of the calendar, the one that runs up to now. */
function calendar(said: string, now: number): { from: string; to: string } | undefined {
  const at = new Date(now);
  const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  if (said === "yesterday") return { from: text(day - DAY_MS), to: text(day) };
  const begin: Record<string, number> = {
    today: day,
    "this day": day,
    "this week": day - ((at.getUTCDay() + 6) % 7) * DAY_MS,
    "this month": Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1),
    "this year": Date.UTC(at.getUTCFullYear(), 0, 1),
  };
  const from = Object.hasOwn(begin, said) ? begin[said] : undefined;
  // A second more, as of a named window: what carries this very instant is in it.
  return from === undefined ? undefined : { from: text(from), to: text(now + 1000) };
}

/** One day, month or year that is named by its date. */
function dated(said: string): { from: string; to: string } | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(said) ?? [];
  if (year === undefined) return undefined;
  const parts = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)] as const;
  const from = Date.UTC(...parts);
  if (!text(from).startsWith(said)) return undefined;
  const [y, m, d] = parts;
  const to =
    day !== undefined ? Date.UTC(y, m, d + 1) : month !== undefined ? Date.UTC(y, m + 1, 1) : Date.UTC(y + 1, 0, 1);
  return { from: text(from), to: text(to) };
}

/** So many hours, days, weeks … up to now. */
function backwards(said: string, now: number): string | { from: string; to: string } | undefined {
  const [, count = "1", unit = ""] =
    /^(?:(?:the )?(?:last|past|previous) )?(?:n )?(\d{1,5})? ?([a-z]+)$/.exec(said) ?? [];
  if (!UNITS.test(unit) || Number(count) === 0 || said === unit || OF_THE_CALENDAR.test(said)) return undefined;
  const name = { h: "hour", d: "day", w: "week", m: "month", q: "quarter", y: "year" }[unit.charAt(0)] as string;
  const length = Number(count) * (name === "hour" ? HOUR_MS : (DAYS[name] as number) * DAY_MS);
  const named = { 1: "last_24h", 7: "last_7d", 30: "last_30d", 90: "last_90d" }[length / DAY_MS];
  if (named !== undefined && (WINDOWS as readonly string[]).includes(named)) return named;
  return { from: text(now - length), to: text(now + 1000) };
}
