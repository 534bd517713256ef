import type { Expression } from "./expressions";
import type { Identifier, Name } from "./names";
import type { BaseNode } from "./node";
import type { Property } from "./properties";

/** `USE [ROLE | WAREHOUSE | DATABASE | SCHEMA] name`, `USE SECONDARY ROLES ALL | NONE | a, b`. A bare `USE x` has no `type`: it is a database, `USE a.b` a schema. */
export interface Use extends BaseNode {
  kind: "Use";
  type?: "ROLE" | "WAREHOUSE" | "DATABASE" | "SCHEMA" | "CATALOG" | "APPLICATION" | "APPLICATION PACKAGE";
  name: Name;
}

export interface UseSecondaryRoles extends BaseNode {
  kind: "UseSecondaryRoles";
  roles: "ALL" | "NONE" | Identifier[];
}

/** `SET a = expr`, `SET (a, b) = (x, y)`, `SET (a, b) = (SELECT x, y …)`: one value for all. */
export interface SetVariable extends BaseNode {
  kind: "SetVariable";
  names: Identifier[];
  values: Expression[];
}

export interface UnsetVariable extends BaseNode {
  kind: "UnsetVariable";
  names: Identifier[];
}

export interface AlterSession extends BaseNode {
  kind: "AlterSession";
  set?: Property[];
  /** Upper case. */
  unset?: string[];
}

/** BEGIN [WORK | TRANSACTION] [NAME n], START TRANSACTION. */
export interface BeginTransaction extends BaseNode {
  kind: "BeginTransaction";
  name?: Identifier;
}

export interface Commit extends BaseNode {
  kind: "Commit";
}

export interface Rollback extends BaseNode {
  kind: "Rollback";
}
