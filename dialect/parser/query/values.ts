import type { Expression, Values } from "../../ast/index";
import type { Cursor } from "../cursor";

/** `VALUES (1, 'a'), (2, 'b')`. https://docs.snowflake.com/en/sql-reference/constructs/values */
export function parseValues(cursor: Cursor): Values {
  const { start } = cursor;
  cursor.expect("VALUES");
  const rows: Expression[][] = [];
  do rows.push(cursor.parenthesizedList(() => cursor.expression()));
  while (cursor.accept(","));
  return { kind: "Values", rows, span: cursor.span(start) };
}
