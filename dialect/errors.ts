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
  /** Snowflake's code and state, where they are not those of a syntax error. */
  code?: string;
  sqlState?: string;
  /** What parts "SQL compilation error:" from the message, where it is no line break. */
  separator?: string;
  /** What was compiled, said before all the rest. */
  within?: string;
}

/**
 * A text that is not Snowflake SQL. `message` is in Snowflake's words, `code` and `sqlState` are Snowflake's; the position
 * in the message counts from 0 as Snowflake's does, `column` from 1 as editors do.
 */
export class DialectError extends Error implements DialectErrorDetail {
  readonly code: string;
  readonly sqlState: string;
  readonly line: number;
  readonly column: number;
  readonly span: Span;
  readonly expected: string[];
  readonly found: string;

  constructor(message: string, detail: DialectErrorDetail) {
    const within = detail.within === undefined ? "" : `${detail.within}: `;
    super(`${within}SQL compilation error:${detail.separator ?? "\n"}${message}`);
    this.name = "DialectError";
    this.code = detail.code ?? "001003";
    this.sqlState = detail.sqlState ?? "42000";
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

/** `invalid property 'SIZE' for 'WAREHOUSE'`: names of integrations are of one kind, blanks are written `_`. */
export function invalidProperty(
  text: string,
  span: Span,
  name: string,
  objectType: string,
  expected: string[],
): DialectError {
  const kind = objectType.endsWith("INTEGRATION") ? "INTEGRATION" : objectType.replaceAll(" ", "_");
  const detail = { ...locate(text, span.start), span, expected, found: name, code: "001420", sqlState: "22023" };
  return new DialectError(`invalid property '${name}' for '${kind}'`, detail);
}

/** `invalid parameter 'FOO'`: an option of COPY or of a file format. */
export function invalidParameter(text: string, span: Span, name: string, expected: string[]): DialectError {
  const detail = { ...locate(text, span.start), span, expected, found: name, code: "001006", sqlState: "42601" };
  return new DialectError(`invalid parameter '${name}'`, detail);
}

/** `invalid value [HUGE] for parameter 'WAREHOUSE_SIZE'` */
export function invalidValue(
  text: string,
  span: Span,
  found: string,
  property: string,
  expected: string[],
): DialectError {
  const detail = { ...locate(text, span.start), span, expected, found, code: "001008", sqlState: "22023" };
  return new DialectError(`invalid value [${found}] for parameter '${property}'`, detail);
}

/** A rule of the compiler that is no matter of grammar; `rule` has its code where it is known. */
export interface BrokenRule {
  message: string;
  code?: string;
  sqlState?: string;
  separator?: string;
}

export function brokenRule(text: string, span: Span, rule: BrokenRule): DialectError {
  const { message, ...rest } = rule;
  const found = text.slice(span.start, span.end);
  return new DialectError(message, { ...locate(text, span.start), span, expected: [], found, ...rest });
}

/** Two options of one statement that exclude one another, at the second of them. */
export function incompatibleOptions(text: string, span: Span, options: [string, string]): DialectError {
  const found = text.slice(span.start, span.end);
  const detail = { ...locate(text, span.start), span, expected: [], found, code: "002047", sqlState: "42601" };
  return new DialectError(`options ${options[0]} and ${options[1]} are incompatible.`, detail);
}

/** A form that Snowflake has for other kinds of object. */
export function unsupportedFeature(text: string, span: Span, feature: string): DialectError {
  const found = text.slice(span.start, span.end);
  const detail = { ...locate(text, span.start), span, expected: [], found, code: "000002", sqlState: "0A000" };
  return new DialectError(`Unsupported feature '${feature}'.`, detail);
}

/** `Unsupported data type 'FOO'.` */
export function unsupportedDataType(text: string, span: Span, name: string): DialectError {
  const detail = {
    ...locate(text, span.start),
    span,
    expected: ["a data type"],
    found: name,
    code: "002040",
    sqlState: "42601",
  };
  return new DialectError(`Unsupported data type '${name.toUpperCase()}'.`, detail);
}
