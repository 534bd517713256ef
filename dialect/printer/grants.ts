import type {
  Grantee,
  GrantObject,
  GrantOwnership,
  GrantPrivileges,
  GrantRole,
  Privilege,
  RevokePrivileges,
  RevokeRole,
} from "../ast/index";
import { commas, type Document, parenthesizedList, sql, when, words } from "./document";
import { signature } from "./objects";

export const grantPrinters = {
  GrantPrivileges: (node: GrantPrivileges): Document =>
    words(
      "GRANT",
      commas(node.privileges),
      "ON",
      node.on,
      "TO",
      node.to,
      when(node.withGrantOption, "WITH GRANT OPTION"),
    ),
  RevokePrivileges: (node: RevokePrivileges): Document =>
    words(
      "REVOKE",
      when(node.grantOptionFor, "GRANT OPTION FOR"),
      commas(node.privileges),
      "ON",
      node.on,
      "FROM",
      node.from,
      node.behaviour,
    ),
  Privilege: (node: Privilege): Document =>
    words(node.name, when(node.columns.length, parenthesizedList(node.columns))),
  GrantObject: printGrantObject,
  Grantee: (node: Grantee): Document => sql`${node.type} ${node.name}`,
  GrantOwnership: (node: GrantOwnership): Document =>
    words(
      "GRANT OWNERSHIP ON",
      node.on,
      "TO",
      node.to,
      when(node.currentGrants, `${node.currentGrants} CURRENT GRANTS`),
      when(node.withGrantOption, "WITH GRANT OPTION"),
    ),
  GrantRole: (node: GrantRole): Document =>
    words("GRANT", roleOf(node), "TO", node.to, when(node.withGrantOption, "WITH GRANT OPTION")),
  RevokeRole: (node: RevokeRole): Document =>
    words("REVOKE", when(node.grantOptionFor, "GRANT OPTION FOR"), roleOf(node), "FROM", node.from, node.behaviour),
};

function roleOf(node: GrantRole | RevokeRole): Document {
  if (node.roleOf === undefined) return words(node.roleType, node.role);
  const roleType = node.className ? words(node.className, "ROLE") : node.roleType;
  return words(roleType, [node.roleOf, "!", node.role]);
}

function printGrantObject(node: GrantObject): Document {
  if (node.scope === "ACCOUNT") return "ACCOUNT";
  if (node.scope === "OBJECT") return words(node.objectType, node.name && signature(node.name, node.argumentTypes));
  return words(node.scope, plural(node.objectType), "IN", node.in?.type, node.in?.name);
}

/** `POLICY` is `POLICIES`, `INDEX` is `INDEXES`. */
function plural(objectType: string): string {
  if (objectType.endsWith("Y")) return `${objectType.slice(0, -1)}IES`;
  return objectType.endsWith("S") || objectType.endsWith("X") ? `${objectType}ES` : `${objectType}S`;
}
