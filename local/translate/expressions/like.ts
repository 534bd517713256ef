import { invalidValue, unsupportedFeature } from "../../errors";
import { type Bound, constantText } from "../bound";
import { onceBoth, quote, raise } from "../sql";

/** `%` and `_` match line breaks too; ILIKE folds case. There is no escape character unless one is given. */
export function likeSql(operator: "LIKE" | "ILIKE", text: string, pattern: string, escapeWith?: Bound): string {
  if (!escapeWith) return `(${text} ${operator} ${pattern})`;
  if (escapeWith.literal?.kind === "null") return "NULL::BOOLEAN";
  const character = constantText(escapeWith);
  if (character === undefined) throw unsupportedFeature("ESCAPE with a value that is no constant");
  if ([...character].length !== 1) throw invalidValue(quote(character), "escape");
  const matches = (t: string, p: string) => `(${t} ${operator} ${p} ESCAPE ${quote(character)})`;
  const literal = /^'(.*)'::VARCHAR$/s.exec(pattern)?.[1];
  if (literal !== undefined && !literal.endsWith(character)) return matches(text, pattern);
  return onceBoth(text, pattern, (t, p) => {
    const { dangling, direct } = endings(character);
    const isDirect =
      operator === "LIKE" ? `WHEN ${direct(p)} THEN ${matches(t, `(${p} || ${quote(character)})`)} ` : "";
    return `CASE WHEN ${t} IS NULL OR ${p} IS NULL THEN NULL WHEN NOT ${dangling(p)} THEN ${matches(t, p)} ${isDirect}ELSE ${REFUSED} END`;
  });
}

const REFUSED = raise("100051", "22025", "Escape character at end of LIKE pattern", "''", "", "BOOLEAN");

/**
 * Tests of a pattern that ends in an escape character with nothing to escape: whether it does, and whether it is a mere
 * text behind any number of `%`, which is compared without looking at escapes, so that the last one stands for itself.
 */
function endings(character: string) {
  const written = `\\x{${(character.codePointAt(0) as number).toString(16)}}`;
  const test = (start: string, plain: string) => (pattern: string) =>
    `regexp_matches(${pattern}, '^${start}(?:[^${written}${plain}]|${written}.)*${written}$', 's')`;
  const isWildcard = character === "%" || character === "_";
  return { dangling: test("", ""), direct: isWildcard ? () => "FALSE" : test("%*", "%_") };
}
