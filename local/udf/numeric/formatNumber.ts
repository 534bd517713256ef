import { decimalFromText } from "./decimal";
import { type FormatModel, type Place, readModel, unsupportedModel } from "./formatModel";

const digitPlaces = (places: readonly Place[]): number => places.filter((p) => "digit" in p).length;

/** `whole` and `fraction` digits of a decimal text, its fraction rounded half away from zero to `places`. */
function roundedParts(text: string, places: number): { whole: string; fraction: string } {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".") as [string, string?];
  let n = BigInt(whole + fraction.slice(0, places).padEnd(places, "0"));
  if ((fraction.charCodeAt(places) || 48) >= 53) n += 1n;
  const digits = n.toString().padStart(places + 1, "0");
  return { whole: digits.slice(0, digits.length - places), fraction: digits.slice(digits.length - places) };
}

/** The integer digits in their places, without the blanks in front; null when there are more digits than places. */
function placeWhole(digits: string, model: FormatModel): string | null {
  const count = digitPlaces(model.whole);
  const significant = digits.replace(/^0+/, "");
  if (significant.length > count) return null;
  const padded = significant.padStart(count, "0");
  const digitsOnly = model.whole.filter((p) => "digit" in p);
  const firstZero = digitsOnly.findIndex((p) => "digit" in p && p.digit === "0");
  let start = Math.min(count - significant.length, firstZero < 0 ? count : firstZero);
  if (start === count && count > 0 && !model.blankZero) start = count - 1;
  let at = 0;
  let out = "";
  for (const place of model.whole) {
    if ("group" in place) {
      if (out !== "") out += ",";
      continue;
    }
    if (at >= start) out += padded[at];
    at++;
  }
  return out;
}

function placeFraction(digits: string, model: FormatModel): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0" && (model.fraction[end - 1] as { digit: string }).digit === "9") end--;
  return digits.slice(0, end).padEnd(model.compact ? 0 : digits.length, " ");
}

const overflow = (places: readonly Place[]): string => places.map((p) => ("digit" in p ? "#" : "")).join("");

function hexadecimal(text: string, model: FormatModel, signed: boolean): string {
  const places = digitPlaces(model.whole);
  let n = BigInt(text.split(".")[0] as string);
  if (n < 0n) n = signed ? -n : n + 16n ** BigInt(places);
  if (n < 0n || n >= 16n ** BigInt(places)) return "#".repeat(places);
  const digits = n.toString(16);
  const firstZero = model.whole.findIndex((p) => "digit" in p && p.digit === "0");
  const width = firstZero < 0 ? 0 : places - firstZero;
  const out = digits.padStart(width, "0").padStart(model.compact ? 0 : places, " ");
  return model.lowerHex ? out : out.toUpperCase();
}

const grouped = (whole: string, size: number | undefined): string =>
  size ? whole.replace(new RegExp(`\\B(?=(\\d{${size}})+$)`, "g"), ",") : whole;

function scientific(text: string, lower: boolean): string {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".") as [string, string?];
  const all = (whole + fraction).replace(/^0+/, "");
  if (all === "") return lower ? "0e0" : "0E0";
  const exponent =
    whole.replace(/^0+/, "") !== ""
      ? whole.replace(/^0+/, "").length - 1
      : -(fraction.length - fraction.replace(/^0+/, "").length) - 1;
  const mantissa = all.replace(/0+$/, "");
  const point = mantissa.length > 1 ? `${mantissa[0]}.${mantissa.slice(1)}` : mantissa;
  return `${point}${lower ? "e" : "E"}${exponent}`;
}

function minimalText(text: string, model: FormatModel): string {
  const { form, lower, digits, group } = model.minimal as NonNullable<FormatModel["minimal"]>;
  const exponent = scientific(text, lower);
  if (form === "TME") return exponent;
  let plain = text.replace("-", "");
  if (digits !== undefined && (plain.split(".")[1] ?? "").length > digits) {
    const { whole, fraction } = roundedParts(plain, digits);
    plain = digits === 0 ? whole : `${whole}.${fraction}`;
  }
  const [whole = "", fraction] = plain.split(".") as [string, string?];
  const positional = fraction === undefined ? grouped(whole, group) : `${grouped(whole, group)}.${fraction}`;
  return form === "TM" && exponent.length < positional.length ? exponent : positional;
}

/** The number without its sign, and how many blanks stand in front of it. */
function body(text: string, model: FormatModel, signed: boolean): { digits: string; blanks: number } {
  if (model.minimal) return { digits: minimalText(text, model), blanks: 0 };
  if (model.whole.some((p) => "digit" in p && p.digit === "X"))
    return { digits: hexadecimal(text, model, signed), blanks: 0 };
  const { whole, fraction } = roundedParts(text, model.fraction.length);
  const placed = placeWhole(whole, model);
  const point = model.hasPoint ? "." : "";
  const width = model.whole.length;
  const digits =
    placed === null
      ? overflow(model.whole) + point + overflow(model.fraction)
      : placed + point + placeFraction(fraction, model);
  return { digits, blanks: Math.max(0, width - (placed === null ? width : placed.length)) };
}

/** Moves the point two places to the right. */
function percent(text: string): string {
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".") as [string, string?];
  const padded = fraction.padEnd(2, "0");
  const rest = padded.slice(2);
  const moved = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  return `${negative ? "-" : ""}${moved}${rest ? `.${rest}` : ""}`;
}

/** One digit in front of the point, and the power of ten that is left, in a fixed number of characters: `1.5` and `E+00`. */
function normalised(text: string, model: FormatModel, format: string): { mantissa: string; exponent: string } {
  const places = model.fraction.length;
  const [digits, power] = Number(text) === 0 ? ["0", 0] : leading(text, places);
  const mantissa = places === 0 ? digits : `${digits[0]}.${digits.slice(1).padEnd(places, "0")}`;
  const width = model.exponent - 2;
  const size = String(Math.abs(power)).padStart(width, "0");
  // What stands for a zero at the end of the fraction, or for a power that does not fit, the page does not say.
  const endsOpen = mantissa.endsWith("0") && (model.fraction.at(-1) as { digit?: string } | undefined)?.digit === "9";
  if (width < 1 || digitPlaces(model.whole) !== 1 || size.length > width || endsOpen) throw unsupportedModel(format);
  return { mantissa: `${text.startsWith("-") ? "-" : ""}${mantissa}`, exponent: `E${power < 0 ? "-" : "+"}${size}` };
}

/** The first digits of a number that is not zero, rounded half away from zero, and the power of ten of the first of them. */
function leading(text: string, places: number): [string, number] {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".") as [string, string?];
  const all = whole + fraction;
  const at = all.search(/[1-9]/);
  const power = whole.length - 1 - at;
  const kept = BigInt(all.slice(at, at + places + 1).padEnd(places + 1, "0"));
  const rounded = String(kept + ((all.charCodeAt(at + places + 1) || 48) >= 53 ? 1n : 0n));
  return rounded.length > places + 1 ? [rounded.slice(0, -1), power + 1] : [rounded, power];
}

/** TO_CHAR of a number, given as decimal text (all its decimal places written). Source: …/sql-format-models */
export function formatNumber(given: string, format: string): string {
  const model = readModel(format);
  const has = (kind: string) => model.parts.some((p) => p.kind === kind);
  const scaled = has("%") ? percent(given) : given;
  const scientific = model.exponent > 0 ? normalised(decimalFromText(scaled) as string, model, format) : undefined;
  const text = scientific?.mantissa ?? scaled;
  const plainText = decimalFromText(text) as string;
  const isHex = model.whole.some((p) => "digit" in p && p.digit === "X");
  const { digits: shown, blanks } = body(model.minimal ? text : plainText, model, has("S") || has("MI"));
  const digits = shown + (scientific?.exponent ?? "");
  const isNegative = text.startsWith("-") && (!model.minimal || /[1-9]/.test(text)) && /[1-9]/.test(plainText);
  const pad = model.compact ? "" : " ".repeat(blanks);
  const numberAt = model.parts.findIndex((p) => p.kind === "number");
  const dollar = model.parts.findIndex((p) => p.kind === "$");
  const sign = model.parts.findIndex((p) => p.kind === "S");
  const floating = sign >= 0 && sign < numberAt ? (isNegative ? "-" : "+") : "";
  const isExplicit = sign >= 0 || has("MI") || (isHex && !has("S"));
  const own = isExplicit ? "" : isNegative ? "-" : model.minimal || model.compact ? "" : " ";
  const money = dollar >= 0 && dollar < numberAt ? "$" : "";
  // The sign and the dollar stand directly before the first digit.
  const number = own === " " ? ` ${pad}${money}${digits}` : `${pad}${floating}${own}${money}${digits}`;
  return model.parts
    .map((p, i) => {
      switch (p.kind) {
        case "literal":
          return p.text;
        case "number":
          return number;
        case "S":
          return i < numberAt ? "" : isNegative ? "-" : "+";
        case "MI":
          return isNegative ? "-" : model.compact ? "" : " ";
        case "$":
          return i < numberAt ? "" : "$";
        case "%":
          return "%";
        default:
          return "";
      }
    })
    .join("");
}
