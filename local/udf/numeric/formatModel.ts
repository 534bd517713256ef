import { SnowflakeError } from "../../errors";

/** One place of the digits: `0`, `9` or a hexadecimal `X`; `group` marks a separator. */
export type Place = { digit: "0" | "9" | "X" } | { group: true };

/** A numeric format taken apart: what stands around the number, and the number itself. */
export interface FormatModel {
  /** In the order written. */
  parts: (
    | { kind: "literal"; text: string }
    | { kind: "number" }
    | { kind: "S" | "MI" | "$" | "%" }
    | { kind: "blank" }
  )[];
  whole: Place[];
  fraction: Place[];
  hasPoint: boolean;
  /** Text-minimal instead of places. */
  minimal?: { form: "TM" | "TM9" | "TME"; lower: boolean; digits?: number; group?: number };
  /** How many characters the exponent takes; 0 without one. */
  exponent: number;
  compact: boolean;
  exact: boolean;
  blankZero: boolean;
  lowerHex: boolean;
}

export const unsupportedModel = (format: string): SnowflakeError =>
  new SnowflakeError("000002", "0A000", `Unsupported feature 'number format '${format}''.`);

const MINIMAL = /^(tm9|tme|tm)(?:\((\d+|all),(\d+)\))?/i;

/** Source: https://docs.snowflake.com/en/sql-reference/sql-format-models */
export function readModel(format: string): FormatModel {
  const model: FormatModel = {
    parts: [],
    whole: [],
    fraction: [],
    hasPoint: false,
    exponent: 0,
    compact: false,
    exact: false,
    blankZero: false,
    lowerHex: false,
  };
  let numberAt = -1;
  const openNumber = () => {
    if (numberAt >= 0 && numberAt !== model.parts.length - 1) throw unsupportedModel(format);
    if (numberAt < 0) numberAt = model.parts.push({ kind: "number" }) - 1;
  };
  const isOpen = () => numberAt >= 0 && numberAt === model.parts.length - 1;
  for (let at = 0; at < format.length; ) {
    const rest = format.slice(at);
    const upper = rest.toUpperCase();
    const minimal = MINIMAL.exec(rest);
    if (minimal) {
      if (numberAt >= 0) throw unsupportedModel(format);
      openNumber();
      const [all, form = "", digits, group] = minimal;
      model.minimal = { form: form.toUpperCase() as "TM", lower: form.startsWith("t") };
      if (group !== undefined) model.minimal.group = Number(group);
      if (digits !== undefined && !/all/i.test(digits)) model.minimal.digits = Number(digits);
      at += all.length;
      continue;
    }
    if (rest[0] === '"') {
      const text = /^"((?:[^"]|"")*)"/.exec(rest);
      if (!text) throw unsupportedModel(format);
      model.parts.push({ kind: "literal", text: (text[1] as string).replaceAll('""', '"') });
      at += text[0].length;
      continue;
    }
    const take = (length: number) => {
      at += length;
    };
    if (upper.startsWith("FM")) {
      model.compact = !model.compact;
      take(2);
    } else if (upper.startsWith("FX")) {
      model.exact = !model.exact;
      take(2);
    } else if (upper.startsWith("MI")) {
      model.parts.push({ kind: "MI" });
      take(2);
    } else if (upper.startsWith("EE") && isOpen()) {
      const run = /^e+/i.exec(rest) as RegExpExecArray;
      model.exponent = run[0].length;
      take(run[0].length);
    } else if (upper[0] === "S" || upper[0] === "$" || upper[0] === "%") {
      model.parts.push({ kind: upper[0] });
      take(1);
    } else if (upper[0] === "B") {
      model.blankZero = true;
      take(1);
    } else if (upper[0] === "_") {
      model.parts.push({ kind: "blank" });
      take(1);
    } else if (upper[0] === "0" || upper[0] === "9" || upper[0] === "X") {
      if (model.minimal) throw unsupportedModel(format);
      openNumber();
      if (rest[0] === "x") model.lowerHex = true;
      (model.hasPoint ? model.fraction : model.whole).push({ digit: upper[0] });
      take(1);
    } else if (
      (upper[0] === "." || upper[0] === "D") &&
      !model.hasPoint &&
      !model.minimal &&
      (isOpen() || upper[0] === "D" || /^\.[09]/.test(rest))
    ) {
      openNumber();
      model.hasPoint = true;
      take(1);
    } else if ((upper[0] === "," || upper[0] === "G") && isOpen() && !model.minimal && !model.hasPoint) {
      model.whole.push({ group: true });
      take(1);
    } else if (".,;:-=/() ".includes(rest[0] as string)) {
      model.parts.push({ kind: "literal", text: rest[0] as string });
      take(1);
    } else throw unsupportedModel(format);
  }
  if (numberAt < 0) throw unsupportedModel(format);
  const digits = [...model.whole, ...model.fraction]
    .filter((p) => "digit" in p)
    .map((p) => (p as { digit: string }).digit);
  if (digits.includes("X") && (digits.includes("9") || model.hasPoint)) throw unsupportedModel(format);
  return model;
}
