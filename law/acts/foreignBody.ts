import { withNamesFilledIn } from "./foreignConstants";
import { snowparkStatements } from "./snowpark";

/** A statement that a body in another language hands to Snowflake, and where it stands there. */
export interface HandedStatement {
  sql: string;
  at: number;
}

/**
 * The statements that a body in another language hands to Snowflake, in the order of the body: what stands in quotes and
 * begins like one, also when it is put together there from literals and from names that are given literals, and what Snowpark
 * is told by calls.
 */
export function statementsInStrings(body: string): string[] {
  const bodies = [body, ...withNamesFilledIn(body)].flatMap((one) => [one, withLiteralsJoined(one)]);
  const found = [...new Set(bodies)].flatMap((text) => [...texts(text), ...snowparkStatements(text)]);
  const inOrder = found.sort((a, b) => a.at - b.at).map(({ sql }) => sql);
  return [...new Set(inOrder)];
}

const texts = (body: string): HandedStatement[] =>
  [...body.matchAll(BEGINS)].flatMap(({ 0: whole, 1: quote = "", index }) => {
    const start = index + quote.length;
    const end = endOf(body, quote, start + whole.length - quote.length);
    return end === undefined ? [] : [{ sql: filledIn(body.slice(start, end)), at: start }];
  });

/** `"crea" + "te"`, `'crea' 'te'`, `"crea" + 'te'`, `["crea", "te"].join("")`, `"".join(["crea", "te"])`: the text that they make. */
const withLiteralsJoined = (body: string): string =>
  body
    .replace(JOINED_LIST, (_, list: string, quote: string, between: string) => inOne(list, quote, between))
    .replace(JOINED_BY_TEXT, (_, quote: string, between: string, list: string) => inOne(list, quote, between))
    .replace(/(["'\x60])\s*\+\s*(?:\n\s*)?\1|(["'])[ \t]*\n?[ \t]+\2/g, "")
    .replace(OTHERWISE_QUOTED, (_, quote: string, __, text: string) => text.replaceAll(quote, `\\${quote}`) + quote);

const LIST = String.raw`((?:\s*(?:"[^"\\\n]*"|'[^'\\\n]*'),?)+)\s*`;
const JOINED_LIST = new RegExp(String.raw`\[${LIST}\]\s*\.\s*join\s*\(\s*(["'])([^"'\n]*)\2\s*\)`, "g");
const JOINED_BY_TEXT = new RegExp(String.raw`(["'])([^"'\n]*)\1\s*\.\s*join\s*\(\s*[[(]${LIST}[\])]\s*\)`, "g");
const OTHERWISE_QUOTED = /(["'\x60])\s*\+\s*(?!\1)(["'\x60])((?:(?!\2)[^\\\n])*)\2/g;

const inOne = (list: string, quote: string, between: string): string =>
  quote + [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, one, other]) => one ?? other).join(between) + quote;

/** Before a statement: white space and comments up to the end of the string, also where a line ends in `\n`. */
const BLANK = String.raw`(?:\s|\\[nrt]|--(?:(?!\1)(?:[^\n\\]|\\[^n]))*(?:\n|\\n)|\/\*(?:(?!\1|\*\/)[\s\S])*\*\/)*`;

const BEGINS = new RegExp(
  String.raw`("""|'''|["'\x60])${BLANK}(?=(?:CREATE|ALTER|DROP|UNDROP|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|GRANT|CALL|EXECUTE|BEGIN|DECLARE|USE)\b)`,
  "gi",
);

function endOf(body: string, quote: string, from: number): number | undefined {
  for (let at = from; at < body.length; at++) {
    if (body[at] === "\\") at++;
    else if (body.startsWith(quote, at)) return at;
  }
  return undefined;
}

/** The text as the other language reads it; what it puts in at run time is taken for a name of no meaning. */
const filledIn = (text: string): string =>
  text
    .replace(/\$?\{[^{}]*\}/g, "X")
    .replace(/\\([\s\S])/g, (_, character: string) => ({ n: "\n", t: "\t", r: "\r" })[character] ?? character);
