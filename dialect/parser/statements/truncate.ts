import type { Truncate } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptIfExists } from "./createHead";

/** https://docs.snowflake.com/en/sql-reference/sql/truncate-table, …/truncate-materialized-view */
export function parseTruncate(cursor: Cursor): Truncate {
  const { start } = cursor;
  cursor.expect("TRUNCATE");
  const objectType = cursor.acceptSequence("MATERIALIZED", "VIEW") ? "MATERIALIZED VIEW" : "TABLE";
  if (objectType === "TABLE") cursor.accept("TABLE");
  const ifExists = acceptIfExists(cursor);
  return { kind: "Truncate", objectType, ifExists, table: cursor.name(), span: cursor.span(start) };
}
