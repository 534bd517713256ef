import { LosslessNumber, parse as parseLossless, stringify as stringifyLossless } from "lossless-json";

/** A number whose JSON text a JavaScript number cannot hold without loss. */
export { LosslessNumber };

const MANY_DIGITS = /\d{16}/;
const COLON_AFTER_STRING = /"\s*:/g;
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g;
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
/** With the u flag a whole pair is one character and no surrogate. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Parses JSON text so that nothing is lost: a number that JavaScript would change becomes a {@link LosslessNumber}, and a key
 * that stands twice in an object is an error, as for Snowflake's PARSE_JSON, instead of the last one winning.
 * @throws SyntaxError that says what is wrong and where
 */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (SURROGATE_ESCAPE.test(text) && /\\ud[89a-f]/.test(JSON.stringify(value))) {
    throw new SyntaxError("A \\u escape is half of a surrogate pair and no character");
  }
  refuseDoubledKeys(text, value);
  return keepDigits(text, value);
}

/** Parses what {@link stringifyExact} wrote: nothing in it can be wrong. */
export function parseOwn(text: string): unknown {
  return keepDigits(text, JSON.parse(text));
}

function keepDigits(text: string, value: unknown): unknown {
  return MANY_DIGITS.test(text) ? parseDigits(text) : value;
}

/** Parses with every number as a {@link LosslessNumber}, to see how it was written. */
export function parseNumbersAsWritten(text: string): unknown {
  return parseLossless(text);
}

function parseDigits(text: string): unknown {
  return parseLossless(text, null, (digits) =>
    String(Number(digits)) === digits ? Number(digits) : new LosslessNumber(digits),
  );
}

/** Every key is followed by a colon, so a value with fewer keys than the text has such places lost one. */
function refuseDoubledKeys(text: string, value: unknown): void {
  const found = countKeys(value);
  if ((text.match(COLON_AFTER_STRING)?.length ?? 0) === found) return;
  // Text inside a string can look the same: look again, string by string.
  let keys = 0;
  for (const [, colon] of text.matchAll(STRING)) if (colon !== undefined) keys++;
  if (keys === found) return;
  const repeated = [...text.matchAll(STRING)].filter(([, colon]) => colon).map(([token]) => token.replace(/\s*:$/, ""));
  const suspects = [...new Set(repeated.filter((key, at) => repeated.indexOf(key) !== at))];
  throw new SyntaxError(`A key stands twice in one object${suspects.length === 1 ? `: ${suspects[0]}` : ""}`);
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) count += countKeys(inner);
  return count;
}

/**
 * Writes JSON text without loss: `bigint` and {@link LosslessNumber} keep every digit, a Date becomes ISO 8601.
 * What JSON cannot hold (NaN, a function, a Map, a cycle …) is refused instead of becoming `null` or vanishing.
 * @throws TypeError that names every such place
 */
export function stringifyExact(value: unknown): string {
  const problems: string[] = [];
  const exact = inspect(value, "", [], problems);
  if (problems.length > 0) throw new TypeError(problems.join("\n"));
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
  if (value instanceof LosslessNumber) return true;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? refuse("an invalid Date") : false;
  if (parents.includes(value)) return refuse("contains itself");
  if (!Array.isArray(value) && !isPlain(value)) return refuse(`a ${value.constructor.name} is no JSON value`);
  let exact = false;
  for (const [key, inner] of Object.entries(value)) {
    // JSON.stringify leaves an undefined member out, which is what optional fields mean.
    if (inner === undefined && !Array.isArray(value)) continue;
    const place = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    exact = inspect(inner, place, [...parents, value], problems) || exact;
  }
  return exact;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || prototype.constructor?.name === "Object";
}
