import type { Expression, Name, Query, Statement } from "../ast/index";
import { DialectError } from "../errors";
import { tokenize } from "../lexer/lexer";
import { type Source, wholeSource } from "../lexer/source";
import type { Token } from "../lexer/token";
import { Cursor, type Grammar } from "./cursor";
import { parseComparand, parseOperand, parseExpression as readExpression } from "./expressions/expression";
import { parseQuery as readQuery } from "./query/query";
import { endOfBrokenStatement } from "./recovery";
import { parseStatement as readStatement } from "./statements";

const GRAMMAR: Grammar = {
  expression: readExpression,
  operand: parseOperand,
  comparand: parseComparand,
  query: readQuery,
  statement: readStatement,
};

export interface ParseOptions {
  /** Reading stops after so many wrong statements; default 100. */
  maxErrors?: number;
}

export interface ParseResult {
  statements: Statement[];
  /** One for each statement that could not be read, in the order of the text. */
  errors: DialectError[];
}

/** Reads every statement of a text; after a wrong one it goes on behind the `;` that ends it. */
export function parseStatements(sql: string, options: ParseOptions = {}): ParseResult {
  const source = wholeSource(sql);
  const { tokens, error: lexicalError } = tokenize(source);
  const { maxErrors = 100 } = options;
  const statements: Statement[] = [];
  const errors: DialectError[] = [];
  const cursor = new Cursor(source, GRAMMAR, tokens);
  while (!cursor.atEnd && errors.length < maxErrors) {
    if (cursor.accept(";")) continue;
    const mark = cursor.mark();
    try {
      statements.push(wholeStatement(cursor));
    } catch (error) {
      if (!(error instanceof DialectError)) throw error;
      if (lexicalError && error.found === "<EOF>") break;
      errors.push(withExpectations(error, source, tokens, mark, wholeStatement));
      cursor.restart(endOfBrokenStatement(tokens, mark, cursor.mark()));
    }
  }
  if (lexicalError) errors.push(lexicalError);
  return { statements, errors };
}

function wholeStatement(cursor: Cursor): Statement {
  const statement = cursor.statement();
  if (!cursor.atStatementEnd) throw cursor.unexpected();
  return statement;
}

/** Reads the one statement of a text, with or without `;` behind it. Throws a DialectError. */
export function parseStatement(sql: string): Statement {
  return parseWhole(sql, (cursor) => {
    const statement = wholeStatement(cursor);
    while (cursor.accept(";"));
    return statement;
  });
}

/** Reads a query: SELECT, WITH, VALUES or a query in parentheses. Throws a DialectError. */
export function parseQuery(sql: string): Query {
  return parseWhole(sql, (cursor) => {
    const query = cursor.query();
    cursor.accept(";");
    return query;
  });
}

/** Reads one expression. Throws a DialectError. */
export function parseExpression(sql: string): Expression {
  return parseWhole(sql, (cursor) => cursor.expression());
}

/** Reads the name of an object: `a`, `"a b".c`, `IDENTIFIER('a.b')`. Throws a DialectError. */
export function parseObjectName(text: string): Name {
  return parseWhole(text, (cursor) => cursor.name());
}

/** Runs `read` over the whole of a text and throws where anything is left over. */
export function parseWhole<T>(sql: string, read: (cursor: Cursor) => T): T {
  const source = wholeSource(sql);
  const { tokens, error: lexicalError } = tokenize(source);
  const readAll = (cursor: Cursor): T => {
    const result = read(cursor);
    if (!cursor.atEnd) throw cursor.unexpected();
    return result;
  };
  try {
    const result = readAll(new Cursor(source, GRAMMAR, tokens));
    if (lexicalError) throw lexicalError;
    return result;
  } catch (error) {
    if (!(error instanceof DialectError) || error === lexicalError) throw error;
    if (lexicalError && error.found === "<EOF>") throw lexicalError;
    throw withExpectations(error, source, tokens, 0, readAll);
  }
}

/**
 * The same error with the list of what was looked for at its place. The text is read once more for it, so that a text
 * without errors pays nothing.
 */
function withExpectations(
  error: DialectError,
  source: Source,
  tokens: Token[],
  mark: number,
  read: (cursor: Cursor) => unknown,
): DialectError {
  const cursor = new Cursor(source, GRAMMAR, tokens, { offset: error.span.start, words: new Set() });
  cursor.restart(mark);
  try {
    read(cursor);
  } catch (second) {
    if (second instanceof DialectError) return second;
  }
  return error;
}
