import { decimalFromText } from "./decimal";
import { type Element, type FormatModel, readModel, unsupportedModel } from "./formatModel";
import { formatNumber } from "./formatNumber";

/** What a group of a pattern holds. */
type Label = "whole" | "fraction" | "sign" | "exponent" | "minimal";

interface Pattern {
  regex: RegExp;
  labels: Label[];
}

const WHITE = "[ \\t\\n\\r\\f\\v]*";

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/ +/g, " +");

/** The pattern of the texts that have `count` digits in front of the point. Spaces are allowed where printing puts them. */
function patternOf(model: FormatModel, count: number): Pattern {
  const { elements } = model;
  const labels: Label[] = [];
  const group = (label: Label, source: string): string => {
    labels.push(label);
    return `(${source})`;
  };
  const firstDigit = elements.findIndex(({ kind }) => kind === "digit" || kind === "minimal");
  const hasSign = elements.some(({ kind }) => kind === "S" || kind === "MI");
  const leads = (kind: Element["kind"]) => elements.slice(0, firstDigit).some((element) => element.kind === kind);
  const digit = model.isHex ? "[0-9a-f]" : "\\d";
  const needed = model.fraction.lastIndexOf("0") + 1;
  const skipped = model.whole.length - count;
  const behindPoint = elements.slice(elements.findIndex(({ kind }) => kind === "point") + 1);
  const isPointOptional =
    needed === 0 && behindPoint.slice(0, model.fraction.length).every(({ kind }) => kind === "digit");
  let isOpen = false;
  let [wholeAt, fractionAt] = [0, 0];
  let hasPoint = false;
  const open = (): string => {
    if (isOpen) return "";
    isOpen = true;
    let source = " *";
    if (leads("S")) source += `${group("sign", "[+-]")} *`;
    else if (!hasSign && !model.isHex) source += `${group("sign", "[+-]?")} *`;
    if (leads("$")) source += "\\$ *";
    return source;
  };
  const inFraction = (): string => {
    const isLast = ++fractionAt === model.fraction.length;
    const one = group("fraction", fractionAt > needed ? `${digit}?` : digit);
    return `${one}${isLast ? `${isPointOptional ? ")?" : ""} *` : ""}`;
  };
  function sourceOf(element: Element, i: number): string {
    switch (element.kind) {
      case "digit":
        if (hasPoint) return inFraction();
        if (wholeAt++ < skipped) return " *";
        return `${open()}${group("whole", digit)}`;
      case "group":
        return wholeAt > skipped ? ",?" : " *";
      case "point": {
        hasPoint = true;
        if (model.fraction.length === 0) return `${open()}\\.?`;
        return `${open()}${isPointOptional ? "(?:" : ""}\\.`;
      }
      case "exponent":
        return `e${group("exponent", "[+-]?\\d{1,3}")} *`;
      case "minimal":
        return `${open()}${minimalSource(element.form, group)}`;
      case "S":
        return i > firstDigit ? group("sign", "[+-]") : "";
      case "MI":
        return ` *${group("sign", "[+-]?")} *`;
      case "$":
        return i > firstDigit ? "\\$" : "";
      case "%":
        return "%";
      case "blank":
        return " ?";
      case "literal":
        return literal(element.text);
    }
  }
  return { regex: new RegExp(`^${WHITE}${elements.map(sourceOf).join("")}${WHITE}$`, "i"), labels };
}

function minimalSource(form: string, group: (label: Label, source: string) => string): string {
  const number = group("minimal", "\\d+\\.?\\d*|\\.\\d+");
  if (form === "TM9") return number;
  return `${number}(?:e${group("exponent", "[+-]?\\d{1,4}")})${form === "TM" ? "?" : ""}`;
}

const patterns = new WeakMap<FormatModel, Pattern[]>();

/** Those with most digits first. */
function patternsOf(model: FormatModel): Pattern[] {
  let found = patterns.get(model);
  if (!found) {
    const firstZero = model.whole.indexOf("0");
    const least = model.whole.length === 0 || model.blankZero ? 0 : 1;
    const fewest = firstZero < 0 ? least : model.whole.length - firstZero;
    found = [];
    for (let count = model.whole.length; count >= fewest; count--) found.push(patternOf(model, count));
    patterns.set(model, found);
  }
  return found;
}

function matched(text: string, model: FormatModel): string | null {
  for (const { regex, labels } of patternsOf(model)) {
    const match = regex.exec(text);
    if (!match) continue;
    const of = (label: Label): string => labels.map((one, i) => (one === label ? (match[i + 1] ?? "") : "")).join("");
    const [whole, fraction, exponent] = [of("whole"), of("fraction"), of("exponent")];
    if (!model.minimal && whole === "" && fraction === "") continue;
    const digits = model.isHex ? BigInt(`0x${whole}`).toString() : `${whole || "0"}.${fraction}`;
    const shift = Number(exponent || 0) - (model.elements.some(({ kind }) => kind === "%") ? 2 : 0);
    const sign = of("sign").includes("-") ? "-" : "";
    return decimalFromText(`${sign}${model.minimal ? of("minimal") : digits}e${shift}`);
  }
  return null;
}

/** Exactly: a text has to be what the format prints for its number. */
function isPrinted(text: string, number: string, model: FormatModel, format: string): boolean {
  if (model.minimal) return true;
  if (model.elements.some(({ kind }) => kind === "blank")) throw unsupportedModel(format);
  return formatNumber(number, format).toLowerCase() === text.toLowerCase();
}

/** The formats between the bars that stand outside of quotes. */
const alternatives = (format: string): string[] => format.match(/(?:"(?:[^"])*"|[^|"]|"(?![^"]*"))+/g) ?? [format];

/** Text → decimal text by a format or one of several (`MI999|999MI`); null when none fits. Source: …/functions/to_decimal */
export function parseNumber(text: string, format: string): string | null {
  for (const alternative of alternatives(format)) {
    const isAuto = /^auto$/i.test(alternative);
    const model = isAuto ? undefined : readModel(alternative);
    if (model?.minimal?.group !== undefined && text.includes(",")) throw unsupportedModel(format);
    const found = model ? matched(text, model) : decimalFromText(text);
    if (found !== null && (!model?.exact || isPrinted(text, found, model, alternative))) return found;
  }
  return null;
}
