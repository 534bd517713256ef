import { compilationError } from "../errors";
import { checkedPattern } from "../udf/text/regex";
import type { Binder } from "./binder";
import { type Bound, constantText } from "./bound";
import { asText } from "./conversion/cast";
import { quote } from "./sql";

/** The flags of a regular expression as RE2's inline flags; later letters win (`ci`). */
export function inlineFlags(parameters: string): string {
  let caseless = false;
  let multiline = false;
  let dotAll = false;
  for (const letter of parameters) {
    if (letter === "c") caseless = false;
    else if (letter === "i") caseless = true;
    else if (letter === "m") multiline = true;
    else if (letter === "s") dotAll = true;
    else if (letter !== "e") throw compilationError("100050", "22023", `Invalid regexp parameters: ${parameters}`);
  }
  const flags = `${caseless ? "i" : ""}${multiline ? "m" : ""}${dotAll ? "s" : ""}`;
  return flags ? `(?${flags})` : "";
}

/** SQL of the pattern with its flags in front. Snowflake's dialect is RE2's with Perl classes. */
export function patternSql(binder: Binder, pattern: Bound, parameters: Bound | undefined): string {
  const flags = parameters === undefined ? "" : inlineFlags(constantText(parameters) ?? "");
  const text = constantText(pattern);
  if (text !== undefined) return quote(flags + checkedPattern(text));
  const sql = `sf_checked_pattern(${asText(pattern, binder.settings)})`;
  return flags ? `(${quote(flags)} || ${sql})` : sql;
}

/** REGEXP_LIKE and RLIKE: the whole text must match. */
export const regexMatch = (binder: Binder, text: string, pattern: Bound, parameters: Bound | undefined): string =>
  `regexp_full_match(${text}, ${patternSql(binder, pattern, parameters)})`;
