import type { ObjectKind } from "../model";

/** Grants have no names of their own; `name` is empty and `comment` unused. */
interface GrantBase {
  id: number;
  name: "";
  createdOn: number;
  droppedOn?: undefined;
}

/** `GRANT privilege ON object TO ROLE grantee`. OWNERSHIP is the owner's `ownerId`, never a GrantDoc. */
export interface GrantDoc extends GrantBase {
  kind: "GRANT";
  /** Upper case, e.g. `USAGE`, `CREATE TABLE`. */
  privilege: string;
  /** The object; the account's own id for global privileges. */
  objectId: number;
  /** A role, a database role or a user. */
  granteeId: number;
  grantOption: boolean;
  /** The role that granted; null when the system did. */
  grantedById: number | null;
}

/** `GRANT privilege ON FUTURE <plural> IN SCHEMA|DATABASE container TO ROLE grantee`; here OWNERSHIP is a privilege like others. */
export interface FutureGrantDoc extends GrantBase {
  kind: "FUTURE_GRANT";
  privilege: string;
  objectKind: ObjectKind;
  /** The database or schema. */
  containerId: number;
  granteeId: number;
  grantOption: boolean;
  grantedById: number | null;
}

/** `GRANT ROLE role TO ROLE|USER grantee`, also for database roles. */
export interface RoleGrantDoc extends GrantBase {
  kind: "ROLE_GRANT";
  roleId: number;
  granteeId: number;
  grantedById: number | null;
}
