const split = (text: string): [string, string] => {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".") as [string, string?];
  return [whole, fraction];
};

/** The digits of a decimal text, its sign apart, the fraction rounded half away from zero to `places`. */
export function roundedParts(text: string, places: number): { whole: string; fraction: string } {
  const [whole, fraction] = split(text);
  let n = BigInt(whole + fraction.slice(0, places).padEnd(places, "0"));
  if ((fraction.charCodeAt(places) || 48) >= 53) n += 1n;
  const digits = n.toString().padStart(places + 1, "0");
  return { whole: digits.slice(0, digits.length - places), fraction: digits.slice(digits.length - places) };
}

/** All significant digits with one of them in front of the point: `1.234E3`. */
export function scientific(text: string, lower: boolean): string {
  const [whole, fraction] = split(text);
  const all = whole + fraction;
  const at = all.search(/[1-9]/);
  const e = lower ? "e" : "E";
  if (at < 0) return `0${e}0`;
  const mantissa = all.slice(at).replace(/0+$/, "");
  const point = mantissa.length > 1 ? `${mantissa[0]}.${mantissa.slice(1)}` : mantissa;
  return `${point}${e}${whole.length - 1 - at}`;
}

/** A decimal text with one digit in front of the point, rounded to `places` behind it, and the power of ten left. */
export function normalised(text: string, places: number): { mantissa: string; power: number } {
  const [whole, fraction] = split(text);
  const all = whole + fraction;
  const at = all.search(/[1-9]/);
  if (at < 0) return { mantissa: "0", power: 0 };
  const sign = text.startsWith("-") ? "-" : "";
  const kept = BigInt(all.slice(at, at + places + 1).padEnd(places + 1, "0"));
  const rounded = String(kept + ((all.charCodeAt(at + places + 1) || 48) >= 53 ? 1n : 0n));
  const digits = rounded.slice(0, places + 1);
  return {
    mantissa: `${sign}${digits[0]}${places > 0 ? `.${digits.slice(1)}` : ""}`,
    power: whole.length - 1 - at + (rounded.length - digits.length),
  };
}

/** Moves the point two places to the right. */
export function percent(text: string): string {
  const [whole, fraction] = split(text);
  const padded = fraction.padEnd(2, "0");
  const rest = padded.slice(2);
  const moved = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  return `${text.startsWith("-") ? "-" : ""}${moved}${rest ? `.${rest}` : ""}`;
}
