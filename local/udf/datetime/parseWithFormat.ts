import { MONTHS, type Moment, WEEKDAYS, wallFrom } from "./fields";
import { compileFormat, isZoneMinutes } from "./format";

const digitsAt = (text: string, at: number, max: number): string => {
  let end = at;
  while (end < text.length && end - at < max && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return text.slice(at, end);
};

const nameAt = (text: string, at: number, names: readonly string[]): { index: number; length: number } | undefined => {
  const rest = text.slice(at, at + 10).toLowerCase();
  for (const [index, name] of names.entries()) {
    if (rest.startsWith(name.toLowerCase())) return { index, length: name.length };
  }
  for (const [index, name] of names.entries()) {
    if (rest.startsWith(name.slice(0, 3).toLowerCase())) return { index, length: 3 };
  }
  return undefined;
};

/** Reads `text` by `format`; null when it does not fit. Missing date parts are 1970-01-01, missing time parts zero. */
export function parseWithFormat(text: string, format: string, twoDigitCenturyStart = 1970): Moment | null {
  const elements = compileFormat(format);
  let at = 0;
  let year = 1970;
  let month = 1;
  let day = 1;
  let hour = 0;
  let hour12: number | undefined;
  let afternoon: boolean | undefined;
  let minute = 0;
  let second = 0;
  let nanos = 0;
  let offset: number | null = null;
  let zoneSign = 1;
  const skipBlanks = () => {
    while (text[at] === " " || text[at] === "\t") at++;
  };
  skipBlanks();
  for (let i = 0; i < elements.length; i++) {
    const e = elements[i] as (typeof elements)[number];
    if ("literal" in e) {
      for (const c of e.literal) {
        if (c === " ") {
          if (text[at] !== " ") return null;
          skipBlanks();
        } else if (text[at]?.toLowerCase() === c.toLowerCase()) at++;
        else if (c === "." && "element" in (elements[i + 1] ?? { literal: "" })) {
          // `SS.FF` also takes a text without a fraction.
          const next = elements[i + 1] as { element: string };
          if (next.element !== "FF") return null;
          i++;
        } else return null;
      }
      continue;
    }
    const number = (max: number): number | null => {
      const digits = digitsAt(text, at, max);
      if (digits === "") return null;
      at += digits.length;
      return Number(digits);
    };
    let n: number | null = 0;
    switch (e.element) {
      case "UUUU":
      case "YYYY": {
        const negative = e.element === "UUUU" && text[at] === "-";
        if (negative) at++;
        n = number(4);
        if (n !== null) year = negative ? -n : n;
        break;
      }
      case "YY":
      case "Y":
        n = number(2);
        if (n !== null) {
          const century = Math.floor(twoDigitCenturyStart / 100) * 100;
          year = century + n < twoDigitCenturyStart ? century + 100 + n : century + n;
        }
        break;
      case "MM":
      case "MO":
        n = number(2);
        if (n !== null) month = n;
        break;
      case "MON":
      case "MMMM": {
        const found = nameAt(text, at, MONTHS);
        if (!found) return null;
        month = found.index + 1;
        at += found.length;
        break;
      }
      case "DD":
      case "D":
        n = number(2);
        if (n !== null) day = n;
        break;
      case "DY": {
        const found = nameAt(text, at, WEEKDAYS);
        if (!found) return null;
        at += found.length;
        break;
      }
      case "HH24":
      case "HH":
      case "H24":
      case "H":
        n = number(2);
        if (n !== null) hour = n;
        break;
      case "HH12":
      case "H12":
        n = number(2);
        if (n !== null && (n < 1 || n > 12)) return null;
        if (n !== null) hour12 = n;
        break;
      case "AM":
      case "PM":
      case "P": {
        const mark = text[at]?.toUpperCase();
        if (mark !== "A" && mark !== "P") return null;
        afternoon = mark === "P";
        at++;
        if (e.element === "P") break;
        if (text[at]?.toUpperCase() !== "M") return null;
        at++;
        break;
      }
      case "MI":
      case "ME":
        n = number(2);
        if (n !== null) minute = n;
        break;
      case "SS":
      case "S":
        n = number(2);
        if (n !== null) second = n;
        break;
      case "FF": {
        if (e.digits === 0) break;
        const digits = digitsAt(text, at, 9);
        if (digits === "") return null;
        at += digits.length;
        nanos = Number(digits.padEnd(9, "0"));
        break;
      }
      case "TZH": {
        if (text[at]?.toUpperCase() === "Z") {
          at++;
          offset = 0;
          // Z stands for hours and minutes together.
          while (i + 1 < elements.length && isZoneMinutes(elements[i + 1], elements[i + 2])) i++;
          break;
        }
        const sign = text[at] === "-" ? -1 : text[at] === "+" ? 1 : 0;
        if (sign === 0) return null;
        at++;
        n = number(2);
        if (n === null) return null;
        offset = sign * n * 60;
        zoneSign = sign;
        break;
      }
      case "TZM":
        n = number(2);
        if (n === null || n > 59) return null;
        offset = (offset ?? 0) + zoneSign * n;
        break;
      case "TZD":
      case "TZISO": {
        const m = /^(?:Z|([+-])(\d\d):?(\d\d)?)/i.exec(text.slice(at));
        if (!m) return null;
        at += m[0].length;
        offset = m[1] ? (m[1] === "-" ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0)) : 0;
        break;
      }
    }
    if (n === null) return null;
  }
  skipBlanks();
  if (at !== text.length) return null;
  if (hour12 !== undefined) hour = (hour12 % 12) + (afternoon ? 12 : 0);
  else if (afternoon !== undefined && afternoon && hour < 12) hour += 12;
  if (offset !== null && Math.abs(offset) > 1439) return null;
  const wall = wallFrom(year, month, day, hour, minute, second, nanos);
  return wall === null ? null : { wall, offset };
}
