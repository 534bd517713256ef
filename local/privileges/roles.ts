import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ExecutionContext, Rights } from "../execution/context";

const rolesByGrantee = (catalogue: CatalogueSnapshot): Map<number, number[]> =>
  catalogue.derived("ROLE_GRANT", rolesByGrantee, (grants) => {
    const index = new Map<number, number[]>();
    for (const { granteeId, roleId } of grants) {
      const list = index.get(granteeId);
      if (list) list.push(roleId);
      else index.set(granteeId, [roleId]);
    }
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

/** Roles granted directly to a role or user. */
export const rolesGrantedTo = (catalogue: CatalogueSnapshot, granteeId: number): readonly number[] =>
  rolesByGrantee(catalogue).get(granteeId) ?? [];

export const publicRole = (catalogue: CatalogueSnapshot): number | undefined => catalogue.find("ROLE", 0, "PUBLIC")?.id;

const withPublic = (catalogue: CatalogueSnapshot, roots: readonly number[]): number[] => {
  const everyone = publicRole(catalogue);
  return everyone === undefined ? [...roots] : [...roots, everyone];
};

interface Effective {
  version: CatalogueSnapshot;
  primary: ReadonlySet<number>;
  all: ReadonlySet<number>;
}

const memo = new WeakMap<Rights, Effective>();

function effective({ catalogue, rights }: Pick<ExecutionContext, "catalogue" | "rights">): Effective {
  const known = memo.get(rights);
  if (known?.version === catalogue) return known;
  const primary = closure(catalogue, withPublic(catalogue, rights.roleId === null ? [] : [rights.roleId]));
  let all: ReadonlySet<number> = primary;
  if (rights.secondaryRoles !== "NONE") {
    const secondary =
      rights.secondaryRoles === "ALL" ? rolesGrantedTo(catalogue, rights.userId) : rights.secondaryRoles;
    // What was granted to the user itself counts only with all secondary roles in effect.
    const self = rights.secondaryRoles === "ALL" ? [rights.userId] : [];
    all = closure(catalogue, [...primary, ...secondary, ...self]);
  }
  const computed = { version: catalogue, primary, all };
  memo.set(rights, computed);
  return computed;
}

/** Ids of all roles in effect: the primary role, the secondary roles, everything granted to them, PUBLIC. */
export const activeRoles = (context: Pick<ExecutionContext, "catalogue" | "rights">): ReadonlySet<number> =>
  effective(context).all;

/** Roles that may authorise a CREATE: the primary role and what is granted to it. Secondary roles never create. */
export const primaryRoles = (context: Pick<ExecutionContext, "catalogue" | "rights">): ReadonlySet<number> =>
  effective(context).primary;

/** Roles that the user may take with USE ROLE. */
export const rolesOfUser = ({ catalogue }: Pick<ExecutionContext, "catalogue">, userId: number): ReadonlySet<number> =>
  closure(catalogue, withPublic(catalogue, rolesGrantedTo(catalogue, userId)));
