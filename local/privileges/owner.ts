import type { ObjectDoc } from "../catalogue/model";
import { accessControlError } from "../errors";
import type { ExecutionContext, Rights } from "../execution/context";
import { ownerOf } from "./check";

const rights = new WeakMap<ObjectDoc, Map<number, Rights>>();

/** Rights of the owner of a view, dynamic table or procedure. One object per document, so that checks stay memoised. */
export function ownerRights(context: Pick<ExecutionContext, "rights">, owned: ObjectDoc): Rights {
  const { userId } = context.rights;
  let byUser = rights.get(owned);
  if (!byUser) {
    byUser = new Map();
    rights.set(owned, byUser);
  }
  let found = byUser.get(userId);
  if (!found) {
    found = { userId, roleId: ownerOf(owned), secondaryRoles: "NONE", frame: "owner" };
    byUser.set(userId, found);
  }
  return found;
}

/** The role that owns what the statement creates: the primary role. */
export function creatorRole(context: Pick<ExecutionContext, "rights">): number {
  const { roleId } = context.rights;
  if (roleId === null) throw accessControlError("This session does not have a current role. Call 'USE ROLE'.");
  return roleId;
}
