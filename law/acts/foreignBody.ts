/** The statements that a body in another language hands to Snowflake as texts of its own: what stands in quotes and begins like one. */
export const statementsInStrings = (body: string): string[] => [
  ...[...body.matchAll(BEGINS)].flatMap(({ 0: whole, 1: quote = "", index }) => {
    const start = index + quote.length;
    const end = endOf(body, quote, start + whole.length - quote.length);
    return end === undefined ? [] : [filledIn(body.slice(start, end))];
  }),
  ...[...body.matchAll(SAVES)].map(([, name = ""]) => `CREATE TABLE ${name} (A INT)`),
];

/** Before a statement: white space and comments up to the end of the string, also where a line ends in `\n`. */
const BLANK = String.raw`(?:\s|\\[nrt]|--(?:(?!\1)(?:[^\n\\]|\\[^n]))*(?:\n|\\n)|\/\*(?:(?!\1|\*\/)[\s\S])*\*\/)*`;

const BEGINS = new RegExp(
  String.raw`("""|'''|["'\x60])${BLANK}(?=(?:CREATE|ALTER|DROP|UNDROP|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|GRANT|CALL|EXECUTE|BEGIN|DECLARE)\b)`,
  "gi",
);

/** A data frame of Snowpark that is written down. */
const SAVES = /\bsave(?:_as_table|AsTable)\s*\(\s*["']([\w."$]+)["']/g;

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
