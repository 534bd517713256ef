import { SnowflakeError } from "../../errors";

type Minimal = {
  kind: "minimal";
  form: "TM" | "TM9" | "TME";
  lower: boolean;
  /** The most digits behind the point; all of them when left out. */
  digits?: number;
  /** Digits between two separators. */
  group?: number;
};

type Part =
  | { kind: "digit"; digit: "0" | "9" | "X"; lower: boolean }
  | { kind: "group" | "point" | "S" | "MI" | "$" | "%" | "blank" }
  | { kind: "literal"; text: string }
  | { kind: "exponent"; width: number; lower: boolean }
  | Minimal;

/** One element of a format in the order written; where FM is in force it is compact: no blanks are printed. */
export type Element = Part & { compact: boolean };

/** A numeric format taken apart. */
export interface FormatModel {
  elements: readonly Element[];
  /** Digits in front of the point. */
  whole: readonly ("0" | "9" | "X")[];
  /** Digits behind the point. */
  fraction: readonly ("0" | "9" | "X")[];
  minimal?: Minimal;
  isHex: boolean;
  /** An input has to look as the format prints it. */
  exact: boolean;
  blankZero: boolean;
}

export const unsupportedModel = (format: string): SnowflakeError =>
  new SnowflakeError("000002", "0A000", `Unsupported feature 'number format '${format}''.`);

const MINIMAL = /^(tm9|tme|tm)/i;
const PARAMETERS = /^\((\d+|all),(\d+)\)/i;
const SYMBOLS = ".,;:-=/() ";

/** Takes a format apart from left to right. */
class Reader {
  private at = 0;
  private compact = false;
  private exact = false;
  private blankZero = false;
  private readonly elements: Element[] = [];

  constructor(private readonly format: string) {}

  read(): FormatModel {
    while (this.at < this.format.length) this.next(this.format.slice(this.at));
    return this.checked();
  }

  private add(part: Part, length: number): void {
    this.elements.push({ ...part, compact: this.compact });
    this.at += length;
  }

  private fail(): never {
    throw unsupportedModel(this.format);
  }

  private next(rest: string): void {
    const upper = rest.toUpperCase();
    if (MINIMAL.test(rest)) this.minimal(rest);
    else if (upper.startsWith("FM")) {
      this.compact = !this.compact;
      this.at += 2;
    } else if (upper.startsWith("FX")) this.exactly();
    else if (upper.startsWith("MI")) this.add({ kind: "MI" }, 2);
    else if (upper.startsWith("EE")) this.exponent(rest);
    else if (rest[0] === '"') this.quoted(rest);
    else this.one(rest[0] as string);
  }

  private minimal(rest: string): void {
    const form = (MINIMAL.exec(rest) as RegExpExecArray)[0];
    const limits = form.toUpperCase() === "TM9" ? PARAMETERS.exec(rest.slice(form.length)) : null;
    const element: Minimal = {
      kind: "minimal",
      form: form.toUpperCase() as Minimal["form"],
      lower: form.startsWith("t"),
    };
    if (limits) {
      element.group = Number(limits[2]);
      if (!/all/i.test(limits[1] as string)) element.digits = Number(limits[1]);
    } else if (rest[form.length] === "(") this.fail();
    this.add(element, form.length + (limits?.[0].length ?? 0));
  }

  /** Only for the whole format: what an exact match of its second half alone takes is not said. */
  private exactly(): void {
    if (this.elements.length > 0) this.fail();
    this.exact = !this.exact;
    this.at += 2;
  }

  private exponent(rest: string): void {
    const run = (/^e{2,7}/i.exec(rest) as RegExpExecArray)[0];
    this.add({ kind: "exponent", width: run.length, lower: run.startsWith("e") }, run.length);
  }

  private quoted(rest: string): void {
    const text = /^"((?:[^"]|"")*)"/.exec(rest);
    if (!text) this.fail();
    this.add({ kind: "literal", text: (text[1] as string).replaceAll('""', '"') }, text[0].length);
  }

  private one(character: string): void {
    const upper = character.toUpperCase();
    const before = this.elements.at(-1)?.kind;
    const isBehindDigit = before === "digit" || before === "group";
    if (upper === "0" || upper === "9" || upper === "X")
      this.add({ kind: "digit", digit: upper, lower: character === "x" }, 1);
    else if (upper === "D" || (upper === "." && isBehindDigit)) this.add({ kind: "point" }, 1);
    else if (upper === "G" || (upper === "," && isBehindDigit)) this.add({ kind: "group" }, 1);
    else if (upper === "S" || upper === "$" || upper === "%") this.add({ kind: upper }, 1);
    else if (upper === "_") this.add({ kind: "blank" }, 1);
    else if (upper === "B") {
      this.blankZero ||= !this.has("digit", "minimal");
      this.at += 1;
    } else if (SYMBOLS.includes(character)) this.add({ kind: "literal", text: character }, 1);
    else this.fail();
  }

  private has(...kinds: Element["kind"][]): boolean {
    return this.elements.some((element) => kinds.includes(element.kind));
  }

  private count(...kinds: Element["kind"][]): number {
    return this.elements.filter((element) => kinds.includes(element.kind)).length;
  }

  private checked(): FormatModel {
    const pointAt = this.elements.findIndex(({ kind }) => kind === "point");
    const places = (isWhole: boolean) =>
      this.elements.flatMap((element, i) =>
        element.kind === "digit" && (pointAt < 0 || i < pointAt) === isWhole ? [element.digit] : [],
      );
    const model: FormatModel = {
      elements: this.elements,
      whole: places(true),
      fraction: places(false),
      isHex: this.elements.some((element) => element.kind === "digit" && element.digit === "X"),
      exact: this.exact,
      blankZero: this.blankZero,
    };
    const minimal = this.elements.find((element) => element.kind === "minimal");
    if (minimal) model.minimal = minimal as Minimal;
    if (!this.isWhole(model, pointAt)) this.fail();
    return model;
  }

  /** Whether the elements go together, each as often as it may stand. */
  private isWhole(model: FormatModel, pointAt: number): boolean {
    const once: Element["kind"][][] = [["S", "MI"], ["$"], ["%"], ["point"], ["exponent"], ["minimal"]];
    if (once.some((kinds) => this.count(...kinds) > 1)) return false;
    if (this.has("digit") === this.has("minimal")) return false;
    if (model.minimal) return !this.has("point", "group", "exponent");
    if (model.isHex && (this.has("point", "group", "exponent") || model.whole.includes("9"))) return false;
    const kinds = this.elements.map(({ kind }) => kind);
    const exponentAt = kinds.indexOf("exponent");
    if (exponentAt >= 0 && exponentAt < Math.max(kinds.lastIndexOf("digit"), pointAt)) return false;
    // A period in front of every digit stands for itself, says the page; no reader expects that of `.99`.
    return !this.elements.some(
      (element, i) => element.kind === "literal" && element.text === "." && kinds.indexOf("digit") > i,
    );
  }
}

const known = new Map<string, FormatModel>();

/** Source: https://docs.snowflake.com/en/sql-reference/sql-format-models */
export function readModel(format: string): FormatModel {
  let model = known.get(format);
  if (!model) {
    model = new Reader(format).read();
    if (known.size > 200) known.clear();
    known.set(format, model);
  }
  return model;
}
