import { MONTHS, type Moment, wallFrom } from "./fields";

const TIME = String.raw`(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.](\d+))?)?)?`;
const ZONE = String.raw`(?:\s*(Z|[+-]\d{1,2}(?::?\d{2})?))?`;
const MERIDIEM = String.raw`(?:\s*([AP])M)?`;
// Years need no zeros in front, and may have five digits. Source: DateHistoricTest of SQLAlchemy, test_cursor.py of snowflake-connector-python.
const ISO = new RegExp(String.raw`^(\d{1,5})-(\d{1,2})-(\d{1,2})(?:(?:[T]|\s+)${TIME}${ZONE})?$`, "i");
const ORACLE = new RegExp(String.raw`^(\d{1,2})-([A-Za-z]{3,9})-(\d{4})(?:\s+${TIME}${MERIDIEM})?$`, "i");
const AMERICAN = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+${TIME}${MERIDIEM})?$`, "i");
const RFC = new RegExp(
  String.raw`^[A-Za-z]{3},\s+(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4})\s+${TIME}${MERIDIEM}${ZONE}$`,
  "i",
);
const TWITTER = new RegExp(
  String.raw`^[A-Za-z]{3}\s+([A-Za-z]{3,9})\s+(\d{1,2})\s+${TIME}\s+([+-]\d{4})\s+(\d{4})$`,
  "i",
);
const CLOCK = new RegExp(
  String.raw`^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.](\d+))?)?${MERIDIEM}(?:\s*(?:Z|[+-]\d{1,2}:?\d{2}))?$`,
  "i",
);

const month = (name: string): number =>
  MONTHS.findIndex(
    (m) => m.toLowerCase() === name.toLowerCase() || m.slice(0, 3).toLowerCase() === name.toLowerCase(),
  ) + 1;

function offsetOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  if (/^z$/i.test(text)) return 0;
  const m = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!m) return undefined;
  const minutes = Number(m[2]) * 60 + Number(m[3] ?? 0);
  return minutes > 1439 || Number(m[3] ?? 0) > 59 ? undefined : m[1] === "-" ? -minutes : minutes;
}

function moment(
  [year, mon, day]: [string, number, string],
  time: (string | undefined)[],
  zone: string | undefined,
  meridiem?: string,
): Moment | null {
  const offset = offsetOf(zone);
  if (offset === undefined) return null;
  const hour = hourOf(time[0], meridiem);
  if (hour === null) return null;
  const wall = wallFrom(
    Number(year),
    mon,
    Number(day),
    hour,
    Number(time[1] ?? 0),
    Number(time[2] ?? 0),
    Number((time[3] ?? "").slice(0, 9).padEnd(9, "0")),
  );
  return wall === null ? null : { wall, offset };
}

function hourOf(text: string | undefined, meridiem: string | undefined): number | null {
  const hour = Number(text ?? 0);
  if (!meridiem) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (meridiem.toUpperCase() === "P" ? 12 : 0);
}

/** Integers in text: seconds, milliseconds, microseconds or nanoseconds since 1970 by their size. */
export function momentFromInteger(text: string): Moment {
  const value = BigInt(text);
  const size = value < 0n ? -value : value;
  let micros: bigint;
  if (size < 31_536_000_000n) micros = value * 1_000_000n;
  else if (size < 31_536_000_000_000n) micros = value * 1000n;
  else if (size < 31_536_000_000_000_000n) micros = value;
  else micros = (value - (((value % 1000n) + 1000n) % 1000n)) / 1000n;
  return { wall: micros, offset: 0 };
}

/**
 * A timestamp in any of the forms of AUTO; null when none fits.
 * Source: https://docs.snowflake.com/en/sql-reference/date-time-input-output
 */
export function detectTimestamp(given: string): Moment | null {
  const text = given.trim();
  let m = ISO.exec(text);
  if (m) return moment([m[1] as string, Number(m[2]), m[3] as string], m.slice(4, 8), m[8]);
  if (/^[+-]?\d+$/.test(text)) return text.length > 25 ? null : momentFromInteger(text);
  m = AMERICAN.exec(text);
  if (m) return moment([m[3] as string, Number(m[1]), m[2] as string], m.slice(4, 8), undefined, m[8]);
  m = ORACLE.exec(text);
  if (m) return moment([m[3] as string, month(m[2] as string), m[1] as string], m.slice(4, 8), undefined, m[8]);
  m = RFC.exec(text);
  if (m) return moment([m[3] as string, month(m[2] as string), m[1] as string], m.slice(4, 8), m[9], m[8]);
  m = TWITTER.exec(text);
  if (m) return moment([m[8] as string, month(m[1] as string), m[2] as string], m.slice(3, 7), m[7]);
  return null;
}

/** A time of day in any of the forms of AUTO, as microseconds since midnight; null when none fits. */
export function detectTime(given: string): bigint | null {
  const text = given.trim();
  const m = CLOCK.exec(text);
  const found = m
    ? moment(["1970", 1, "1"], m.slice(1, 5), undefined, m[5])
    : /^[+-]?\d+$/.test(text) && text.length < 25
      ? momentFromInteger(text)
      : detectTimestamp(text);
  if (!found) return null;
  const inDay = found.wall % 86_400_000_000n;
  return inDay < 0n ? inDay + 86_400_000_000n : inDay;
}
