import type { Merge, MergeAction, MergeClause } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseTargetAlias } from "../query/tableAlias";
import { parseTableReference } from "../query/tableReferences";
import { parseAssignments } from "./update";

/** https://docs.snowflake.com/en/sql-reference/sql/merge */
export function parseMerge(cursor: Cursor): Merge {
  const { start } = cursor;
  cursor.expectSequence("MERGE", "INTO");
  const table = cursor.name();
  const alias = parseTargetAlias(cursor);
  cursor.expect("USING");
  const using = parseTableReference(cursor);
  cursor.expect("ON");
  const on = cursor.expression();
  const clauses: MergeClause[] = [];
  do clauses.push(parseClause(cursor));
  while (cursor.is("WHEN"));
  return { kind: "Merge", table, ...(alias && { alias }), using, on, clauses, span: cursor.span(start) };
}

function parseClause(cursor: Cursor): MergeClause {
  const { start } = cursor;
  cursor.expect("WHEN");
  const matched = !cursor.accept("NOT");
  cursor.expect("MATCHED");
  const condition = cursor.accept("AND") ? cursor.expression() : undefined;
  cursor.expect("THEN");
  const action = matched ? parseMatchedAction(cursor) : parseInsertAction(cursor);
  return { kind: "MergeClause", matched, ...(condition && { condition }), action, span: cursor.span(start) };
}

function parseMatchedAction(cursor: Cursor): MergeAction {
  if (cursor.accept("DELETE")) return { type: "DELETE" };
  cursor.expect("UPDATE");
  if (cursor.acceptSequence("ALL", "BY", "NAME")) return { type: "UPDATE ALL BY NAME" };
  return { type: "UPDATE", set: parseAssignments(cursor) };
}

function parseInsertAction(cursor: Cursor): MergeAction {
  cursor.expect("INSERT");
  if (cursor.acceptSequence("ALL", "BY", "NAME")) return { type: "INSERT ALL BY NAME" };
  const columns = cursor.is("(") ? cursor.parenthesizedList(() => parseInsertColumn(cursor)) : [];
  cursor.expect("VALUES");
  return { type: "INSERT", columns, values: cursor.parenthesizedList(() => cursor.expression()) };
}

/** `t.a` names the same column as `a`. */
function parseInsertColumn(cursor: Cursor): ReturnType<Cursor["identifier"]> {
  let column = cursor.identifier();
  while (cursor.accept(".")) column = cursor.anyIdentifier();
  return column;
}
