import { MONTHS, partsOf, WEEKDAYS } from "./fields";

/** One element of a date format, or literal text. */
export type FormatElement = { element: ElementName; digits?: number } | { literal: string };

const NAMES = [
  "YYYY", "UUUU", "YY", "Y", "MMMM", "MON", "MM", "MO", "MI", "ME", "DD", "D", "DY", "HH24", "HH12", "HH", "H24", "H12", "H", "AM", "PM", "P", "SS", "S", "FF",
  "TZH", "TZM", "TZD", "TZISO",
] as const; // biome-ignore format: one table
type ElementName = (typeof NAMES)[number];
/** Longest first, so that `MMMM` is not read as `MM` twice. */
const ORDERED = [...NAMES].sort((a, b) => b.length - a.length);

const compiled = new Map<string, FormatElement[]>();

/**
 * Takes a date, time or timestamp format apart; text in double quotes and everything unknown is literal.
 * Source: https://docs.snowflake.com/en/sql-reference/date-time-input-output
 */
export function compileFormat(format: string): FormatElement[] {
  const known = compiled.get(format);
  if (known) return known;
  const elements: FormatElement[] = [];
  const literal = (text: string) => {
    const last = elements.at(-1);
    if (last && "literal" in last) last.literal += text;
    else elements.push({ literal: text });
  };
  const upper = format.toUpperCase();
  for (let at = 0; at < format.length; ) {
    if (format[at] === '"') {
      const end = format.indexOf('"', at + 1);
      literal(format.slice(at + 1, end < 0 ? undefined : end));
      at = end < 0 ? format.length : end + 1;
      continue;
    }
    const name = ORDERED.find((n) => upper.startsWith(n, at));
    if (!name || (name.length === 1 && isInWord(elements.at(-1), upper, at))) {
      literal(format[at++] as string);
      continue;
    }
    at += name.length;
    if (name === "FF") {
      const digit = /[0-9]/.test(format[at] ?? "") ? Number(format[at++]) : 9;
      elements.push({ element: name, digits: digit });
    } else elements.push({ element: name });
  }
  if (compiled.size > 1000) compiled.clear();
  compiled.set(format, elements);
  return elements;
}

/** Whether a single letter is one of a word, as in `hh24:mi hours`, and no element. */
function isInWord(before: FormatElement | undefined, format: string, at: number): boolean {
  const follows = before !== undefined && "literal" in before && /[a-z]$/i.test(before.literal);
  const goesOn = /[A-Z]/.test(format[at + 1] ?? "") && !ORDERED.some((n) => format.startsWith(n, at + 1));
  return follows || goesOn;
}

const pad = (n: number, width: number): string => String(n).padStart(width, "0");

/** Stands for the offset of what has none. */
export const WITHOUT_ZONE = 32_767;

/**
 * Writes a wall clock (microseconds) with an offset in minutes, or WITHOUT_ZONE, in the given format. Only what has no zone is written
 * with Z for hours and minutes together.
 * Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#examples-of-timestamp-variants
 */
export function formatMoment(wall: bigint, offset: number, format: string): string {
  const p = partsOf(wall);
  const month = MONTHS[p.month - 1] as string;
  const year = p.year < 0 ? `-${pad(-p.year, 4)}` : pad(p.year, 4);
  const hour12 = p.hour % 12 === 0 ? 12 : p.hour % 12;
  const zone = offset === WITHOUT_ZONE ? 0 : Math.abs(offset);
  let out = "";
  const elements = compileFormat(format);
  for (let i = 0; i < elements.length; i++) {
    const e = elements[i] as FormatElement;
    if ("literal" in e) {
      out += e.literal;
      continue;
    }
    switch (e.element) {
      case "YYYY":
      case "UUUU":
        out += year;
        break;
      case "YY":
        out += pad(((p.year % 100) + 100) % 100, 2);
        break;
      case "Y":
        out += ((p.year % 100) + 100) % 100;
        break;
      case "MMMM":
        out += month;
        break;
      case "MON":
        out += month.slice(0, 3);
        break;
      case "MM":
        out += pad(p.month, 2);
        break;
      case "MO":
        out += p.month;
        break;
      case "D":
        out += p.day;
        break;
      case "H24":
      case "H":
        out += p.hour;
        break;
      case "H12":
        out += hour12;
        break;
      case "P":
        out += p.hour < 12 ? "A" : "P";
        break;
      case "ME":
        out += p.minute;
        break;
      case "S":
        out += p.second;
        break;
      case "DD":
        out += pad(p.day, 2);
        break;
      case "DY":
        out += (WEEKDAYS[p.weekday] as string).slice(0, 3);
        break;
      case "HH24":
      case "HH":
        out += pad(p.hour, 2);
        break;
      case "HH12":
        out += pad(hour12, 2);
        break;
      case "AM":
      case "PM":
        out += p.hour < 12 ? "AM" : "PM";
        break;
      case "MI":
        out += pad(p.minute, 2);
        break;
      case "SS":
        out += pad(p.second, 2);
        break;
      case "FF":
        out += `${pad(p.micros, 6)}000`.slice(0, e.digits);
        break;
      case "TZH":
        if (offset === WITHOUT_ZONE) {
          out += "Z";
          while (i + 1 < elements.length && isZoneMinutes(elements[i + 1], elements[i + 2])) i++;
        } else out += (offset < 0 ? "-" : "+") + pad(Math.floor(zone / 60), 2);
        break;
      case "TZM":
        out += pad(zone % 60, 2);
        break;
      case "TZD":
      case "TZISO":
        out += zone === 0 ? "Z" : `${offset < 0 ? "-" : "+"}${pad(Math.floor(zone / 60), 2)}:${pad(zone % 60, 2)}`;
        break;
    }
  }
  // FF0 leaves no fraction, so its point goes too.
  return out;
}

/** TZM, or a colon before it. */
export const isZoneMinutes = (next: FormatElement | undefined, after: FormatElement | undefined): boolean => {
  const isMinutes = (e: FormatElement | undefined) => e !== undefined && "element" in e && e.element === "TZM";
  return isMinutes(next) || (next !== undefined && "literal" in next && next.literal === ":" && isMinutes(after));
};

export const formatHas = (format: string, names: readonly string[]): boolean =>
  compileFormat(format).some((e) => "element" in e && names.includes(e.element));
