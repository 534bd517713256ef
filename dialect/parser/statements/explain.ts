import type { Explain } from "../../ast/index";
import type { Cursor } from "../cursor";

/** https://docs.snowflake.com/en/sql-reference/sql/explain */
export function parseExplain(cursor: Cursor): Explain {
  const { start } = cursor;
  cursor.expect("EXPLAIN");
  const format = cursor.accept("USING") ? cursor.expectAnyOf("TABULAR", "JSON", "TEXT") : undefined;
  const statement = cursor.statement();
  return { kind: "Explain", ...(format && { format }), statement, span: cursor.span(start) };
}
