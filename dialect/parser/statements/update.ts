import type { ColumnAssignment, Delete, Update } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseTargetAlias } from "../query/tableAlias";
import { parseFrom } from "../query/tableReferences";

/** https://docs.snowflake.com/en/sql-reference/sql/update */
export function parseUpdate(cursor: Cursor): Update {
  const { start } = cursor;
  cursor.expect("UPDATE");
  const table = cursor.name();
  const alias = parseTargetAlias(cursor);
  // FROM may also stand before SET.
  let from = cursor.accept("FROM") ? parseFrom(cursor) : [];
  const set = parseAssignments(cursor);
  if (from.length === 0 && cursor.accept("FROM")) from = parseFrom(cursor);
  const where = cursor.accept("WHERE") ? cursor.expression() : undefined;
  return {
    kind: "Update",
    table,
    ...(alias && { alias }),
    set,
    from,
    ...(where && { where }),
    span: cursor.span(start),
  };
}

/** `SET a = 1, t.b = DEFAULT` */
export function parseAssignments(cursor: Cursor): ColumnAssignment[] {
  cursor.expect("SET");
  return cursor.list(() => parseAssignment(cursor));
}

function parseAssignment(cursor: Cursor): ColumnAssignment {
  const { start } = cursor;
  const column = [cursor.identifier()];
  while (cursor.accept(".")) column.push(cursor.anyIdentifier());
  cursor.expect("=");
  const value = cursor.expression();
  return { kind: "ColumnAssignment", column, value, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/delete */
export function parseDelete(cursor: Cursor): Delete {
  const { start } = cursor;
  cursor.expectSequence("DELETE", "FROM");
  const table = cursor.name();
  const alias = parseTargetAlias(cursor);
  const using = cursor.accept("USING") ? parseFrom(cursor) : [];
  const where = cursor.accept("WHERE") ? cursor.expression() : undefined;
  return { kind: "Delete", table, ...(alias && { alias }), using, ...(where && { where }), span: cursor.span(start) };
}
