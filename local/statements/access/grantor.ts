import type { ObjectDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import {
  activeRoles,
  grantsOn,
  hasGlobal,
  hasSystemRole,
  managesGrants,
  ownerOf,
  owns,
  ownsManagedParent,
} from "../../privileges/index";
import { ACCOUNTADMIN_GRANTS, OF_ORGANIZATION } from "../../privileges/matrix";

export interface Grantor {
  /** Null: the system. */
  id: number | null;
}

const isManaged = (context: ExecutionContext, object: ObjectDoc): boolean => {
  const parent = "parentId" in object ? context.catalogue.byId(object.parentId) : undefined;
  return parent?.kind === "SCHEMA" && parent.managedAccess === true;
};

/**
 * In whose name the active roles may grant this privilege; undefined = they may not. The owner comes first, then a holder of
 * the grant option, then MANAGE GRANTS, which acts as the owner. In a managed access schema only its owner and MANAGE GRANTS count.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/show-grants#usage-notes
 */
export function grantorOf(context: ExecutionContext, privilege: string, object: ObjectDoc): Grantor | undefined {
  if (object.kind === "ACCOUNT") return accountGrantor(context, privilege, object);
  if (isManaged(context, object)) {
    if (ownsManagedParent(context, object)) {
      const schema = context.catalogue.byId((object as ObjectDoc & { parentId: number }).parentId) as ObjectDoc;
      return { id: ownerOf(schema) };
    }
    return managesGrants(context, object) ? { id: ownerOf(object) } : undefined;
  }
  if (owns(context, object)) return { id: ownerOf(object) };
  const roles = activeRoles(context);
  const withOption = grantsOn(context.catalogue, object.id).find(
    (g) => g.privilege === privilege && g.grantOption && roles.has(g.granteeId),
  );
  if (withOption) return { id: withOption.granteeId };
  return managesGrants(context, object) ? { id: ownerOf(object) } : undefined;
}

function accountGrantor(context: ExecutionContext, privilege: string, account: ObjectDoc): Grantor | undefined {
  if (OF_ORGANIZATION.includes(privilege)) return undefined;
  const administrator = context.catalogue.find("ROLE", 0, "ACCOUNTADMIN")?.id ?? null;
  if (administrator !== null && activeRoles(context).has(administrator)) return { id: administrator };
  const roles = activeRoles(context);
  const withOption = grantsOn(context.catalogue, account.id).find(
    (g) => g.privilege === privilege && g.grantOption && roles.has(g.granteeId),
  );
  if (withOption) return { id: withOption.granteeId };
  if (ACCOUNTADMIN_GRANTS.has(privilege)) return undefined;
  return hasGlobal(context, "MANAGE GRANTS") ? { id: administrator } : undefined;
}

/** Grants of one object that the active roles may take back. */
export function revocable(
  context: ExecutionContext,
  object: ObjectDoc,
): (grant: { grantedById: number | null }) => boolean {
  if (object.kind === "ACCOUNT" && hasSystemRole(context, "ACCOUNTADMIN")) return () => true;
  if (managesGrants(context, object) || ownsManagedParent(context, object)) return () => true;
  const roles = activeRoles(context);
  return (grant) => grant.grantedById !== null && roles.has(grant.grantedById);
}
