export {
  accountOf,
  denied,
  grantsOn,
  has,
  hasGlobal,
  hasSystemRole,
  isGranted,
  isVisible,
  managesGrants,
  ownerOf,
  owns,
  ownsManagedParent,
  requireAny,
  requireCreate,
  requirePrivilege,
  // A module of its own cannot have a function of this name, an export can.
  requirePrivilege as require,
  requireSystemRole,
} from "./check";
export { applyFutureGrants } from "./futureGrants";
export { isSecurable, privilegesOfKind, privilegesOfType } from "./matrix";
export { creatorRole, ownerRights } from "./owner";
export { activeRoles, closure, primaryRoles, publicRole, rolesGrantedTo, rolesOfUser } from "./roles";
export { SYSTEM_ROLES, systemRole } from "./systemRoles";
