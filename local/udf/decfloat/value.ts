import { numericNotRecognized, numericOutOfRange } from "../../errors";

/**
 * A DECFLOAT: digits × 10^exponent, without zeros at the end of the digits; zero has exponent 0.
 * Source: https://docs.snowflake.com/en/sql-reference/data-types-numeric#decfloat
 */
export interface Decfloat {
  readonly digits: bigint;
  readonly exponent: number;
}

const MAX_DIGITS = 38;
/** Bounds of the power of ten of the first digit. */
const GREATEST_POWER = 16_384;
const LEAST_POWER = -16_383;

export const ZERO: Decfloat = { digits: 0n, exponent: 0 };

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

const length = (digits: bigint): number => magnitude(digits).toString().length;

/** The power of ten of the first digit. */
const leadingPower = ({ digits, exponent }: Decfloat): number => exponent + length(digits) - 1;

/** n / unit, half away from zero; the unit is positive. */
function halfAway(n: bigint, unit: bigint): bigint {
  const rounded = (2n * magnitude(n) + unit) / (2n * unit);
  return n < 0n ? -rounded : rounded;
}

/** Any number as a DECFLOAT: 38 digits, rounded half up. `shown` is what an error names. */
export function decfloat(digits: bigint, exponent: number, shown?: string): Decfloat {
  if (digits === 0n) return ZERO;
  const spare = length(digits) - MAX_DIGITS;
  const kept = spare > 0 ? halfAway(digits, power(spare)) : digits;
  const text = kept.toString();
  const zeros = text.length - text.replace(/0+$/, "").length;
  const value = {
    digits: zeros > 0 ? kept / power(zeros) : kept,
    exponent: exponent + Math.max(spare, 0) + zeros,
  };
  const first = leadingPower(value);
  if (first > GREATEST_POWER || first < LEAST_POWER) throw numericOutOfRange(shown ?? decfloatText(value));
  return value;
}

/** A text that spells a number; no NaN and no infinity. */
export function parseDecfloat(given: string): Decfloat {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(given.trim());
  const [, sign, whole = "", fraction = "", exponent = "0"] = match ?? [];
  if (whole === "" && fraction === "") throw numericNotRecognized(given);
  const digits = BigInt(whole + fraction);
  return decfloat(sign === "-" ? -digits : digits, Number(exponent) - fraction.length, given.trim());
}

/** The value that a double is, digit by digit. */
export function decfloatOfDouble(value: number): Decfloat {
  if (!Number.isFinite(value)) throw numericNotRecognized(Number.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf");
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const shift = Math.max(biased, 1) - 1075;
  const signed = value < 0 ? -mantissa : mantissa;
  return shift >= 0 ? decfloat(signed << BigInt(shift), 0) : decfloat(signed * 5n ** BigInt(-shift), shift);
}

/** As Snowflake prints it: plain where a NUMBER of 38 digits could hold it, else `1.23e7002`. */
export function decfloatText(value: Decfloat): string {
  const { digits, exponent } = value;
  const sign = digits < 0n ? "-" : "";
  const text = magnitude(digits).toString();
  const first = leadingPower(value);
  if (first >= MAX_DIGITS || exponent <= -MAX_DIGITS)
    return `${sign}${text[0]}${text.length > 1 ? `.${text.slice(1)}` : ""}e${first}`;
  if (exponent >= 0) return `${sign}${text}${"0".repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, "0");
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

/** The digits of both as whole numbers of one unit, 10^exponent. */
function aligned(a: Decfloat, b: Decfloat): { x: bigint; y: bigint; exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    x: a.digits * power(a.exponent - exponent),
    y: b.digits * power(b.exponent - exponent),
    exponent,
  };
}

export function add(a: Decfloat, b: Decfloat): Decfloat {
  const { x, y, exponent } = aligned(a, b);
  return decfloat(x + y, exponent);
}

export const negate = ({ digits, exponent }: Decfloat): Decfloat => ({ digits: -digits, exponent });

export const multiply = (a: Decfloat, b: Decfloat): Decfloat => decfloat(a.digits * b.digits, a.exponent + b.exponent);

/** The divisor is not zero. */
export function divide(a: Decfloat, b: Decfloat): Decfloat {
  // So many digits that the first 38 of the quotient are right, and a digit behind them tells a rest from none.
  const shift = MAX_DIGITS + 2 + Math.max(0, length(b.digits) - length(a.digits));
  const dividend = magnitude(a.digits) * power(shift);
  const divisor = magnitude(b.digits);
  const quotient = (dividend / divisor) * 10n + (dividend % divisor === 0n ? 0n : 1n);
  return decfloat(a.digits < 0n === b.digits < 0n ? quotient : -quotient, a.exponent - b.exponent - shift - 1);
}

/** The rest has the sign of the dividend; the divisor is not zero. */
export function remainder(a: Decfloat, b: Decfloat): Decfloat {
  const { x, y, exponent } = aligned(a, b);
  return decfloat(x % y, exponent);
}

/** All of them exactly, rounded once. */
export function sum(values: readonly Decfloat[]): Decfloat {
  const exponent = values.reduce((least, value) => Math.min(least, value.exponent), 0);
  const total = values.reduce((all, value) => all + value.digits * power(value.exponent - exponent), 0n);
  return decfloat(total, exponent);
}

export type Rounding = "round" | "trunc" | "ceil" | "floor";

/** To so many places behind the point, or before it where that is negative. */
export function roundTo(value: Decfloat, places: number, mode: Rounding): Decfloat {
  const cut = -places - value.exponent;
  if (cut <= 0 || value.digits === 0n) return value;
  // A number far below the last place is nothing beside it, or as good as its smallest fraction.
  const bounded = Math.min(cut, MAX_DIGITS + 1);
  const unit = power(bounded);
  const { digits } = value;
  const down = digits < 0n && digits % unit !== 0n ? digits / unit - 1n : digits / unit;
  const kept = {
    round: () => halfAway(digits, unit),
    trunc: () => digits / unit,
    floor: () => down,
    ceil: () => (digits % unit === 0n ? down : down + 1n),
  }[mode]();
  return decfloat(kept, -places);
}
