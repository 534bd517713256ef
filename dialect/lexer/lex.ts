import { type LexResult, tokenize } from "./lexer";
import { wholeSource } from "./source";

/** The tokens and comments of a text; `error` says where it cannot be cut into tokens. */
export function lex(sql: string): LexResult {
  return tokenize(wholeSource(sql));
}
