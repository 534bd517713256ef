import { decimalFromText } from "./decimal";
import { type FormatModel, type Place, readModel, unsupportedModel } from "./formatModel";

interface Cursor {
  text: string;
  at: number;
}

const take = (cursor: Cursor, pattern: RegExp): string => {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (!found) return "";
  cursor.at += found[0].length;
  return found[0];
};

const places = (list: readonly Place[]): string[] =>
  list.filter((p) => "digit" in p).map((p) => (p as { digit: string }).digit);

/** How many digits stand behind each separator of the format. */
function separatorsFromRight(list: readonly Place[]): Set<number> {
  const found = new Set<number>();
  let count = 0;
  for (const place of [...list].reverse()) {
    if ("digit" in place) count++;
    else found.add(count);
  }
  return found;
}

/** The integer digits, or null: separators may be left out, but stand only where the format has them. */
function wholeDigits(text: string, model: FormatModel): string | null {
  const format = places(model.whole);
  const digits = text.replaceAll(",", "");
  const firstZero = format.indexOf("0");
  const fewest = firstZero < 0 ? (model.blankZero || model.hasPoint ? 0 : 1) : format.length - firstZero;
  if (digits.length > format.length || digits.length < fewest) return null;
  const allowed = separatorsFromRight(model.whole);
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== ",") continue;
    const behind = text.slice(i + 1).replaceAll(",", "").length;
    if (!allowed.has(behind) || i === 0) return null;
  }
  return digits;
}

function fixedNumber(cursor: Cursor, model: FormatModel): string | null {
  if (places(model.whole).includes("X")) {
    const digits = take(cursor, /[0-9a-f]+/iy);
    const format = places(model.whole);
    const firstZero = format.indexOf("0");
    if (digits === "" || digits.length > format.length || (firstZero >= 0 && digits.length < format.length - firstZero))
      return null;
    return BigInt(`0x${digits}`).toString();
  }
  const whole = wholeDigits(take(cursor, /[0-9,]*/y), model);
  if (whole === null) return null;
  let fraction = "";
  if (model.hasPoint && take(cursor, /\./y)) {
    fraction = take(cursor, /[0-9]*/y);
    if (fraction.length > model.fraction.length) return null;
  }
  const lastZero = places(model.fraction).lastIndexOf("0");
  if (fraction.length < lastZero + 1) return null;
  if (whole === "" && fraction === "") return null;
  return `${whole || "0"}${fraction ? `.${fraction}` : ""}`;
}

function minimalNumber(cursor: Cursor, model: FormatModel): string | null {
  const { form, group } = model.minimal as NonNullable<FormatModel["minimal"]>;
  if (group !== undefined) return null;
  const plain = take(cursor, /(\d+\.?\d*|\.\d+)/y);
  const exponent = plain && form !== "TM9" ? take(cursor, /e[+-]?\d{1,4}/iy) : "";
  if (!plain || (form === "TME" && !exponent)) return null;
  return plain + exponent;
}

function matchModel(text: string, model: FormatModel): string | null {
  const cursor: Cursor = { text, at: 0 };
  const blanks = () => take(cursor, /\s*/y);
  let negative = false;
  let number: string | null = null;
  const hasSign = model.parts.some((p) => p.kind === "S" || p.kind === "MI");
  const readSign = () => {
    const sign = take(cursor, /[+-]/y);
    if (sign === "-") negative = true;
    if (sign) blanks();
  };
  if (!model.exact) blanks();
  if (!hasSign) readSign();
  for (const part of model.parts) {
    switch (part.kind) {
      case "S":
      case "MI":
        readSign();
        break;
      case "blank":
        take(cursor, / ?/y);
        break;
      case "$":
      case "%":
        if (text[cursor.at] !== part.kind) return null;
        cursor.at++;
        break;
      case "literal":
        if (text.slice(cursor.at, cursor.at + part.text.length).toLowerCase() !== part.text.toLowerCase()) return null;
        cursor.at += part.text.length;
        break;
      case "number":
        number = model.minimal ? minimalNumber(cursor, model) : fixedNumber(cursor, model);
        if (number === null) return null;
        if (model.exponent) number += take(cursor, /e[+-]?\d{1,3}/iy);
        break;
    }
  }
  if (!model.exact) blanks();
  if (cursor.at !== text.length || number === null) return null;
  const plain = decimalFromText(number);
  return plain === null ? null : decimalFromText(`${negative ? "-" : ""}${plain}`);
}

/** Text → decimal text by a format or one of several (`MI999|999MI`); null when none fits. Source: …/functions/to_decimal */
export function parseNumber(text: string, format: string): string | null {
  for (const alternative of format.split("|")) {
    const trimmed = alternative.trim();
    if (/^auto$/i.test(trimmed)) {
      const plain = decimalFromText(text);
      if (plain !== null) return plain;
      continue;
    }
    const model = readModel(trimmed);
    if (model.exact || model.parts.some((p) => p.kind === "%")) throw unsupportedModel(format);
    const found = matchModel(text, model);
    if (found !== null) return found;
  }
  return null;
}
