import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { AccountDoc, GrantDoc, ObjectDoc } from "../catalogue/model";
import { isView, kindText } from "../catalogue/model";
import { doesNotExistOrNotAuthorized, insufficientPrivileges } from "../errors";
import type { ExecutionContext, Rights } from "../execution/context";
import { fullName, printName } from "../names/print";
import { activeRoles, primaryRoles } from "./roles";
import { SYSTEM_ROLES } from "./systemRoles";

type Checked = Pick<ExecutionContext, "catalogue" | "rights"> & Partial<Pick<ExecutionContext, "services">>;

/** Grants by object. OWNERSHIP is not among them. */
export const grantsOn = (catalogue: CatalogueSnapshot, objectId: number): readonly GrantDoc[] =>
  catalogue
    .derived("GRANT", grantsOn, (grants) => {
      const index = new Map<number, GrantDoc[]>();
      for (const grant of grants) {
        const list = index.get(grant.objectId);
        if (list) list.push(grant);
        else index.set(grant.objectId, [grant]);
      }
      return index;
    })
    .get(objectId) ?? [];

export const ownerOf = (object: ObjectDoc): number | null => ("ownerId" in object ? object.ownerId : null);

const parentOf = (catalogue: CatalogueSnapshot, object: ObjectDoc): ObjectDoc | undefined =>
  "parentId" in object ? catalogue.byId(object.parentId) : undefined;

/** What system roles hold on the account without a grant: role id → privileges. */
const builtIn = (catalogue: CatalogueSnapshot): ReadonlyMap<number, ReadonlySet<string>> =>
  catalogue.derived("ROLE", builtIn, (roles) => {
    const names = new Map(SYSTEM_ROLES.map((role) => [role.name, new Set(role.globalPrivileges)]));
    const found = new Map<number, ReadonlySet<string>>();
    for (const role of roles) {
      const privileges = role.droppedOn === undefined ? names.get(role.name) : undefined;
      if (privileges) found.set(role.id, privileges);
    }
    return found;
  });

/** Privileges that hold the meaning of another: MANAGE WAREHOUSES is MODIFY, MONITOR and OPERATE on each warehouse. */
const IMPLIED_BY_GLOBAL: Record<string, Record<string, string>> = {
  WAREHOUSE: { MODIFY: "MANAGE WAREHOUSES", MONITOR: "MANAGE WAREHOUSES", OPERATE: "MANAGE WAREHOUSES" },
  USER: { MONITOR: "MONITOR USER" },
};

function holds(
  catalogue: CatalogueSnapshot,
  roles: ReadonlySet<number>,
  privilege: string,
  object: ObjectDoc,
): boolean {
  if (object.kind === "ACCOUNT") {
    for (const [role, privileges] of builtIn(catalogue)) {
      if (roles.has(role) && privileges.has(privilege)) return true;
    }
  }
  return grantsOn(catalogue, object.id).some((g) => g.privilege === privilege && roles.has(g.granteeId));
}

export const accountOf = (catalogue: CatalogueSnapshot): AccountDoc => {
  const account = catalogue.all("ACCOUNT")[0];
  if (!account) throw new Error("the catalogue has no ACCOUNT document");
  return account;
};

/** A global privilege such as MANAGE GRANTS or CREATE WAREHOUSE. */
export const hasGlobal = (context: Checked, privilege: string): boolean => {
  const account = context.catalogue.all("ACCOUNT")[0];
  return account !== undefined && holds(context.catalogue, activeRoles(context), privilege, account);
};

export const owns = (context: Checked, object: ObjectDoc): boolean => {
  const owner = ownerOf(object);
  return owner !== null && activeRoles(context).has(owner);
};

/** Any active role owns the object, or holds the privilege on it. */
export function has(context: Checked, privilege: string, object: ObjectDoc): boolean {
  if (owns(context, object)) return true;
  if (privilege === "OWNERSHIP") return false;
  if (holds(context.catalogue, activeRoles(context), privilege, object)) return true;
  const global = IMPLIED_BY_GLOBAL[object.kind]?.[privilege];
  return global !== undefined && hasGlobal(context, global);
}

/** May the role take part in granting on this object as its owner would? On the account, or on a container of it. */
export function managesGrants(context: Checked, object: ObjectDoc): boolean {
  if (hasGlobal(context, "MANAGE GRANTS")) return true;
  for (let at: ObjectDoc | undefined = object; at; at = parentOf(context.catalogue, at)) {
    if (at.kind !== "DATABASE" && at.kind !== "SCHEMA") continue;
    if (holds(context.catalogue, activeRoles(context), "MANAGE GRANTS", at)) return true;
  }
  return false;
}

const held = (context: Checked, object: ObjectDoc): boolean => {
  if (owns(context, object)) return true;
  const roles = activeRoles(context);
  return grantsOn(context.catalogue, object.id).some((grant) => roles.has(grant.granteeId));
};

const seen = new WeakMap<Rights, { version: CatalogueSnapshot; answers: Map<number, boolean> }>();

/**
 * May the object be seen at all? It takes any privilege on the object and on each of its parents.
 * Roles, users and the account are known to everyone; MANAGE GRANTS and RESOLVE ALL see everything.
 */
export function isVisible(context: Checked, object: ObjectDoc): boolean {
  let known = seen.get(context.rights);
  if (known?.version !== context.catalogue) {
    known = { version: context.catalogue, answers: new Map() };
    seen.set(context.rights, known);
  }
  let answer = known.answers.get(object.id);
  if (answer === undefined) {
    answer = computeVisible(context, object);
    known.answers.set(object.id, answer);
  }
  return answer;
}

function computeVisible(context: Checked, object: ObjectDoc): boolean {
  switch (object.kind) {
    case "ACCOUNT":
    case "ROLE":
    case "USER":
      return true;
  }
  if (hasGlobal(context, "MANAGE GRANTS") || hasGlobal(context, "RESOLVE ALL")) return true;
  if ("sessionId" in object && object.sessionId !== undefined && owns(context, object)) return true;
  if (!usableParents(context, object)) return false;
  if (object.kind === "SCHEMA" && object.name === "INFORMATION_SCHEMA") return true;
  if (object.kind === "DATABASE_ROLE") return true;
  if (object.kind === "WAREHOUSE" && hasGlobal(context, "MANAGE WAREHOUSES")) return true;
  if (object.kind === "MASKING_POLICY" && hasGlobal(context, "APPLY MASKING POLICY")) return true;
  if (object.kind === "ROW_ACCESS_POLICY" && hasGlobal(context, "APPLY ROW ACCESS POLICY")) return true;
  return held(context, object) || managesGrants(context, object) || ownsManagedParent(context, object);
}

/**
 * As `isVisible`, but by grants alone: INFORMATION_SCHEMA does not honour MANAGE GRANTS, RESOLVE ALL and their kin.
 * Source: https://docs.snowflake.com/en/sql-reference/info-schema/tables#usage-notes
 */
export function isGranted(context: Checked, object: ObjectDoc): boolean {
  if ("sessionId" in object && object.sessionId !== undefined && owns(context, object)) return true;
  for (let at: ObjectDoc | undefined = object; at; at = parentOf(context.catalogue, at)) {
    if (!held(context, at) && !(at === object && ownsManagedParent(context, at))) return false;
  }
  return true;
}

/** Is a system role, or a role above it, in effect? */
export function hasSystemRole(context: Checked, name: string): boolean {
  const role = context.catalogue.find("ROLE", 0, name);
  return role !== undefined && activeRoles(context).has(role.id);
}

/** The owner of a managed access schema manages the grants on all that is in it. */
export function ownsManagedParent(context: Checked, object: ObjectDoc): boolean {
  const parent = parentOf(context.catalogue, object);
  return parent?.kind === "SCHEMA" && parent.managedAccess === true && owns(context, parent);
}

function usableParents(context: Checked, object: ObjectDoc): boolean {
  for (let at = parentOf(context.catalogue, object); at; at = parentOf(context.catalogue, at)) {
    if (!held(context, at) && !managesGrants(context, at)) return false;
  }
  return true;
}

/** The outermost parent on which no active role holds anything. */
function unusableParent(context: Checked, object: ObjectDoc): ObjectDoc | undefined {
  let found: ObjectDoc | undefined;
  for (let at = parentOf(context.catalogue, object); at; at = parentOf(context.catalogue, at)) {
    if (at.kind === "SCHEMA" && at.name === "INFORMATION_SCHEMA") continue;
    if (!held(context, at)) found = at;
  }
  return found;
}

const title = (object: ObjectDoc): string => {
  const text = kindText(object.kind).toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** 003001 in Snowflake's words, with the sentence that names the missing privilege. */
export const denied = (context: Checked, object: ObjectDoc, privilege = "OWNERSHIP") =>
  insufficientPrivileges(
    object.kind,
    object.kind === "ACCOUNT" ? (context.services?.account.locator ?? object.name) : object.name,
    missingPrivilege(context, privilege, object),
  );

/**
 * Which role lacks which privilege on what. Views are granted on as tables; secondary roles are named where they would count.
 */
function missingPrivilege(context: Checked, privilege: string, object: ObjectDoc): string {
  const { catalogue, rights } = context;
  const role = rights.roleId === null ? undefined : catalogue.byId(rights.roleId);
  if (!role) return "";
  const lacks = `must have ${privilege} granted on ${securable(catalogue, object)}.`;
  if (rights.frame === "owner") {
    return `This executable runs with owner's rights. The owner role ${printName(role.name)} ${lacks}`;
  }
  const primaryAlone = rights.secondaryRoles === "NONE" || privilege.startsWith("CREATE ");
  return `Your primary role ${printName(role.name)}${primaryAlone ? "" : " or one of your secondary roles"} ${lacks}`;
}

function securable(catalogue: CatalogueSnapshot, object: ObjectDoc): string {
  if (object.kind === "ACCOUNT") return "ACCOUNT";
  const routine = object.kind === "PROCEDURE" || object.kind === "FUNCTION";
  const types = routine ? `(${object.arguments.map((a) => a.type.kind).join(", ")})` : "";
  return `${isView(object) ? "TABLE" : kindText(object.kind)} ${fullName(catalogue, object)}${types}`;
}

/** Throws 003001 in Snowflake's words; 002003 when a parent cannot be used. */
export function requirePrivilege(context: Checked, privilege: string, object: ObjectDoc): void {
  requireAny(context, [privilege], object);
}

/** One of several privileges suffices: SELECT or REFERENCES, OPERATE or OWNERSHIP. */
export function requireAny(context: Checked, privileges: readonly string[], object: ObjectDoc): void {
  const closed = unusableParent(context, object);
  if (closed) throw doesNotExistOrNotAuthorized(title(closed), closed.name);
  if (!privileges.some((privilege) => has(context, privilege, object))) throw denied(context, object, privileges[0]);
}

/** The privilege to create something in `container` (account, database, schema) must come from the primary role. */
export function requireCreate(context: Checked, privilege: string, container: ObjectDoc): void {
  const closed = unusableParent(context, container);
  if (closed) throw doesNotExistOrNotAuthorized(title(closed), closed.name);
  const roles = primaryRoles(context);
  const owner = ownerOf(container);
  if (owner !== null && roles.has(owner)) return;
  if (!holds(context.catalogue, roles, privilege, container)) throw denied(context, container, privilege);
}

/** Account-level acts that belong to one system role, such as CREATE RESOURCE MONITOR. */
export function requireSystemRole(context: Checked, name: string, object: ObjectDoc): void {
  if (!hasSystemRole(context, name)) throw denied(context, object);
}
