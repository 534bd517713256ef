import type { DataType } from "./dataTypes";
import type { BindPlaceholder, BindVariable, Expression, SessionVariable } from "./expressions";
import type { StringLiteral } from "./literals";
import type { Name } from "./names";
import type { BaseNode } from "./node";
import type { ObjectType } from "./objects";
import type { Property } from "./properties";

/** `SHOW [TERSE] kinds [HISTORY] [LIKE …] [IN …] [STARTS WITH …] [LIMIT n [FROM …]]`. */
export interface Show extends BaseNode {
  kind: "Show";
  terse: boolean;
  /** As written, plural, upper case: `DYNAMIC TABLES`, `FUTURE GRANTS`, `PRIMARY KEYS`. */
  objectType: ObjectType;
  history: boolean;
  like?: StringLiteral | BindVariable | BindPlaceholder | SessionVariable;
  /** `IN ACCOUNT | DATABASE d | SCHEMA s | d.s | TABLE t | APPLICATION …`. */
  in?: ShowScope;
  /** SHOW GRANTS: `ON kind name`, `TO ROLE r`, `OF ROLE r`; SHOW PARAMETERS: `FOR USER u`. */
  grants?: {
    preposition: "ON" | "TO" | "OF" | "FOR";
    objectType: ObjectType;
    name?: Name;
    /** The service or instance before the `!` of `service!role`. */
    roleOf?: Name;
    argumentTypes?: DataType[];
  };
  startsWith?: StringLiteral | BindVariable | BindPlaceholder | SessionVariable;
  limit?: { count: Expression; from?: StringLiteral };
  /** `WITH PRIVILEGES a, b`, `ROOT ONLY` and the like: the words, upper case. */
  options: string[];
  /** SHOW REPLICATION DATABASES WITH PRIMARY org.account.database. */
  withPrimary?: Name;
}

export interface ShowScope extends BaseNode {
  kind: "ShowScope";
  /** Absent when only a name was given. */
  type?:
    | "ACCOUNT"
    | "DATABASE"
    | "SCHEMA"
    | "TABLE"
    | "VIEW"
    | "APPLICATION"
    | "APPLICATION PACKAGE"
    | "FAILOVER GROUP"
    | "REPLICATION GROUP"
    | "CLASS"
    | "SERVICE"
    | "COMPUTE POOL"
    | "ORGANIZATION"
    | string;
  name?: Name;
  /** Of a procedure or function. */
  argumentTypes?: DataType[];
  /** `VERSION v` of a model, `RUN r` of an experiment. */
  part?: string;
}

/** `DESCRIBE | DESC kind name [(types)] [TYPE = COLUMNS | STAGE]`; also DESCRIBE RESULT 'id' | LAST_QUERY_ID(). */
export interface Describe extends BaseNode {
  kind: "Describe";
  objectType: ObjectType;
  name?: Name;
  argumentTypes?: DataType[];
  /** `SPECIFICATION s IN APPLICATION a` */
  application?: Name;
  /** DESCRIBE RESULT. */
  result?: Expression;
  properties: Property[];
}
