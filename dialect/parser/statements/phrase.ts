import type { StageReference } from "../../ast/index";
import type { Cursor } from "../cursor";
import { stepOverBindings, stepOverBound, stepOverModified } from "../dataMetrics";
import { parseArguments } from "../expressions/calls";
import { parseProperties, parseProperty, parsePropertyValue } from "../properties";
import { checkProperties } from "../propertyRules/check";
import { parseLocation } from "../stages";
import { skipRest } from "./unmodelled";

type Element =
  | { type: "word"; word: string }
  | { type: "part"; part: string; of: string }
  | { type: "optional"; phrases: Phrase[] }
  | { type: "choice"; phrases: Phrase[] };

/**
 * Grammar written as the pages write it: capitals and signs stand for themselves, `{A|B}` for one of several phrases, `[…]`
 * for what may be left out, `<name>` for one of PARTS. A phrase is told from others by the words it begins with.
 */
export class Phrase {
  private readonly lead: string[];
  private readonly rest: Element[];

  constructor(elements: Element[]) {
    const other = elements.findIndex(({ type }) => type !== "word");
    const length = other < 0 ? elements.length : other;
    this.lead = elements.slice(0, length).map((element) => (element as { word: string }).word);
    this.rest = elements.slice(length);
  }

  static of(text: string): Phrase {
    const marks = text.match(/->|[[\]{}|(),=]|<[^>]*>|[^\s[\]{}|<>(),=]+/g) ?? [];
    return readPhrases(marks, undefined)[0] as Phrase;
  }

  /** Steps over the phrase if its first words stand here; what is wrong behind them is an error. */
  accept(cursor: Cursor): boolean {
    if (this.lead.length > 0 && !cursor.acceptSequence(...(this.lead as [string, ...string[]]))) return false;
    if (this.choices && !this.begins(cursor, undefined)) return false;
    this.rest.forEach((element, index) => {
      step(cursor, element, this.rest[index + 1]);
    });
    return true;
  }

  /** How many of the words it begins with stand here, and the word that would have followed. */
  progress(cursor: Cursor): { words: number; missing: string } {
    let words = 0;
    while (words < this.lead.length && cursor.peek(words).keyword === this.lead[words]) words++;
    return { words, missing: this.lead[words] ?? "" };
  }

  /** What it may begin with, when that is several phrases. */
  private get choices(): Phrase[] | undefined {
    const [first] = this.rest;
    return this.lead.length === 0 && first?.type === "choice" ? first.phrases : undefined;
  }

  /** True when it begins here; `next` is what follows where it is left out. */
  begins(cursor: Cursor, next: Element | undefined): boolean {
    if (this.lead.length > 0) return cursor.isSequence(...(this.lead as [string, ...string[]]));
    const [first, second] = this.rest;
    if (this.choices) return this.choices.some((phrase) => phrase.begins(cursor, second ?? next));
    if (first?.type === "part" && first.part === "arguments") return cursor.is("(");
    return !cursor.atStatementEnd && !(next?.type === "word" && cursor.is(next.word));
  }
}

/** Phrases parted by `|` up to the sign that closes them. */
function readPhrases(marks: string[], closing: string | undefined): Phrase[] {
  const phrases: Element[][] = [[]];
  for (let mark = marks.shift(); mark !== closing; mark = marks.shift()) {
    const elements = phrases.at(-1) as Element[];
    if (mark === undefined) throw new Error(`${closing} is missing.`);
    if (mark === "|") phrases.push([]);
    else if (mark === "[") elements.push({ type: "optional", phrases: readPhrases(marks, "]") });
    else if (mark === "{") elements.push({ type: "choice", phrases: readPhrases(marks, "}") });
    else if (mark.startsWith("<")) {
      const [part = "", of = ""] = mark.slice(1, -1).split(":");
      elements.push({ type: "part", part, of });
    } else elements.push({ type: "word", word: mark });
  }
  return phrases.map((elements) => new Phrase(elements));
}

function step(cursor: Cursor, element: Element, next: Element | undefined): void {
  switch (element.type) {
    case "word":
      cursor.expect(element.word);
      break;
    case "part":
      (PARTS[element.part] as Part)(cursor, element.of);
      break;
    case "optional":
      element.phrases.find((phrase) => phrase.begins(cursor, next))?.accept(cursor);
      break;
    case "choice":
      if (!element.phrases.some((phrase) => phrase.accept(cursor))) throw cursor.unexpected();
  }
}

type Part = (cursor: Cursor, of: string) => unknown;

const PARTS: Record<string, Part> = {
  name: (cursor) => cursor.name(),
  names: (cursor) => cursor.list(() => cursor.name()),
  /** Names, or kinds of several words: `RESOURCE MONITORS`. */
  items: (cursor) =>
    cursor.list(() => {
      cursor.name();
      while (cursor.token.kind === "Word" && !cursor.isAnyOf(["TO", "FROM"])) cursor.next();
    }),
  strings: (cursor) => cursor.list(() => cursor.string()),
  string: (cursor) => cursor.string(),
  numbers: (cursor) => cursor.list(() => expectNumber(cursor)),
  number: expectNumber,
  expression: (cursor) => cursor.expression(),
  value: (cursor) => parsePropertyValue(cursor, ""),
  location: parseLocation,
  stage: expectStage,
  arguments: parseArguments,
  query: (cursor) => cursor.query(),
  properties: (cursor, of) => checkProperties(cursor, of, parseProperties(cursor), "ALTER"),
  /** Properties, of which there has to be one. */
  settings(cursor, of) {
    checkProperties(cursor, of, [parseProperty(cursor), ...parseProperties(cursor)], "ALTER");
  },
  /** Properties without their values. */
  words: (cursor) => cursor.list(() => cursor.identifier()),
  /** `purpose = contact` */
  contacts: (cursor) =>
    cursor.list(() => {
      cursor.identifier();
      cursor.expect("=");
      return cursor.name();
    }),
  metrics: stepOverBindings,
  "bound metrics": stepOverBound,
  "modified metrics": stepOverModified,
  /** A version by its name, or by one in quotes. */
  version: (cursor) => (cursor.isString() ? cursor.string() : cursor.name()),
  /** DEFAULT is one of them. */
  channel: (cursor) => cursor.anyIdentifier(),
  /** What is read up to its end and no further. */
  rest(cursor) {
    if (cursor.atStatementEnd) throw cursor.unexpected();
    skipRest(cursor);
  },
};

/** `@stage/path`, not a place outside of Snowflake. */
export function expectStage(cursor: Cursor): StageReference {
  const { token } = cursor;
  const location = parseLocation(cursor);
  if (location.kind !== "StageReference") throw cursor.unexpected(["a stage"], token);
  return location;
}

function expectNumber(cursor: Cursor): void {
  if (cursor.token.kind !== "Number") throw cursor.unexpected(["a number"]);
  cursor.next();
}
