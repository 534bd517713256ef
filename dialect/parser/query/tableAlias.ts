import type { TableAlias } from "../../ast/index";
import type { Cursor } from "../cursor";
import { NOT_A_TABLE } from "../keywords";
import { isClauseWord } from "./queryStart";

/** `[AS] name [(columns)]`, if it is there. */
export function parseTableAlias(cursor: Cursor): TableAlias | undefined {
  const alias = parseTargetAlias(cursor);
  if (alias === undefined || !cursor.is("(")) return alias;
  return {
    ...alias,
    columns: cursor.parenthesizedList(() => cursor.identifier()),
    span: cursor.span(alias.span.start),
  };
}

/** `[AS] name` of a table that is changed, whose columns keep their names. */
export function parseTargetAlias(cursor: Cursor): TableAlias | undefined {
  const { start } = cursor;
  // WINDOW is in the list of reserved words, but Snowflake takes it as an alias of a table.
  const isAlias = cursor.isIdentifier() || cursor.is("WINDOW");
  if (!cursor.accept("AS") && (!isAlias || NOT_A_TABLE.has(cursor.token.keyword) || isClauseWord(cursor)))
    return undefined;
  const name = cursor.is("WINDOW") ? cursor.anyIdentifier() : cursor.identifier(NOT_A_TABLE);
  return { kind: "TableAlias", name, columns: [], span: cursor.span(start) };
}
