/**
 * What the catalogue holds: one document per object, plain JSON. Ids are never reused and come from one sequence,
 * so an id alone names an object of any kind. Names are stored as resolved (unquoted names already upper case).
 *
 * Optional properties may be absent in documents written by an older version: read them with a default.
 */
import type { DataType } from "../types/dataType";
import type { FutureGrantDoc, GrantDoc, RoleGrantDoc } from "./model/access";
import type { NetworkPolicyDoc, ResourceMonitorDoc, WarehouseDoc } from "./model/account";
import type { MaskingPolicyDoc, RowAccessPolicyDoc } from "./model/bodyPolicies";
import type { PipeDoc } from "./model/pipes";
import type { DatabaseRoleDoc, RoleDoc, UserDoc } from "./model/principals";
import type {
  DynamicTableDoc,
  MaterializedViewDoc,
  SequenceDoc,
  StreamDoc,
  TableDoc,
  ViewDoc,
} from "./model/relations";
import type { FunctionDoc, ProcedureDoc } from "./model/routines";
import type { AlertDoc, TaskDoc } from "./model/schedules";
import type { SettledDoc } from "./model/settings";
import type { FileFormatDoc, StageDoc } from "./model/stages";

export * from "./model/access";
export * from "./model/account";
export * from "./model/bodyPolicies";
export * from "./model/pipes";
export * from "./model/principals";
export * from "./model/relations";
export * from "./model/routines";
export * from "./model/schedules";
export * from "./model/settings";
export * from "./model/stages";

export interface BaseDoc {
  id: number;
  name: string;
  /** Milliseconds since the epoch. */
  createdOn: number;
  comment?: string;
  /** Of the last ALTER or CREATE OR ALTER; absent = never since its creation. */
  lastDdlOn?: number;
  /** Set while the object can still be undropped; live look-ups do not see it. */
  droppedOn?: number;
  /** Parameters set on the object itself, upper-case names, e.g. `DATA_RETENTION_TIME_IN_DAYS`. */
  parameters?: Record<string, string | number | boolean>;
  /** Tag id → value. */
  tags?: Record<string, string>;
}

/** An object that a role (account role or database role) owns; null only for what the system owns. */
export interface OwnedDoc extends BaseDoc {
  ownerId: number | null;
}

export interface DatabaseDoc extends OwnedDoc {
  kind: "DATABASE";
  transient?: boolean;
}

export interface SchemaDoc extends OwnedDoc {
  kind: "SCHEMA";
  /** The database. */
  parentId: number;
  transient?: boolean;
  managedAccess?: boolean;
}

/** Everything that lives in a schema. */
export interface SchemaObjectDoc extends OwnedDoc {
  /** The schema. */
  parentId: number;
  /** Visible to this session only (temporary tables, stages, file formats). */
  sessionId?: string;
}

export interface TagDoc extends SchemaObjectDoc {
  kind: "TAG";
  allowedValues?: string[];
}

/** Parameters of the account itself (`ALTER ACCOUNT SET`), one document, name `ACCOUNT`. */
export interface AccountDoc extends BaseDoc {
  kind: "ACCOUNT";
  networkPolicyId?: number | undefined;
  passwordPolicyId?: number;
  authenticationPolicyId?: number;
}

/** A masking or row access policy in force; `columns` are ids of columns, one for each of its arguments. */
export interface AttachedPolicy {
  policyId: number;
  columns: number[];
}

/** Columns of any relation, and arguments' types. */
export interface ColumnDoc {
  /** Stable: physical column `c<id>`. */
  id: number;
  name: string;
  type: DataType;
  nullable: boolean;
  comment?: string;
  /** Text as written, shown by DESCRIBE: `CURRENT_TIMESTAMP()`, `'DIRECT'`. */
  defaultText?: string;
  /** Added with its default, which the rows from before have too: it cannot be dropped. */
  keepsDefault?: true;
  identity?: { start: number; step: number; sequenceId: number; ordered?: boolean };
  primaryKey?: string;
  uniqueKey?: string;
  tags?: Record<string, string>;
  /** `columns`: ids of the columns that the policy's arguments are, this one first. */
  maskingPolicy?: AttachedPolicy;
}

export type ObjectDoc =
  | AccountDoc
  | DatabaseDoc
  | SchemaDoc
  | TableDoc
  | ViewDoc
  | MaterializedViewDoc
  | DynamicTableDoc
  | StreamDoc
  | SequenceDoc
  | ProcedureDoc
  | FunctionDoc
  | StageDoc
  | FileFormatDoc
  | PipeDoc
  | TagDoc
  | AlertDoc
  | TaskDoc
  | WarehouseDoc
  | ResourceMonitorDoc
  | NetworkPolicyDoc
  | SettledDoc
  | MaskingPolicyDoc
  | RowAccessPolicyDoc
  | RoleDoc
  | DatabaseRoleDoc
  | UserDoc
  | GrantDoc
  | FutureGrantDoc
  | RoleGrantDoc;

export type ObjectKind = ObjectDoc["kind"];
export type DocOf<K extends ObjectKind> = Extract<ObjectDoc, { kind: K }>;

/** What a FROM clause can name. Tables, views and dynamic tables share one set of names per schema. */
export type RelationDoc = TableDoc | ViewDoc | MaterializedViewDoc | DynamicTableDoc;

/** Relations whose rows are computed when they are read. */
export const isView = <D extends { kind: ObjectKind }>(
  doc: D,
): doc is Extract<D, { kind: "VIEW" | "MATERIALIZED_VIEW" }> => doc.kind === "VIEW" || doc.kind === "MATERIALIZED_VIEW";

export const RELATION_KINDS = [
  "TABLE",
  "VIEW",
  "MATERIALIZED_VIEW",
  "DYNAMIC_TABLE",
] as const satisfies readonly ObjectKind[];

/** Kinds as printed in messages and in `granted_on`, blanks for underscores: `DYNAMIC TABLE`. */
export const kindText = (kind: ObjectKind): string => kind.replaceAll("_", " ");
