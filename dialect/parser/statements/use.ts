import type { Use, UseSecondaryRoles } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseSecondaryRoles } from "./dynamicTable";

const TYPES = ["ROLE", "WAREHOUSE", "DATABASE", "SCHEMA", "CATALOG"] as const;

/** https://docs.snowflake.com/en/sql-reference/sql/use */
export function parseUse(cursor: Cursor): Use | UseSecondaryRoles {
  const { start } = cursor;
  cursor.expect("USE");
  if (cursor.acceptSequence("SECONDARY", "ROLES")) {
    const roles = parseSecondaryRoles(cursor);
    return { kind: "UseSecondaryRoles", roles, span: cursor.span(start) };
  }
  const type = isType(cursor) ? cursor.acceptAnyOf(...TYPES) : undefined;
  const name = cursor.name();
  return { kind: "Use", ...(type && { type }), name, span: cursor.span(start) };
}

/** `USE schema` alone is a database of that name. */
function isType(cursor: Cursor): boolean {
  const next = cursor.peek();
  if (next.kind === "End" || next.keyword === ";" || next.keyword === ".") {
    cursor.isAnyOf(TYPES);
    return false;
  }
  return true;
}
