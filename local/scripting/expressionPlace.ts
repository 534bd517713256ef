import { type Expression, locate, visit } from "../../dialect/index";
import { SnowflakeError } from "../errors";
import type { Value } from "../execution/value";
import { sqlName } from "../types/dataType";
import type { Scope } from "./scope";

/** What the account writes before an expression that it converts to a declared type. */
export const CONVERTED = 8;

const PLACED = /^SQL compilation error: error line (\d+) at position (\d+)\n/;
const INVALID_IDENTIFIER = "000904";

/**
 * An error of an expression as the account places it: in a statement of the expression alone, `before` characters behind its
 * beginning, in which each variable stands as a `?` of its type. Names that are not there it looks for in the block itself.
 */
export function placedInExpression(
  error: unknown,
  text: string,
  expression: Expression,
  scope: Scope,
  before: number,
): unknown {
  const placed = error instanceof SnowflakeError && error.code !== INVALID_IDENTIFIER && PLACED.exec(error.message);
  if (!placed) return error;
  const start = locate(text, expression.span.start);
  const line = Number(placed[1]);
  const first = line === start.line;
  const lineStart = first ? expression.span.start : lineStartOf(text, line);
  const column = Number(placed[2]) - (first ? start.column - 1 : 0);
  let shift = first ? before : 0;
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
  const place = `SQL compilation error: error line ${line - start.line + 1} at position ${column + shift}\n`;
  return new SnowflakeError(error.code, error.sqlState, error.message.replace(PLACED, place), { cause: error });
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
