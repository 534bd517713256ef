import type { Span } from "./ast/node";

/** Where an offset lies; both count from 1, columns in UTF-16 units. */
export interface Location {
  line: number;
  column: number;
}

/** The line and column of `offset` in `text`. */
export function locate(text: string, offset: number): Location {
  let line = 1;
  let lineStart = 0;
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", i + 1)) {
    line++;
    lineStart = i + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

export interface DialectErrorDetail extends Location {
  span: Span;
  /** What could have stood there instead: keywords and symbols as they are written, other things in words. */
  expected: string[];
  /** The token that was found, `<EOF>` at the end of the text. */
  found: string;
}

/**
 * A text that is not Snowflake SQL. `message` is in Snowflake's words, `code` and `sqlState` are Snowflake's; the position
 * in the message counts from 0 as Snowflake's does, `column` from 1 as editors do.
 */
export class DialectError extends Error implements DialectErrorDetail {
  readonly code: string = "001003";
  readonly sqlState: string = "42000";
  readonly line: number;
  readonly column: number;
  readonly span: Span;
  readonly expected: string[];
  readonly found: string;

  constructor(message: string, detail: DialectErrorDetail) {
    super(`SQL compilation error:\n${message}`);
    this.name = "DialectError";
    this.line = detail.line;
    this.column = detail.column;
    this.span = detail.span;
    this.expected = detail.expected;
    this.found = detail.found;
  }
}

/** `syntax error line 1 at position 7 unexpected 'FROM'.` */
export function unexpectedToken(text: string, span: Span, found: string, expected: string[]): DialectError {
  const { line, column } = locate(text, span.start);
  const message = `syntax error line ${line} at position ${column - 1} unexpected '${found}'.`;
  return new DialectError(message, { line, column, span, expected, found });
}

/** A text that cannot be cut into tokens: `parse error line 1 at position 7 near '<EOF>'.` */
export function unreadableText(text: string, span: Span, near: string, expected: string[]): DialectError {
  const { line, column } = locate(text, span.start);
  const message = `parse error line ${line} at position ${column - 1} near '${near}'.`;
  return new DialectError(message, { line, column, span, expected, found: near });
}

/** Well-formed word by word, but not allowed there: the reason stands in plain words after the position. */
export function invalidSyntax(text: string, span: Span, found: string, reason: string): DialectError {
  const { line, column } = locate(text, span.start);
  const message = `syntax error line ${line} at position ${column - 1} unexpected '${found}'. ${reason}`;
  return new DialectError(message, { line, column, span, expected: [], found });
}
