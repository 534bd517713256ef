import type { DataType } from "./dataTypes";
import type { Identifier, Name, ObjectName } from "./names";
import type { BaseNode } from "./node";
import type { ObjectType } from "./objects";

/** `GRANT privileges ON … TO grantee`. */
export interface GrantPrivileges extends BaseNode {
  kind: "GrantPrivileges";
  privileges: Privilege[];
  on: GrantObject;
  to: Grantee;
  withGrantOption: boolean;
}

export interface RevokePrivileges extends BaseNode {
  kind: "RevokePrivileges";
  grantOptionFor: boolean;
  privileges: Privilege[];
  on: GrantObject;
  from: Grantee;
  behaviour?: "CASCADE" | "RESTRICT";
}

/** `SELECT`, `CREATE DYNAMIC TABLE`, `ALL` (also for ALL PRIVILEGES), `SELECT (a, b)`; upper case. */
export interface Privilege extends BaseNode {
  kind: "Privilege";
  name: string;
  columns: Identifier[];
}

/**
 * What the privileges are on: one object, `ALL | FUTURE tables IN SCHEMA | DATABASE`, or ACCOUNT (no name).
 * `objectType` is singular, upper case: `TABLES` is `TABLE`.
 */
export interface GrantObject extends BaseNode {
  kind: "GrantObject";
  scope: "OBJECT" | "ALL" | "FUTURE" | "ACCOUNT";
  objectType: ObjectType;
  name?: Name;
  argumentTypes?: DataType[];
  /** Of ALL and FUTURE. */
  in?: { type: "SCHEMA" | "DATABASE" | "ACCOUNT" | "APPLICATION"; name?: Name };
}

/** Without a word the grantee is a role. */
export interface Grantee extends BaseNode {
  kind: "Grantee";
  type:
    | "ROLE"
    | "DATABASE ROLE"
    | "USER"
    | "SHARE"
    | "SHARE IN APPLICATION PACKAGE"
    | "APPLICATION ROLE"
    | "APPLICATION"
    | "CLASS ROLE"
    | "LISTING";
  name: Name;
}

/** `GRANT OWNERSHIP ON … TO ROLE r [COPY | REVOKE CURRENT GRANTS]`. */
export interface GrantOwnership extends BaseNode {
  kind: "GrantOwnership";
  on: GrantObject;
  to: Grantee;
  currentGrants?: "COPY" | "REVOKE";
  /** The owner may grant whatever there is; scripts say so all the same. */
  withGrantOption?: boolean;
}

/** `GRANT ROLE r TO ROLE | USER x`, `GRANT DATABASE ROLE …`, `GRANT APPLICATION ROLE …`. */
export interface GrantRole extends BaseNode {
  kind: "GrantRole";
  /** Of CLASS ROLE: `SNOWFLAKE.CORE.BUDGET`. */
  className?: ObjectName;
  roleType: "ROLE" | "DATABASE ROLE" | "APPLICATION ROLE" | "SERVICE ROLE" | "CLASS ROLE";
  role: Name;
  /** The service or instance before the `!` of `service!role`. */
  roleOf?: Name;
  to: Grantee;
  withGrantOption?: boolean;
}

export interface RevokeRole extends BaseNode {
  kind: "RevokeRole";
  /** The role stays granted, and may no longer be handed on. */
  grantOptionFor?: true;
  className?: ObjectName;
  roleType: "ROLE" | "DATABASE ROLE" | "APPLICATION ROLE" | "SERVICE ROLE" | "CLASS ROLE";
  role: Name;
  /** The service or instance before the `!` of `service!role`. */
  roleOf?: Name;
  from: Grantee;
  behaviour?: "CASCADE" | "RESTRICT";
}
