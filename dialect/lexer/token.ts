/** What the lexer can tell apart without knowing the grammar. */
export type TokenKind =
  | "Word"
  | "QuotedIdentifier"
  | "String"
  | "Binary"
  | "Number"
  /** `$name` */
  | "Variable"
  /** `$1` */
  | "Positional"
  /** `@stage/path` */
  | "Stage"
  /** `file:///tmp/a.csv`, `snow://workspace/w/versions/live/` */
  | "Uri"
  | "Symbol"
  | "End";

/**
 * `keyword` is what the parser compares: the word in upper case or the symbol, and empty for everything else, so that a
 * quoted `"SELECT"` never matches SELECT. `value` is the content: the word as written, the string with escapes resolved.
 */
export interface Token {
  kind: TokenKind;
  /** Offsets into the text of the lexer's source: see `Source.positions` for those of an outer text. */
  start: number;
  end: number;
  keyword: string;
  value: string;
}

/** A comment in any of the three styles; offsets as in Token. */
export interface CommentToken {
  start: number;
  end: number;
}
