import { decimalFromText } from "./decimal";
import { type Element, type FormatModel, readModel, unsupportedModel } from "./formatModel";
import { normalised, percent, roundedParts, scientific } from "./scientific";

/** What stands in the places of a format: one character a digit; a blank or an empty text for none. */
interface Filled {
  whole: string[];
  fraction: string[];
  exponent?: string;
  isNegative: boolean;
}

const overflow = (model: FormatModel): Pick<Filled, "whole" | "fraction"> => ({
  whole: model.whole.map(() => "#"),
  fraction: model.fraction.map(() => "#"),
});

/** Digits from the right; in front of the first that counts stand blanks. Null when there are more digits than places. */
function placed(digits: string, model: FormatModel): string[] | null {
  const count = model.whole.length;
  const significant = digits.replace(/^0+/, "");
  if (significant.length > count) return null;
  const firstZero = model.whole.indexOf("0");
  let start = Math.min(count - significant.length, firstZero < 0 ? count : firstZero);
  if (start === count && count > 0 && !model.blankZero) start = count - 1;
  return [...significant.padStart(count, "0")].map((digit, i) => (i < start ? " " : digit));
}

function fraction(digits: string, model: FormatModel): string[] {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0" && model.fraction[end - 1] === "9") end--;
  return [...digits].map((digit, i) => (i < end ? digit : " "));
}

/** Negative numbers are the complement in as many digits, unless a sign is written. */
function hexadecimal(text: string, model: FormatModel, isSigned: boolean): Filled {
  const rounded = roundedParts(text, 0).whole;
  const isNegative = text.startsWith("-") && rounded !== "0";
  const limit = 16n ** BigInt(model.whole.length);
  let n = BigInt(rounded);
  const fits = isNegative && !isSigned ? n <= limit / 2n : n < limit;
  if (isNegative && !isSigned) n = limit - n;
  const whole = fits ? placed(n.toString(16), model) : null;
  return { ...(whole ? { whole, fraction: [] } : overflow(model)), isNegative };
}

function exponentText(power: number, { width, lower }: { width: number; lower: boolean }, compact: boolean): string {
  const e = lower ? "e" : "E";
  // The shortest exponent has room for a sign and three digits.
  if (width === 2) return `${e}${power}`.padEnd(compact ? 0 : 5, " ");
  const size = String(Math.abs(power)).padStart(width - 2, "0");
  return `${e}${power < 0 ? "-" : "+"}${size.length > width - 2 ? "#".repeat(width - 2) : size}`;
}

function filled(text: string, model: FormatModel, format: string): Filled {
  const exponent = model.elements.find((element) => element.kind === "exponent");
  if (exponent?.kind !== "exponent") {
    const { whole, fraction: behind } = roundedParts(text, model.fraction.length);
    const places = placed(whole, model);
    const isNegative = text.startsWith("-") && /[1-9]/.test(text);
    return { ...(places ? { whole: places, fraction: fraction(behind, model) } : overflow(model)), isNegative };
  }
  // How many digits stand in front of the point when the format has several is not said.
  if (model.whole.length !== 1) throw unsupportedModel(format);
  const { mantissa, power } = normalised(text, model.fraction.length);
  const { whole, fraction: behind } = roundedParts(mantissa, model.fraction.length);
  return {
    whole: placed(whole, model) as string[],
    fraction: fraction(behind, model),
    exponent: exponentText(power, exponent, exponent.compact),
    isNegative: mantissa.startsWith("-"),
  };
}

const plainSign = (isNegative: boolean) => (isNegative ? "-" : "+");

/** The sign and the dollar stand directly before the first character of the number, behind the literals in front of it. */
function print(model: FormatModel, { whole, fraction: behind, exponent, isNegative }: Filled): string {
  const { elements } = model;
  const firstDigit = elements.findIndex(({ kind }) => kind === "digit" || kind === "minimal");
  const leads = (kind: Element["kind"]) => elements.slice(0, firstDigit).some((element) => element.kind === kind);
  const has = (kind: Element["kind"]) => elements.some((element) => element.kind === kind);
  const digits = [...whole, ...behind];
  let out = "";
  let next = 0;
  let isOpen = false;
  const open = (compact: boolean) => {
    if (isOpen) return;
    isOpen = true;
    if (leads("S")) out += plainSign(isNegative);
    else if (!has("S") && !has("MI") && !model.isHex) out += isNegative ? "-" : compact ? "" : " ";
    if (leads("$")) out += "$";
  };
  const blank = (compact: boolean) => (compact ? "" : " ");
  elements.forEach((element, i) => {
    switch (element.kind) {
      case "digit": {
        const digit = digits[next++] as string;
        if (digit !== " ") open(element.compact);
        out += digit === " " ? blank(element.compact) : lettered(digit, elements, i);
        // All places in front may be blank: the sign has its place all the same.
        if (next === digits.length) open(element.compact);
        break;
      }
      case "point":
        open(element.compact);
        out += ".";
        break;
      case "group":
        out += isOpen ? "," : blank(element.compact);
        break;
      case "exponent":
        out += exponent ?? "";
        break;
      case "S":
        if (i > firstDigit) out += plainSign(isNegative);
        break;
      case "MI":
        out += isNegative ? "-" : blank(element.compact);
        break;
      case "$":
        if (i > firstDigit) out += "$";
        break;
      case "%":
        out += "%";
        break;
      case "literal":
        out += element.text;
        break;
    }
  });
  return out;
}

/** A hexadecimal digit in the case of its own or the next X. */
function lettered(digit: string, elements: readonly Element[], at: number): string {
  const x = elements.slice(at).find((element) => element.kind === "digit" && element.digit === "X");
  return x?.kind === "digit" && x.lower ? digit : digit.toUpperCase();
}

const grouped = (whole: string, size: number | undefined): string =>
  size ? whole.replace(new RegExp(`\\B(?=(\\d{${size}})+$)`, "g"), ",") : whole;

function minimalText(text: string, { form, lower, digits, group }: NonNullable<FormatModel["minimal"]>): string {
  const exponent = scientific(text, lower);
  if (form === "TME") return exponent;
  let plain = text.replace("-", "");
  if (digits !== undefined && (plain.split(".")[1] ?? "").length > digits) {
    const { whole, fraction: behind } = roundedParts(plain, digits);
    plain = digits === 0 ? whole : `${whole}.${behind}`;
  }
  const [whole = "", behind] = plain.split(".") as [string, string?];
  const positional = behind === undefined ? grouped(whole, group) : `${grouped(whole, group)}.${behind}`;
  return form === "TM" && exponent.length < positional.length ? exponent : positional;
}

function printMinimal(text: string, model: FormatModel): string {
  const { elements } = model;
  const numberAt = elements.findIndex(({ kind }) => kind === "minimal");
  const isZero = !/[1-9]/.test(text);
  const isNegative = text.startsWith("-") && !isZero;
  const at = (kind: Element["kind"]) => elements.findIndex((element) => element.kind === kind);
  const [sign, minus, dollar] = [at("S"), at("MI"), at("$")];
  const own = sign >= 0 ? (sign < numberAt ? plainSign(isNegative) : "") : minus < 0 && isNegative ? "-" : "";
  const money = dollar >= 0 && dollar < numberAt ? "$" : "";
  const digits =
    isZero && model.blankZero ? " " : minimalText(text, model.minimal as NonNullable<typeof model.minimal>);
  return elements
    .map((element, i) => {
      switch (element.kind) {
        case "minimal":
          return `${own}${money}${digits}`;
        case "S":
          return i < numberAt ? "" : plainSign(isNegative);
        case "MI":
          return isNegative ? "-" : element.compact ? "" : " ";
        case "$":
          return i < numberAt ? "" : "$";
        case "%":
          return "%";
        case "literal":
          return element.text;
        default:
          return "";
      }
    })
    .join("");
}

/** TO_CHAR of a number, given as decimal text (all its decimal places written). Source: …/sql-format-models */
export function formatNumber(given: string, format: string): string {
  const model = readModel(format);
  const has = (kind: Element["kind"]) => model.elements.some((element) => element.kind === kind);
  const scaled = has("%") ? percent(given) : given;
  if (model.minimal) return printMinimal(scaled, model);
  const text = decimalFromText(scaled) as string;
  if (model.isHex) return print(model, hexadecimal(text, model, has("S") || has("MI")));
  return print(model, filled(text, model, format));
}

/** Infinity and what is no number overflow the places of a format; text-minimal ones say `text`. */
export function formatSpecial(isNegative: boolean, format: string, text: string): string {
  const model = readModel(format);
  if (model.minimal) return text;
  const exponent = model.elements.find((element) => element.kind === "exponent");
  const power = exponent?.kind === "exponent" ? `${exponent.lower ? "e" : "E"}${"#".repeat(exponent.width - 1)}` : "";
  return print(model, { ...overflow(model), exponent: power, isNegative });
}
