import type { ColumnDefinition, Constraint } from "./columns";
import type { DataType } from "./dataTypes";
import type { Expression } from "./expressions";
import type { StringLiteral } from "./literals";
import type { Identifier, Name } from "./names";
import type { BaseNode } from "./node";
import type { ObjectType, ResourceMonitorTrigger } from "./objects";
import type { PolicyClause, Property, TagAssignment } from "./properties";
import type { Query } from "./query";
import type { Statement } from "./statements";

/** `ALTER kind [IF EXISTS] name action …`; ALTER SESSION is `AlterSession`. `name` is absent for ALTER ACCOUNT. */
export interface Alter extends BaseNode {
  kind: "Alter";
  objectType: ObjectType;
  ifExists: boolean;
  name?: Name;
  /** `ALTER DYNAMIC TABLE a, b, c REFRESH`: all but the first. */
  furtherNames?: Name[];
  argumentTypes?: DataType[];
  /** Usually one; ALTER TABLE may combine several. */
  actions: AlterAction[];
}

export interface RenameTo extends BaseNode {
  kind: "RenameTo";
  name: Name;
  /** Of ALTER ACCOUNT. */
  saveOldUrl?: boolean;
}

export interface SwapWith extends BaseNode {
  kind: "SwapWith";
  name: Name;
}

/** `SET a = 1 b = 2`, for stages and file formats as for warehouses. */
export interface SetProperties extends BaseNode {
  kind: "SetProperties";
  properties: Property[];
}

export interface UnsetProperties extends BaseNode {
  kind: "UnsetProperties";
  /** Upper case. */
  names: string[];
}

export interface SetTags extends BaseNode {
  kind: "SetTags";
  tags: TagAssignment[];
}

export interface UnsetTags extends BaseNode {
  kind: "UnsetTags";
  tags: Name[];
}

/** One value of a tag that may have several. */
interface TagValue {
  type: "ADD VALUE" | "DROP VALUE";
  value: StringLiteral;
  tag: Name;
}

/** `ADD | DROP VALUE 'v' FOR TAG t` */
export interface ChangeTagValue extends BaseNode {
  kind: "ChangeTagValue";
  change: TagValue;
}

export interface AddColumns extends BaseNode {
  kind: "AddColumns";
  ifNotExists: boolean;
  columns: ColumnDefinition[];
}

export interface DropColumns extends BaseNode {
  kind: "DropColumns";
  ifExists: boolean;
  columns: Identifier[];
}

export interface RenameColumn extends BaseNode {
  kind: "RenameColumn";
  from: Identifier;
  to: Identifier;
}

/** `ALTER | MODIFY [COLUMN] c …`, one node per column. */
export interface AlterColumn extends BaseNode {
  kind: "AlterColumn";
  column: Identifier;
  change: ColumnChange;
}

export type ColumnChange =
  | { type: "SET DATA TYPE"; dataType: DataType; collate?: string }
  | { type: "SET NOT NULL" | "DROP NOT NULL" | "DROP DEFAULT" | "DROP WRITE DEFAULT" | "UNSET COMMENT" }
  /** WRITE DEFAULT is that of an Iceberg table, for new rows alone. */
  | { type: "SET DEFAULT" | "SET WRITE DEFAULT"; value: Expression }
  | { type: "COMMENT"; comment: string }
  | { type: "SET POLICY"; policy: PolicyClause }
  | { type: "UNSET POLICY"; policyType: string }
  /** `IN (…)`, `BETWEEN (…)`, `REFERENCES t (c)`; the domain stays text. */
  | { type: "SET PRIVACY DOMAIN"; domain: string }
  | { type: "UNSET PRIVACY DOMAIN" }
  | { type: "SET TAG"; tags: TagAssignment[] }
  | { type: "UNSET TAG"; names: Name[] }
  | TagValue;

export interface AddConstraint extends BaseNode {
  kind: "AddConstraint";
  constraint: Constraint;
}

/** By name, or `DROP PRIMARY KEY | UNIQUE (…) | FOREIGN KEY (…)`. */
export interface DropConstraint extends BaseNode {
  kind: "DropConstraint";
  name?: Identifier;
  type?: "PRIMARY KEY" | "UNIQUE" | "FOREIGN KEY";
  columns: Identifier[];
  behaviour?: "CASCADE" | "RESTRICT";
}

export interface RenameConstraint extends BaseNode {
  kind: "RenameConstraint";
  from: Identifier;
  to: Identifier;
}

/** `ALTER CONSTRAINT name …`, `MODIFY PRIMARY KEY | UNIQUE | FOREIGN KEY (…) …` */
export interface AlterConstraint extends BaseNode {
  kind: "AlterConstraint";
  name?: Identifier;
  type?: "PRIMARY KEY" | "UNIQUE" | "FOREIGN KEY";
  columns: Identifier[];
  /** As those of a constraint. */
  properties: string[];
}

export interface ClusterBy extends BaseNode {
  kind: "ClusterBy";
  expressions: Expression[];
}

export interface DropClusteringKey extends BaseNode {
  kind: "DropClusteringKey";
}

/** `ADD | DROP SEARCH OPTIMIZATION [ON EQUALITY(a, b), SUBSTRING(c)]` */
export interface SearchOptimization extends BaseNode {
  kind: "SearchOptimization";
  verb: "ADD" | "DROP" | "SUSPEND" | "RESUME";
  targets: { method: string; columns: Expression[]; all?: boolean; analyzer?: string }[];
}

/**
 * An action made of words alone: `SUSPEND`, `RESUME`, `RESUME IF SUSPENDED`, `REFRESH`, `SUSPEND RECLUSTER`, `ABORT ALL QUERIES`,
 * `ENABLE MANAGED ACCESS`, `DISABLE MANAGED ACCESS`, `REMOVE PASSWORD` …, upper case.
 */
export interface Action extends BaseNode {
  kind: "Action";
  action: string;
  properties: Property[];
}

/** `ADD | DROP ROW ACCESS POLICY`, `SET | UNSET AGGREGATION POLICY`, `ADD STORAGE LIFECYCLE POLICY` … `policy` is absent where all go. */
export interface PolicyAction extends BaseNode {
  kind: "PolicyAction";
  verb: "ADD" | "DROP" | "SET" | "UNSET";
  policyType: string;
  policy?: PolicyClause;
  /** Of an account: `FOR ALL PERSON USERS`, `… SERVICE USERS`, `… APPLICATIONS`, `… DATABASES`, `… PERSONAL DATABASES`: what stands behind ALL. */
  forAll?: string;
}

/** `SET BODY -> expression` of a policy. */
export interface SetBody extends BaseNode {
  kind: "SetBody";
  body: Expression;
}

/** Task: `MODIFY AS statement`; alert: `MODIFY ACTION statement`. */
export interface ModifyBody extends BaseNode {
  kind: "ModifyBody";
  body: Statement;
}

/** Task: `MODIFY WHEN expression`, `REMOVE WHEN` (no condition). */
export interface ModifyWhen extends BaseNode {
  kind: "ModifyWhen";
  condition?: Expression;
}

/** Alert: `MODIFY CONDITION EXISTS (statement)`. */
export interface ModifyCondition extends BaseNode {
  kind: "ModifyCondition";
  condition: Query | Statement;
}

/** Task: `ADD | REMOVE AFTER a, b`. */
export interface TaskPredecessors extends BaseNode {
  kind: "TaskPredecessors";
  verb: "ADD" | "REMOVE";
  tasks: Name[];
}

/** Resource monitor's TRIGGERS. */
export interface SetTriggers extends BaseNode {
  kind: "SetTriggers";
  triggers: ResourceMonitorTrigger[];
}

/** ALTER USER … ADD, MODIFY, ROTATE or REMOVE of one of the user's programmatic access tokens. */
export interface AccessTokenAction extends BaseNode {
  kind: "AccessTokenAction";
  verb: "ADD" | "MODIFY" | "ROTATE" | "REMOVE";
  /** `IF NOT EXISTS` of ADD, `IF EXISTS` of the others. */
  conditional: boolean;
  token: Identifier;
  /** What MODIFY does to it. */
  change?: RenameTo | SetProperties | UnsetProperties;
  /** Of ADD and ROTATE. */
  properties: Property[];
}

/** An action that is known to exist but not modelled: its first words in upper case, the rest as text. */
export interface UnmodelledAction extends BaseNode {
  kind: "UnmodelledAction";
  words: string;
  text: string;
}

export type AlterAction =
  | RenameTo
  | SwapWith
  | SetProperties
  | UnsetProperties
  | SetTags
  | UnsetTags
  | ChangeTagValue
  | AddColumns
  | DropColumns
  | RenameColumn
  | AlterColumn
  | AddConstraint
  | DropConstraint
  | RenameConstraint
  | AlterConstraint
  | ClusterBy
  | DropClusteringKey
  | SearchOptimization
  | Action
  | PolicyAction
  | SetBody
  | ModifyBody
  | ModifyWhen
  | ModifyCondition
  | TaskPredecessors
  | SetTriggers
  | AccessTokenAction
  | UnmodelledAction;
