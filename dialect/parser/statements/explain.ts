import type { Explain } from "../../ast/index";
import type { Cursor } from "../cursor";

/** https://docs.snowflake.com/en/sql-reference/sql/explain, …/user-guide/dynamic-tables/predict-refresh */
export function parseExplain(cursor: Cursor): Explain {
  const { start } = cursor;
  cursor.expect("EXPLAIN");
  const changes = cursor.accept("CHANGES");
  const format = cursor.accept("USING") ? cursor.expectAnyOf("TABULAR", "JSON", "TEXT") : undefined;
  const statement = cursor.statement();
  return {
    kind: "Explain",
    ...(changes && { changes }),
    ...(format && { format }),
    statement,
    span: cursor.span(start),
  };
}
