/**
 * The one grammar of an instant in an event, the same as the warehouse's SQL reads:
 *
 *     YYYY-MM-DD (T|t|blank) HH:MI [ :SS [ (.|,) 1 to 9 digits ] ] ( Z | z | ±HH | ±HHMI | ±HH:MI )
 *
 * Years 0001 to 9999 (in the first and the last only with offset zero, because a shift would leave the calendar),
 * hours 00 to 23, no leap second. A time without offset and a bare number are no instants: whoever reads them would have
 * to guess a zone or a unit.
 */
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)$/;

/** As {@link formatInstant} writes it, on a day that every month has: read without taking it apart. */
const AS_WRITTEN = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** A date and a time in the grammar above that lacks nothing but the offset. */
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?$/;

const OFFSET = /^(?:[Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)$/;

/**
 * Reads an instant.
 * @returns milliseconds since 1970 in UTC, further digits cut off (towards the past); undefined when the text is no instant
 */
export function parseInstant(text: string): number | undefined {
  if (AS_WRITTEN.test(text)) {
    read = { milliseconds: Date.parse(text), text };
    return read.milliseconds;
  }
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = "0", fraction = "", sign, offsetHour = "0", offsetMinute = "0"] =
    match;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute));
  if (year === "0000" || ((year === "0001" || year === "9999") && offset !== 0)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return date.getTime() + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + milliseconds;
}

/** Whether a text is a date and a time without an offset: what `load --assume-offset` may complete. */
export function lacksOffset(text: string): boolean {
  return WITHOUT_OFFSET.test(text);
}

/** Whether a text is an offset as the grammar takes it: `Z`, `+02`, `+0200`, `+02:00`. */
export function isOffset(text: string): boolean {
  return OFFSET.test(text);
}

const EPOCH = { milliseconds: 0, text: "1970-01-01T00:00:00.000Z" };
/** Events that are accepted together share their time. */
let latest = EPOCH;
/** What an event says of its time becomes a part of its id right after it was read. */
let read = EPOCH;

/** `2026-03-01T10:00:00.000Z`: how an instant is written into an event. */
export function formatInstant(milliseconds: number): string {
  if (milliseconds === read.milliseconds) return read.text;
  if (milliseconds !== latest.milliseconds) latest = { milliseconds, text: new Date(milliseconds).toISOString() };
  return latest.text;
}
