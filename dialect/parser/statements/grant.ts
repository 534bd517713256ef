import type {
  Grantee,
  GrantOwnership,
  GrantPrivileges,
  GrantRole,
  RevokePrivileges,
  RevokeRole,
  Unmodelled,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseGrantee, parseGrantObject, parsePrivilege } from "./grantParts";
import { parseUnmodelled } from "./unmodelled";

const ROLE_TYPES = ["DATABASE ROLE", "APPLICATION ROLE", "SERVICE ROLE", "ROLE"] as const;

/**
 * GRANT in all its forms.
 * https://docs.snowflake.com/en/sql-reference/sql/grant-privilege, …/grant-ownership, …/grant-role, …/grant-caller
 */
export function parseGrant(cursor: Cursor): GrantPrivileges | GrantOwnership | GrantRole | Unmodelled {
  const { start } = cursor;
  cursor.expect("GRANT");
  const role = acceptRole(cursor);
  if (role !== undefined) {
    cursor.expect("TO");
    const to = parseGrantee(cursor, true);
    const withGrantOption = to.type === "ROLE" && cursor.acceptSequence("WITH", "GRANT", "OPTION");
    return { kind: "GrantRole", ...role, to, ...(withGrantOption && { withGrantOption }), span: cursor.span(start) };
  }
  if (isCallerGrant(cursor)) return parseCallerGrant(cursor, start, "GRANT");
  if (cursor.isSequence("OWNERSHIP", "ON")) return parseOwnership(cursor, start);
  const privileges = cursor.list(() => parsePrivilege(cursor));
  cursor.expect("ON");
  const on = parseGrantObject(cursor);
  cursor.expect("TO");
  const to = parseGrantee(cursor);
  const withGrantOption = cursor.acceptSequence("WITH", "GRANT", "OPTION");
  return { kind: "GrantPrivileges", privileges, on, to, withGrantOption, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege, …/revoke-role */
export function parseRevoke(cursor: Cursor): RevokePrivileges | RevokeRole | Unmodelled {
  const { start } = cursor;
  cursor.expect("REVOKE");
  const role = acceptRole(cursor);
  if (role !== undefined) {
    cursor.expect("FROM");
    return { kind: "RevokeRole", ...role, from: parseGrantee(cursor, true), span: cursor.span(start) };
  }
  if (isCallerGrant(cursor)) return parseCallerGrant(cursor, start, "REVOKE");
  const grantOptionFor = cursor.acceptSequence("GRANT", "OPTION", "FOR");
  const privileges = cursor.list(() => parsePrivilege(cursor));
  cursor.expect("ON");
  const on = parseGrantObject(cursor);
  cursor.expect("FROM");
  const from = parseGrantee(cursor);
  const behaviour = cursor.acceptAnyOf("CASCADE", "RESTRICT");
  return {
    kind: "RevokePrivileges",
    grantOptionFor,
    privileges,
    on,
    from,
    ...(behaviour && { behaviour }),
    span: cursor.span(start),
  };
}

/** `ROLE r`, `DATABASE ROLE d.r`, `SERVICE ROLE s!r`; `ROLE` with ON behind it would be a privilege, and there is none. */
function acceptRole(cursor: Cursor): Pick<GrantRole, "roleType" | "role" | "roleOf"> | undefined {
  const roleType = ROLE_TYPES.find((words) => cursor.acceptSequence(...words.split(" ")));
  if (roleType === undefined) return undefined;
  const name = cursor.name();
  if (!cursor.accept("!")) return { roleType, role: name };
  return { roleType, role: cursor.objectName(), roleOf: name };
}

function parseOwnership(cursor: Cursor, start: number): GrantOwnership {
  cursor.acceptSequence("OWNERSHIP", "ON");
  const on = parseGrantObject(cursor);
  cursor.expect("TO");
  const to: Grantee = parseGrantee(cursor);
  const currentGrants = cursor.acceptAnyOf("COPY", "REVOKE");
  if (currentGrants !== undefined) cursor.expectSequence("CURRENT", "GRANTS");
  return { kind: "GrantOwnership", on, to, ...(currentGrants && { currentGrants }), span: cursor.span(start) };
}

function isCallerGrant(cursor: Cursor): boolean {
  return (
    cursor.isSequence("CALLER") ||
    cursor.isSequence("ALL", "CALLER") ||
    cursor.isSequence("INHERITED", "CALLER") ||
    cursor.isSequence("ALL", "INHERITED", "CALLER")
  );
}

function parseCallerGrant(cursor: Cursor, start: number, verb: string): Unmodelled {
  while (cursor.acceptAnyOf("ALL", "INHERITED"));
  cursor.expect("CALLER");
  return parseUnmodelled(cursor, { start, verb, objectType: "CALLER PRIVILEGES", nameless: true });
}
