import type { Token } from "../lexer/token";

const TRANSACTION_WORDS = new Set(["", ";", "WORK", "TRANSACTION", "NAME"]);
const OTHER_ENDS = new Set(["IF", "FOR", "WHILE", "LOOP", "REPEAT"]);

/**
 * The index of the token at which reading goes on after a wrong statement that begins at `from` and went wrong at `at`:
 * the first `;` behind the mistake that is not inside BEGIN … END.
 */
export function endOfBrokenStatement(tokens: Token[], from: number, at: number): number {
  let depth = 0;
  let i = from;
  for (; i < tokens.length - 1; i++) {
    const { keyword } = tokens[i] as Token;
    const next = tokens[i + 1]?.keyword ?? "";
    if (keyword === "CASE" || (keyword === "BEGIN" && !TRANSACTION_WORDS.has(next))) depth++;
    else if (keyword === "END") {
      if (OTHER_ENDS.has(next)) i++;
      else {
        if (next === "CASE") i++;
        depth = Math.max(0, depth - 1);
      }
    } else if (keyword === ";" && i >= at && depth === 0) return i;
  }
  // A block that is never closed must not swallow the statements behind it.
  for (i = at; i < tokens.length - 1; i++) if (tokens[i]?.keyword === ";") return i;
  return tokens.length - 1;
}
