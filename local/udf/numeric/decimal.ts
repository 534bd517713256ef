import { normaliseDecimal } from "../json/node";

/** A text that spells a number, as plain fixed-point text; null when it does not. Exponents are written out. */
export function decimalFromText(given: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(given.trim());
  if (!match) return null;
  const [, sign, whole = "", fraction = "", exponent] = match;
  if (whole === "" && fraction === "") return null;
  const shift = Number(exponent ?? 0);
  if (shift === 0) return normaliseDecimal(`${sign}${whole || "0"}.${fraction}`);
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point > 400 || point < -400) return point < 0 ? "0" : normaliseDecimal(`${sign}${digits}${"0".repeat(400)}`);
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const at = point <= 0 ? 1 : point;
  return normaliseDecimal(`${sign}${padded.slice(0, at)}.${padded.slice(at)}`);
}

/** The fewest digits that hold a plain fixed-point text: zeros at the end of the decimals are none of them, a zero before the point is one. */
export function digitsOf(plain: string): { whole: string; fraction: string; precision: number; scale: number } {
  const [whole = "", decimals = ""] = plain.replace("-", "").split(".");
  const fraction = decimals.replace(/0+$/, "");
  const precision = Math.max(1, whole.replace(/^0+/, "").length) + fraction.length;
  return { whole, fraction, precision, scale: fraction.length };
}

/** Rounds half away from zero to `scale` digits; null when more than `precision` digits are left. */
export function fitDecimal(text: string, precision: number, scale: number): string | null {
  const negative = text.startsWith("-");
  const body = negative ? text.slice(1) : text;
  const [whole = "0", fraction = ""] = body.split(".") as [string, string?];
  let digits = BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
  if ((fraction.charCodeAt(scale) || 48) >= 53) digits += 1n;
  if (digits >= 10n ** BigInt(precision)) return null;
  return unscaledText(negative ? -digits : digits, scale);
}

/** 1250 at scale 2 → `12.50`. */
export function unscaledText(value: bigint, scale: number): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return negative ? `-${text}` : text;
}

/** a / b as a whole number, half away from zero. */
export function divideRounded(a: bigint, b: bigint): bigint {
  const negative = a < 0n !== b < 0n;
  const x = a < 0n ? -a : a;
  const y = b < 0n ? -b : b;
  const q = (2n * x + y) / (2n * y);
  return negative ? -q : q;
}
