import type { Expression, Limit } from "../../ast/index";
import type { Cursor } from "../cursor";
import { isClauseWord } from "./queryStart";

/** `LIMIT n [OFFSET m]`, `[OFFSET m] FETCH …`. https://docs.snowflake.com/en/sql-reference/constructs/limit */
export function parseLimit(cursor: Cursor): Limit | undefined {
  const { start } = cursor;
  if (cursor.is("LIMIT")) {
    cursor.next();
    const count = parseCount(cursor);
    const offset = cursor.accept("OFFSET") ? parseCount(cursor) : undefined;
    if (offset !== undefined) cursor.acceptAnyOf("ROW", "ROWS");
    return { kind: "Limit", syntax: "LIMIT", count, ...(offset && { offset }), span: cursor.span(start) };
  }
  let offset: Expression | undefined;
  if (cursor.is("OFFSET") && isClauseWord(cursor)) {
    cursor.next();
    offset = parseCount(cursor);
    cursor.acceptAnyOf("ROW", "ROWS");
  }
  if (cursor.is("FETCH") && isClauseWord(cursor)) {
    cursor.next();
    cursor.acceptAnyOf("FIRST", "NEXT");
    const count = parseCount(cursor);
    cursor.acceptAnyOf("ROW", "ROWS");
    cursor.accept("ONLY");
    return { kind: "Limit", syntax: "FETCH", count, ...(offset && { offset }), span: cursor.span(start) };
  }
  return offset && { kind: "Limit", syntax: "OFFSET", offset, span: cursor.span(start) };
}

/** A constant, a variable or a bind; NULL, '' and $$$$ stand for no limit. */
function parseCount(cursor: Cursor): Expression {
  const { kind, keyword, value } = cursor.token;
  if (kind === "Variable" || keyword === "?" || keyword === ":") return cursor.operand();
  if (kind === "Number" || keyword === "NULL" || (kind === "String" && value === "")) return parseConstant(cursor);
  throw cursor.unexpected(["a count"]);
}

/** One token: a count is no sum. */
function parseConstant(cursor: Cursor): Expression {
  if (cursor.isString()) return cursor.string();
  const { kind, value: text } = cursor.token;
  const span = cursor.spanOf(cursor.next());
  return kind === "Number" ? { kind: "NumberLiteral", text, span } : { kind: "NullLiteral", span };
}
