/**
 * What the rest of `local/` asks of privileges; implemented in this folder and exported by `privileges/index.ts`.
 * All functions are pure over `context.catalogue` and `context.rights`.
 */
import type { ObjectDoc } from "../catalogue/model";
import type { ExecutionContext, Rights } from "../execution/context";

export interface Privileges {
  /** Ids of all roles in effect: the primary role, the secondary roles, everything granted to them, PUBLIC. */
  activeRoles(context: ExecutionContext): ReadonlySet<number>;
  /** Any active role owns the object, or holds the privilege on it (OWNERSHIP counts as every privilege). */
  has(context: ExecutionContext, privilege: string, object: ObjectDoc): boolean;
  /** Throws 003001 in Snowflake's words. */
  require(context: ExecutionContext, privilege: string, object: ObjectDoc): void;
  /** May the object be seen at all (any privilege on it, USAGE on its parents)? If not, it is answered as not existing. */
  isVisible(context: ExecutionContext, object: ObjectDoc): boolean;
  /** Roles that the user may take with USE ROLE. */
  rolesOfUser(context: ExecutionContext, userId: number): ReadonlySet<number>;
  /** Rights of the owner of a view, dynamic table or procedure. */
  ownerRights(context: ExecutionContext, owned: ObjectDoc): Rights;
}
