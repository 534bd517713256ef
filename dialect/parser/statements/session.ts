import type { AlterSession } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseProperties } from "../properties";

/** `ALTER SESSION SET a = 1 b = 2`, `ALTER SESSION UNSET a, b`. https://docs.snowflake.com/en/sql-reference/sql/alter-session */
export function parseAlterSession(cursor: Cursor, start: number): AlterSession {
  if (cursor.accept("UNSET")) {
    const unset = cursor.list(() => cursor.anyIdentifier().value);
    return { kind: "AlterSession", unset, span: cursor.span(start) };
  }
  cursor.expect("SET");
  const set = parseProperties(cursor);
  if (set.length === 0) throw cursor.unexpected(["a parameter"]);
  return { kind: "AlterSession", set, span: cursor.span(start) };
}
