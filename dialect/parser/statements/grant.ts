import type {
  Grantee,
  GrantOwnership,
  GrantPrivileges,
  GrantRole,
  Privilege,
  RevokePrivileges,
  RevokeRole,
  Unmodelled,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { isClass } from "./classes";
import { parseGrantee, parseGrantObject, parsePrivilege } from "./grantParts";
import { PLURAL_TYPES } from "./objectTypes";
import { checkPrivileges } from "./privileges";
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
  const privileges = parsePrivileges(cursor);
  cursor.expect("ON");
  const on = parseGrantObject(cursor);
  checkPrivileges(cursor, privileges, on);
  cursor.expect("TO");
  const to = parseGrantee(cursor);
  const withGrantOption = !SHARED_WITH.has(to.type) && cursor.acceptSequence("WITH", "GRANT", "OPTION");
  return { kind: "GrantPrivileges", privileges, on, to, withGrantOption, span: cursor.span(start) };
}

/** Who is given a privilege here cannot hand it on. */
const SHARED_WITH: ReadonlySet<Grantee["type"]> = new Set(["SHARE", "SHARE IN APPLICATION PACKAGE"]);

/** A list in which ALL stands alone. */
function parsePrivileges(cursor: Cursor): Privilege[] {
  const privileges = [parsePrivilege(cursor)];
  while (privileges[0]?.name !== "ALL" && cursor.accept(",")) {
    if (cursor.is("ALL")) throw cursor.unexpected(["a privilege"]);
    privileges.push(parsePrivilege(cursor));
  }
  return privileges;
}

/** https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege, …/revoke-role */
export function parseRevoke(cursor: Cursor): RevokePrivileges | RevokeRole | Unmodelled {
  const { start } = cursor;
  cursor.expect("REVOKE");
  if (isCallerGrant(cursor)) return parseCallerGrant(cursor, start, "REVOKE");
  const grantOptionFor = cursor.acceptSequence("GRANT", "OPTION", "FOR");
  const role = acceptRole(cursor);
  if (role !== undefined) return parseRevokeRole(cursor, start, role, grantOptionFor);
  const privileges = parsePrivileges(cursor);
  cursor.expect("ON");
  const on = parseGrantObject(cursor);
  checkPrivileges(cursor, privileges, on);
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

type RolePart = Pick<GrantRole, "roleType" | "role" | "roleOf" | "className">;

/** What may be handed on is a role of a role: a user has no grant option. */
function parseRevokeRole(cursor: Cursor, start: number, role: RolePart, grantOptionFor: boolean): RevokeRole {
  cursor.expect("FROM");
  const { token } = cursor;
  const from = parseGrantee(cursor, true);
  if (grantOptionFor && from.type === "USER") throw cursor.unexpected(["ROLE"], token);
  const behaviour = from.type === "USER" ? undefined : cursor.acceptAnyOf("CASCADE", "RESTRICT");
  return {
    kind: "RevokeRole",
    ...(grantOptionFor && { grantOptionFor }),
    ...role,
    from,
    ...(behaviour && { behaviour }),
    span: cursor.span(start),
  };
}

/** `ROLE r`, `DATABASE ROLE d.r`, `SERVICE ROLE s!r`; `ROLE` with ON behind it would be a privilege, and there is none. */
function acceptRole(cursor: Cursor): RolePart | undefined {
  if (isClass(cursor, "ROLE")) {
    const className = cursor.objectName();
    cursor.expect("ROLE");
    const roleOf = cursor.name();
    cursor.expect("!");
    return { roleType: "CLASS ROLE", className, role: cursor.objectName(), roleOf };
  }
  const roleType = ROLE_TYPES.find((words) => cursor.acceptSequence(...words.split(" ")));
  if (roleType === undefined) return undefined;
  const name = cursor.name(undefined, roleType === "ROLE" ? 1 : 3);
  if (!cursor.accept("!")) return { roleType, role: name };
  return { roleType, role: cursor.objectName(), roleOf: name };
}

function parseOwnership(cursor: Cursor, start: number): GrantOwnership {
  cursor.expectSequence("OWNERSHIP", "ON");
  const on = parseGrantObject(cursor);
  cursor.expect("TO");
  if (cursor.is("SHARE") || cursor.is("USER")) throw cursor.unexpected(["ROLE", "DATABASE ROLE"]);
  // The page hands a table to the database role d.r as `TO ROLE d.r`.
  const to: Grantee = parseGrantee(cursor, false, 2);
  const currentGrants = cursor.acceptAnyOf("COPY", "REVOKE");
  if (currentGrants !== undefined) cursor.expectSequence("CURRENT", "GRANTS");
  const withGrantOption = cursor.acceptSequence("WITH", "GRANT", "OPTION");
  return {
    kind: "GrantOwnership",
    on,
    to,
    ...(currentGrants && { currentGrants }),
    ...(withGrantOption && { withGrantOption }),
    span: cursor.span(start),
  };
}

function isCallerGrant(cursor: Cursor): boolean {
  return (
    cursor.isSequence("CALLER") ||
    cursor.isSequence("ALL", "CALLER") ||
    cursor.isSequence("INHERITED", "CALLER") ||
    cursor.isSequence("ALL", "INHERITED", "CALLER")
  );
}

/** https://docs.snowflake.com/en/sql-reference/sql/grant-caller, …/revoke-caller */
function parseCallerGrant(cursor: Cursor, start: number, verb: "GRANT" | "REVOKE"): Unmodelled {
  const all = cursor.accept("ALL");
  const inherited = cursor.accept("INHERITED");
  cursor.expect("CALLER");
  const rest = () => {
    if (all) cursor.expect("PRIVILEGES");
    else cursor.list(() => parsePrivilege(cursor));
    cursor.expect("ON");
    if (inherited) expectInherited(cursor);
    else if (cursor.isAnyOf(["ALL", "FUTURE"])) throw cursor.unexpected(["a kind of object"]);
    else parseGrantObject(cursor);
    cursor.expect(verb === "GRANT" ? "TO" : "FROM");
    const { token } = cursor;
    if (!CALLERS.has(parseGrantee(cursor).type)) throw cursor.unexpected([...CALLERS], token);
  };
  return parseUnmodelled(cursor, { start, verb, objectType: "CALLER PRIVILEGES", nameless: true, rest });
}

const CALLERS: ReadonlySet<Grantee["type"]> = new Set(["ROLE", "DATABASE ROLE", "APPLICATION"]);

/** `ALL TABLES IN SCHEMA s` */
function expectInherited(cursor: Cursor): void {
  cursor.expect("ALL");
  PLURAL_TYPES.expect(cursor);
  cursor.expect("IN");
  if (cursor.accept("ACCOUNT")) return;
  if (!cursor.acceptSequence("APPLICATION", "PACKAGE")) cursor.expectAnyOf("DATABASE", "SCHEMA", "APPLICATION");
  cursor.name();
}
