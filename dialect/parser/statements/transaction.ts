import type { BeginTransaction, Commit, Rollback } from "../../ast/index";
import type { Cursor } from "../cursor";

/** `BEGIN [WORK | TRANSACTION] [NAME n]`, `START TRANSACTION [NAME n]`. https://docs.snowflake.com/en/sql-reference/sql/begin */
export function parseBeginTransaction(cursor: Cursor): BeginTransaction {
  const { start } = cursor;
  if (cursor.accept("START")) cursor.expect("TRANSACTION");
  else {
    cursor.expect("BEGIN");
    cursor.acceptAnyOf("WORK", "TRANSACTION");
  }
  const name = cursor.accept("NAME") ? cursor.identifier() : undefined;
  return { kind: "BeginTransaction", ...(name && { name }), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/commit */
export function parseCommit(cursor: Cursor): Commit {
  const { start } = cursor;
  cursor.expect("COMMIT");
  cursor.accept("WORK");
  return { kind: "Commit", span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/rollback */
export function parseRollback(cursor: Cursor): Rollback {
  const { start } = cursor;
  cursor.expect("ROLLBACK");
  cursor.accept("WORK");
  return { kind: "Rollback", span: cursor.span(start) };
}
