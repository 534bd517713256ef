import { locate, type Query, type ScriptValue, type Span, visit } from "../../dialect/index";
import { SnowflakeError } from "../errors";
import type { Value } from "../execution/value";
import { sqlName } from "../types/dataType";
import type { Scope } from "./scope";

/** What the account writes before an expression that it converts to a declared type. */
export const CONVERTED = 8;

/** And before one that has a subquery, which it runs as a query. */
const SELECT = "SELECT ".length;

const PLACES =
  /(?<=^SQL compilation error: error line |cannot be evaluated at line )(\d+)( at position |, position )(\d+)/;

/** An error of a statement of a script as the account places it: in the text of that statement. */
export function placedInStatement(error: unknown, text: string, { start }: Span): unknown {
  const placed = error instanceof SnowflakeError && PLACES.exec(error.message);
  if (!placed) return error;
  const from = locate(text, start);
  const line = Number(placed[1]) - from.line + 1;
  const column = Number(placed[3]) - (line === 1 ? from.column - 1 : 0);
  // Not a place of this text: that of a view's, or of none.
  if (line < 1 || column < 0) return error;
  const message = error.message.replace(PLACES, (_, __, between: string) => `${line}${between}${column}`);
  return new SnowflakeError(error.code, error.sqlState, message, { cause: error });
}

const PLACED = /^SQL compilation error: error line (\d+) at position (\d+)\n/;
const INVALID_IDENTIFIER = "000904";

/**
 * An error of an expression as the account places it: in a statement of the expression alone, `before` characters behind its
 * beginning, in which each variable stands as a `?` of its type. Names that are not there it looks for in the block itself, but
 * for those of subqueries.
 */
export function placedInExpression(
  error: unknown,
  text: string,
  expression: ScriptValue,
  scope: Scope,
  before: number,
): unknown {
  const placed = error instanceof SnowflakeError && PLACED.exec(error.message);
  if (!placed) return error;
  const queries = queriesOf(expression);
  if (error.code === INVALID_IDENTIFIER && queries.length === 0) return error;
  const start = locate(text, expression.span.start);
  const line = Number(placed[1]);
  const first = line === start.line;
  const lineStart = first ? expression.span.start : lineStartOf(text, line);
  const column = Number(placed[2]) - (first ? start.column - 1 : 0);
  let shift = first ? before + (queries.length > 0 ? SELECT : 0) : 0;
  visit(expression, {
    Query: () => false,
    BindVariable: ({ name, span }) => {
      if (span.start >= lineStart && span.end <= lineStart + column) shift += grown(scope.get(name.value), span, false);
    },
    ColumnReference: ({ parts, span }) => {
      const name = parts.length === 1 ? parts[0]?.value : undefined;
      if (name && span.start >= lineStart && span.end <= lineStart + column)
        shift += grown(scope.get(name), span, true);
    },
  });
  // What is compiled together with an operand before it has no place of its own.
  if (line < start.line || column + shift < 0) return error;
  const place = `SQL compilation error: error line ${line - start.line + 1} at position ${column + shift}\n`;
  return new SnowflakeError(error.code, error.sqlState, error.message.replace(PLACED, place), { cause: error });
}

function queriesOf(expression: ScriptValue): Query[] {
  const found: Query[] = [];
  visit(expression, {
    Query: (query) => {
      found.push(query);
      return false;
    },
  });
  return found;
}

function lineStartOf(text: string, line: number): number {
  let at = 0;
  for (let i = 1; i < line; i++) at = text.indexOf("\n", at) + 1;
  return at;
}

/** How much longer `(?::NUMBER(38,0))` is than the variable; a text needs no type, and one with a colon no parentheses. */
function grown(value: Value | undefined, span: { start: number; end: number }, isBare: boolean): number {
  if (!value) return 0;
  const typed = value.type.kind === "VARCHAR" ? "?" : `?::${sqlName(value.type)}`;
  return typed.length + (isBare ? 2 : 0) - (span.end - span.start);
}
