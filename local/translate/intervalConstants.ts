import { compilationError, SnowflakeError } from "../errors";
import { datePart } from "./dateArithmetic";
import type { IntervalStep } from "./intervals";

const TOKEN = /\s*(\d+\.?\d*|\.\d+|[A-Za-z_][A-Za-z0-9_]*|\S)/y;

interface Token {
  text: string;
  start: number;
}

/**
 * The steps of `INTERVAL '1 year, 2 hours'`: amounts with a part, between commas; without a part it is seconds. A fraction is rounded
 * half away from zero. Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-constants
 */
export function readConstant(text: string): IntervalStep[] {
  const tokens = tokensOf(text);
  const steps: IntervalStep[] = [];
  let at = 0;
  const unexpected = (): never => {
    const { text: found, start } = tokens[at] ?? { text: "<EOF>", start: text.length };
    throw compilationError("001003", "42000", `syntax error line 1 at position ${start} unexpected '${found}'.`);
  };
  do {
    const sign = tokens[at]?.text === "-" || tokens[at]?.text === "+" ? tokens[at++]?.text : "+";
    const amount = tokens[at]?.text;
    if (!amount || !/^[\d.]*\d[\d.]*$/.test(amount)) return unexpected();
    at++;
    const word = tokens[at]?.text;
    const part = word && /^[A-Za-z_]/.test(word) ? partOf(word) : "second";
    if (word && /^[A-Za-z_]/.test(word)) at++;
    steps.push({ amount: rounded(amount) * (sign === "-" ? -1n : 1n), part });
  } while (tokens[at]?.text === "," && ++at);
  if (at < tokens.length) unexpected();
  return steps;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const token = match[1] as string;
    tokens.push({ text: token, start: match.index + match[0].length - token.length });
  }
  return tokens;
}

function partOf(word: string): IntervalStep["part"] {
  const part = datePart(word);
  // In one line, other than what is refused for its syntax.
  if (!part) {
    throw new SnowflakeError("001003", "42000", `SQL compilation error: ${word} is not recognized as a date type.`);
  }
  return part;
}

function rounded(amount: string): bigint {
  const [whole = "", fraction = ""] = amount.split(".");
  return BigInt(whole || "0") + (/^[5-9]/.test(fraction) ? 1n : 0n);
}
