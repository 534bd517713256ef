import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc } from "../catalogue/model";
import { kindText } from "../catalogue/model";
import { insufficientPrivileges } from "../errors";
import type { ExecutionContext, Rights } from "../execution/context";
import type { Privileges } from "./contract";

const rolesByGrantee = (catalogue: CatalogueSnapshot): Map<number, number[]> =>
  catalogue.derived("ROLE_GRANT", "rolesByGrantee", (grants) => {
    const index = new Map<number, number[]>();
    for (const grant of grants) index.set(grant.granteeId, [...(index.get(grant.granteeId) ?? []), grant.roleId]);
    return index;
  });

/** `roots` and all roles granted to them, directly or through others. */
export function closure(catalogue: CatalogueSnapshot, roots: Iterable<number>): Set<number> {
  const index = rolesByGrantee(catalogue);
  const found = new Set<number>();
  const queue = [...roots];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...(index.get(id) ?? []));
  }
  return found;
}

export const publicRole = (catalogue: CatalogueSnapshot): number | undefined => catalogue.find("ROLE", 0, "PUBLIC")?.id;

const memo = new WeakMap<Rights, { version: number; roles: ReadonlySet<number> }>();

export const activeRoles: Privileges["activeRoles"] = ({ catalogue, rights }) => {
  const known = memo.get(rights);
  if (known?.version === catalogue.version) return known.roles;
  const roots: number[] = [];
  if (rights.roleId !== null) roots.push(rights.roleId);
  const everyone = publicRole(catalogue);
  if (everyone !== undefined) roots.push(everyone);
  if (rights.secondaryRoles === "ALL") roots.push(...(rolesByGrantee(catalogue).get(rights.userId) ?? []));
  else if (rights.secondaryRoles !== "NONE") roots.push(...rights.secondaryRoles);
  const roles = closure(catalogue, roots);
  memo.set(rights, { version: catalogue.version, roles });
  return roles;
};

export const rolesOfUser: Privileges["rolesOfUser"] = ({ catalogue }, userId) => {
  const everyone = publicRole(catalogue);
  return closure(catalogue, [
    ...(rolesByGrantee(catalogue).get(userId) ?? []),
    ...(everyone === undefined ? [] : [everyone]),
  ]);
};

const grantsByObject = (catalogue: CatalogueSnapshot) =>
  catalogue.derived("GRANT", "grantsByObject", (grants) => {
    const index = new Map<number, { privilege: string; granteeId: number }[]>();
    for (const grant of grants) {
      const list = index.get(grant.objectId);
      if (list) list.push(grant);
      else index.set(grant.objectId, [grant]);
    }
    return index;
  });

export const has: Privileges["has"] = (context, privilege, object) => {
  const roles = activeRoles(context);
  if ("ownerId" in object && object.ownerId !== null && roles.has(object.ownerId)) return true;
  const grants = grantsByObject(context.catalogue).get(object.id) ?? [];
  return grants.some((grant) => grant.privilege === privilege && roles.has(grant.granteeId));
};

export const require: Privileges["require"] = (context, privilege, object) => {
  if (!has(context, privilege, object)) throw insufficientPrivileges(kindText(object.kind), object.name);
};

export const isVisible: Privileges["isVisible"] = (context, object) => {
  if (object.kind === "ROLE" || object.kind === "USER") return true;
  const roles = activeRoles(context);
  if ("ownerId" in object && object.ownerId !== null && roles.has(object.ownerId)) return true;
  return (grantsByObject(context.catalogue).get(object.id) ?? []).some((grant) => roles.has(grant.granteeId));
};

export const ownerRights: Privileges["ownerRights"] = (context, owned) => ({
  userId: context.rights.userId,
  roleId: "ownerId" in owned ? owned.ownerId : null,
  secondaryRoles: "NONE",
  frame: "owner",
});
