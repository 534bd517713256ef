import { types } from "node:util";
import { LosslessNumber, parse as parseLossless, stringify as stringifyLossless } from "lossless-json";

/** A number whose JSON text a JavaScript number cannot hold without loss. */
export { LosslessNumber };

const MANY_DIGITS = /\d{16}/;
const BLANK_BEFORE_COLON = /"\s+:/;
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g;
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
/** With the u flag a whole pair is one character and no surrogate. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Parses JSON text so that nothing is lost: a number that JavaScript would change becomes a {@link LosslessNumber}, and a key
 * that stands twice in an object is an error, as for Snowflake's PARSE_JSON, instead of the last one winning.
 * @param halves whether half of a surrogate pair is let through; {@link stringifyExact} refuses it by its place
 * @throws SyntaxError that says what is wrong and where
 */
export function parseExact(text: string, { halves = false } = {}): unknown {
  const value: unknown = JSON.parse(text);
  if (!halves && SURROGATE_ESCAPE.test(text) && /\\ud[89a-f]/.test(JSON.stringify(value))) {
    throw new SyntaxError("A \\u escape is half of a surrogate pair and no character");
  }
  refuseDoubledKeys(text, value);
  return MANY_DIGITS.test(text) ? parseDigits(text, isUnsafe) : value;
}

/** Whole numbers beyond 2^53: one that JavaScript writes with the same digits stands for its neighbours too. */
const isUnsafe = (number: number): boolean => Number.isInteger(number) && !Number.isSafeInteger(number);

/** Parses what {@link stringifyExact} wrote: nothing in it can be wrong. */
export function parseOwn(text: string): unknown {
  return MANY_DIGITS.test(text) ? parseDigits(text) : JSON.parse(text);
}

/** Parses with every number as a {@link LosslessNumber}, to see how it was written. */
export function parseNumbersAsWritten(text: string): unknown {
  return parseLossless(text);
}

function parseDigits(text: string, isLossy: (number: number) => boolean = () => false): unknown {
  return parseLossless(text, null, (digits) => {
    const number = Number(digits);
    return String(number) === digits && !isLossy(number) ? number : new LosslessNumber(digits);
  });
}

/**
 * Every key is followed by a colon, so a value with fewer keys than the text has such places lost one.
 * @throws SyntaxError that names the key
 */
export function refuseDoubledKeys(text: string, value: unknown): void {
  const found = countKeys(value);
  if (!BLANK_BEFORE_COLON.test(text) && countColons(text) === found) return;
  // Text inside a string can look the same: look again, string by string.
  let keys = 0;
  for (const [, colon] of text.matchAll(STRING)) if (colon !== undefined) keys++;
  if (keys === found) return;
  const repeated = [...text.matchAll(STRING)].filter(([, colon]) => colon).map(([token]) => token.replace(/\s*:$/, ""));
  const suspects = [...new Set(repeated.filter((key, at) => repeated.indexOf(key) !== at))];
  throw new SyntaxError(`A key stands twice in one object${suspects.length === 1 ? `: ${suspects[0]}` : ""}`);
}

/** Where numbers stand that are too large for a double, such as `1e999`: JSON allows them, and what reads them makes infinity of them. */
export function placesOfInfinity(value: unknown): string[] {
  const found: string[] = [];
  const left: [place: string, value: unknown][] = [["", value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [place, inner] = next;
    if (typeof inner === "number" || inner instanceof LosslessNumber) {
      if (place !== "" && Math.abs(Number(String(inner))) === Number.POSITIVE_INFINITY) found.push(place);
    } else if (typeof inner === "object" && inner !== null) {
      const members = Object.entries(inner).map(([key, member]): [string, unknown] => [
        place ? `${place}.${key}` : key,
        member,
      ]);
      // Not all at once: an array may have more members than a call takes arguments.
      for (const member of members.reverse()) left.push(member);
    }
  }
  return found;
}

/** Colons right behind a quotation mark: at least one for each key. */
function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) count++;
  return count;
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const inner of value) count += countKeys(inner);
    return count;
  }
  for (const key of Object.keys(value)) count += 1 + countKeys((value as Record<string, unknown>)[key]);
  return count;
}

/** What JSON cannot hold, each with its place. */
export class UnwritableError extends TypeError {
  override name = "UnwritableError";

  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
  }
}

/** What somebody's code threw, which need not be an Error. */
export const describeThrown = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message.split("\n", 1)[0] || thrown.name : String(thrown);

/**
 * Writes JSON text without loss: `bigint` and {@link LosslessNumber} keep every digit, a Date becomes ISO 8601.
 * What JSON cannot hold (NaN, a function, a Map, a cycle …) is refused instead of becoming `null` or vanishing.
 * @throws UnwritableError that names every such place
 */
export function stringifyExact(value: unknown): string {
  const problems: string[] = [];
  const exact = inspect(value, "", [], problems);
  if (problems.length > 0) throw new UnwritableError(problems);
  return exact ? (stringifyLossless(value) as string) : JSON.stringify(value);
}

/** Collects what JSON cannot hold; answers whether a number is inside that only the lossless writer can write. */
function inspect(value: unknown, path: string, parents: object[], problems: string[]): boolean {
  const refuse = (what: string) => {
    problems.push(`${path || "the event"}: ${what}`);
    return false;
  };
  switch (typeof value) {
    case "bigint":
      return true;
    case "number":
      return Number.isFinite(value) ? false : refuse(`${value} is no JSON number`);
    case "string":
      return LONE_SURROGATE.test(value) ? refuse("holds half of a surrogate pair, which is no character") : false;
    case "boolean":
      return false;
    case "object":
      break;
    default:
      return refuse(`${typeof value === "undefined" ? "undefined" : `a ${typeof value}`} is no JSON value`);
  }
  if (value === null) return false;
  try {
    return inspectObject(value, path, parents, problems);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw thrown;
    return refuse(`cannot be read: ${describeThrown(thrown)}`);
  }
}

function inspectObject(value: object, path: string, parents: object[], problems: string[]): boolean {
  const refuse = (what: string) => {
    problems.push(`${path || "the event"}: ${what}`);
    return false;
  };
  if (value instanceof LosslessNumber) return true;
  // Also one of another realm, as test runners make them.
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? refuse("an invalid Date") : false;
  if (parents.includes(value)) return refuse("contains itself");
  if (!Array.isArray(value) && !isPlain(value)) return refuse(`${kindOf(value)} is no JSON value`);
  let exact = false;
  for (const key of keysOf(value)) {
    const place = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    const inner = readMember(value, key, place, problems);
    // JSON.stringify leaves an undefined member out, which is what optional fields mean.
    if (inner === undefined && !Array.isArray(value)) continue;
    if (LONE_SURROGATE.test(key)) refuse("has a key with half of a surrogate pair, which is no character");
    exact = inspect(inner, place, [...parents, value], problems) || exact;
  }
  return exact;
}

/** Of an array the holes too, which JSON.stringify would fill with null. */
const keysOf = (value: object): string[] =>
  Array.isArray(value) ? Array.from(value, (_, index) => String(index)) : Object.keys(value);

/** A getter may throw; what it throws is told by its place. */
function readMember(value: object, key: string, place: string, problems: string[]): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch (thrown) {
    problems.push(`${place}: cannot be read: ${describeThrown(thrown)}`);
    return null;
  }
}

function kindOf(value: object): string {
  const name = value.constructor?.name;
  return name === undefined ? "an object without a constructor" : `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || prototype.constructor?.name === "Object";
}
