import type { Decfloat } from "./value";
import { ZERO } from "./value";

/*
 * A DECFLOAT is kept as a text whose order of bytes is that of the numbers, one text for each number, so that the engine compares,
 * groups, joins and sorts them without help: a digit for the sign (4 below zero, 5 zero, 6 above), five for the power of ten of the first
 * digit, then the digits without zeros at the end. Of a negative number each digit is its complement to nine, and a mark behind
 * them that is greater than any digit puts the shorter of two after the longer.
 */

const BIAS = 50_000;
const POWER_WIDTH = 5;
const END = "~";

/** The key of zero. */
export const ZERO_KEY = "5";

const complement = (digits: string): string => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));

export function decfloatKey({ digits, exponent }: Decfloat): string {
  if (digits === 0n) return ZERO_KEY;
  const text = (digits < 0n ? -digits : digits).toString();
  const body = String(exponent + text.length - 1 + BIAS) + text;
  return digits < 0n ? `4${complement(body)}${END}` : `6${body}`;
}

export function decfloatOfKey(key: string): Decfloat {
  if (key === ZERO_KEY) return ZERO;
  const negative = key.startsWith("4");
  const body = negative ? complement(key.slice(1, -END.length)) : key.slice(1);
  const text = body.slice(POWER_WIDTH);
  const digits = BigInt(text);
  return {
    digits: negative ? -digits : digits,
    exponent: Number(body.slice(0, POWER_WIDTH)) - BIAS - (text.length - 1),
  };
}
