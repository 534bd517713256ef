import type { Use, UseSecondaryRoles } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseSecondaryRoles } from "./dynamicTable";

const TYPES = ["ROLE", "WAREHOUSE", "DATABASE", "SCHEMA", "CATALOG"] as const;

/** How many parts the name may have; a bare name is a database or a schema. */
const MOST_PARTS: Record<string, number> = { ROLE: 1, WAREHOUSE: 1, DATABASE: 1, CATALOG: 1 };

/** https://docs.snowflake.com/en/sql-reference/sql/use */
export function parseUse(cursor: Cursor): Use | UseSecondaryRoles {
  const { start } = cursor;
  cursor.expect("USE");
  // Snowflake takes the singular too, though no page says so.
  if (cursor.acceptSequence("SECONDARY", "ROLES") || cursor.acceptSequence("SECONDARY", "ROLE")) {
    const roles = parseSecondaryRoles(cursor);
    return { kind: "UseSecondaryRoles", roles, span: cursor.span(start) };
  }
  if (cursor.is("APPLICATION") && cursor.peek().kind === "Word") {
    cursor.next();
    const type = cursor.is("PACKAGE") && cursor.peek().kind === "Word" ? "APPLICATION PACKAGE" : "APPLICATION";
    if (type === "APPLICATION PACKAGE") cursor.next();
    return { kind: "Use", type, name: cursor.name(), span: cursor.span(start) };
  }
  const type = isType(cursor) ? cursor.acceptAnyOf(...TYPES) : undefined;
  const name = cursor.name(undefined, MOST_PARTS[type ?? ""] ?? 2);
  return { kind: "Use", ...(type && { type }), name, span: cursor.span(start) };
}

/** `USE catalog` alone is a database of that name; the other words want a name behind them. */
function isType(cursor: Cursor): boolean {
  const next = cursor.peek();
  if (next.keyword === ".") return false;
  return !cursor.is("CATALOG") || (next.kind !== "End" && next.keyword !== ";");
}
