import type { Insert, InsertTarget, MultiTableInsert, Query } from "../../ast/index";
import type { Cursor } from "../cursor";

/**
 * INSERT into one table or into several.
 * https://docs.snowflake.com/en/sql-reference/sql/insert, https://docs.snowflake.com/en/sql-reference/sql/insert-multi-table
 */
export function parseInsert(cursor: Cursor): Insert | MultiTableInsert {
  const { start } = cursor;
  cursor.expect("INSERT");
  const overwrite = cursor.accept("OVERWRITE");
  const mode = cursor.acceptAnyOf("ALL", "FIRST");
  if (mode !== undefined) return parseMultiTable(cursor, start, overwrite, mode);
  cursor.expect("INTO");
  cursor.accept("TABLE");
  const table = cursor.name();
  const columns = isColumnList(cursor) ? cursor.parenthesizedList(() => cursor.identifier()) : [];
  const source = cursor.query();
  return { kind: "Insert", overwrite, table, columns, source, span: cursor.span(start) };
}

/** `(a, b)` is a list of columns, `(SELECT …)` the query. */
function isColumnList(cursor: Cursor): boolean {
  if (!cursor.is("(")) return false;
  const { keyword } = cursor.peek();
  return keyword !== "SELECT" && keyword !== "WITH" && keyword !== "VALUES" && keyword !== "(";
}

function parseMultiTable(cursor: Cursor, start: number, overwrite: boolean, mode: "ALL" | "FIRST"): MultiTableInsert {
  const branches: MultiTableInsert["branches"] = [];
  let otherwise: InsertTarget[] | undefined;
  if (mode === "ALL" && cursor.is("INTO")) branches.push({ into: parseTargets(cursor) });
  else {
    if (!cursor.is("WHEN")) throw cursor.unexpected();
    while (cursor.accept("WHEN")) {
      const when = cursor.expression();
      cursor.expect("THEN");
      branches.push({ when, into: parseTargets(cursor) });
    }
    if (cursor.accept("ELSE")) otherwise = parseTargets(cursor);
  }
  const source: Query = cursor.query();
  return {
    kind: "MultiTableInsert",
    overwrite,
    mode,
    branches,
    ...(otherwise && { otherwise }),
    source,
    span: cursor.span(start),
  };
}

function parseTargets(cursor: Cursor): InsertTarget[] {
  const targets: InsertTarget[] = [];
  do targets.push(parseTarget(cursor));
  while (cursor.is("INTO"));
  return targets;
}

function parseTarget(cursor: Cursor): InsertTarget {
  const { start } = cursor;
  cursor.expect("INTO");
  const target: InsertTarget = {
    kind: "InsertTarget",
    table: cursor.name(),
    columns: isColumnList(cursor) ? cursor.parenthesizedList(() => cursor.identifier()) : [],
    span: { start, end: start },
  };
  if (cursor.accept("VALUES")) target.values = cursor.parenthesizedList(() => cursor.expression());
  target.span = cursor.span(start);
  return target;
}
