/**
 * The values of VARIANT, OBJECT and ARRAY in memory. Numbers keep their digits as text.
 * `null` is JSON null; an absent element of an ARRAY is UNDEFINED.
 */
export type JsonNode = null | boolean | string | NumberNode | TaggedNode | JsonNode[] | ObjectNode | Undefined;

/** Fixed point: `text` has no exponent, no leading or trailing zeros to spare. */
export class NumberNode {
  constructor(readonly text: string) {}
}

/** Values JSON has no notation for. `double`: shortest text; date and times: ISO text; `binary`: hex. */
export class TaggedNode {
  constructor(
    readonly tag: Tag,
    readonly text: string,
  ) {}
}

/** D double, d DATE, t TIME, n/l/z TIMESTAMP_NTZ/LTZ/TZ, b BINARY. */
export type Tag = "D" | "d" | "t" | "n" | "l" | "z" | "b";

export class ObjectNode {
  constructor(readonly entries: Map<string, JsonNode>) {}
}

// biome-ignore lint/complexity/noStaticOnlyClass: told apart from other nodes by instanceof
export class Undefined {
  static readonly value = new Undefined();
}

/** First character of every string that stands for something else than itself in stored JSON. */
export const MARK = "\uE000";

/** Order of object keys: by code point, which is also DuckDB's. */
export function compareKeys(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x !== y) {
      // Surrogates sort above the rest of the basic plane.
      if (x >= 0xd800 && x <= 0xdfff) x += 0x2800;
      else if (x >= 0xe000) x -= 0x800;
      if (y >= 0xd800 && y <= 0xdfff) y += 0x2800;
      else if (y >= 0xe000) y -= 0x800;
      return x - y;
    }
  }
  return a.length - b.length;
}

/** Fixed-point text without sign noise and superfluous zeros: `007.50` → `7.5`, `-0` → `0`. */
export function normaliseDecimal(text: string): string {
  let negative = false;
  let body = text;
  if (body[0] === "-" || body[0] === "+") {
    negative = body[0] === "-";
    body = body.slice(1);
  }
  const point = body.indexOf(".");
  let whole = point < 0 ? body : body.slice(0, point);
  let fraction = point < 0 ? "" : body.slice(point + 1);
  whole = whole.replace(/^0+(?=\d)/, "");
  fraction = fraction.replace(/0+$/, "");
  if (whole === "") whole = "0";
  const plain = fraction === "" ? whole : `${whole}.${fraction}`;
  return negative && plain !== "0" ? `-${plain}` : plain;
}

/** Digits that count towards the 38 of NUMBER. */
export const significantDigits = (normalised: string): number =>
  normalised.replace(/^-/, "").replace(".", "").replace(/^0+/, "").length;

/** Shortest text that reads back as the same double, as JSON and casts write it: `1e+20`, `191.2`, `NaN`, `inf`. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa, exponent] = value.toExponential().split("e") as [string, string];
  const power = Number(exponent);
  if (power < -5 || power >= 15) {
    const sign = power < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const plain = String(value);
  return plain.includes("e") ? value.toFixed(Math.max(0, mantissa.replace(/[-.]/g, "").length - 1 - power)) : plain;
}

const SHOWN_DIGITS = 10;
const LARGEST_WHOLE = 1e15;

/** A double as a text of SQL: ten digits, but all of a whole number. */
export function castDouble(value: number): string {
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < LARGEST_WHOLE)) return doubleText(value);
  const rounded = Number(value.toPrecision(SHOWN_DIGITS));
  if (Math.abs(value) < 10 ** SHOWN_DIGITS) return doubleText(rounded);
  const [mantissa, exponent] = rounded.toExponential().split("e+") as [string, string];
  return `${mantissa}e+${exponent.padStart(2, "0")}`;
}

export const parseDouble = (text: string): number =>
  text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text);
