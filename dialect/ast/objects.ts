import type { DataType } from "./dataTypes";
import type { Expression } from "./expressions";
import type { StringLiteral } from "./literals";
import type { Identifier, Name } from "./names";
import type { BaseNode } from "./node";
import type { Property, TagAssignment } from "./properties";
import type { Query } from "./query";
import type { Parameter } from "./routines";
import type { Statement } from "./statements";
import type { TimeTravel } from "./tableReferences";
import type { CloneSource, CreateModifiers } from "./tables";

export interface CreateDatabase extends BaseNode, CreateModifiers {
  kind: "CreateDatabase";
  transient: boolean;
  clone?: CloneSource;
  /** `FROM SHARE a.b`, `FROM LISTING 'x'`, `AS REPLICA OF a.b`, `FROM BACKUP SET s IDENTIFIER '…'`, `LINKED_CATALOG = (…)`: its words, upper case, and what it names. */
  origin?: { type: string; source?: Name | StringLiteral };
  tags: TagAssignment[];
  properties: Property[];
}

export interface CreateSchema extends BaseNode, CreateModifiers {
  kind: "CreateSchema";
  transient: boolean;
  managedAccess: boolean;
  /** `CREATE OR ALTER VERSIONED SCHEMA` of an application. */
  versioned?: boolean;
  clone?: CloneSource;
  origin?: { type: string; source?: Name | StringLiteral };
  tags: TagAssignment[];
  properties: Property[];
}

export interface CreateTask extends BaseNode, CreateModifiers {
  kind: "CreateTask";
  properties: Property[];
  tags: TagAssignment[];
  after: Name[];
  /** `FINALIZE = root`. */
  finalize?: Name;
  when?: Expression;
  clone?: CloneSource;
  /** What it runs; absent only with CLONE. */
  body?: Statement;
}

export interface CreateAlert extends BaseNode, CreateModifiers {
  kind: "CreateAlert";
  properties: Property[];
  tags: TagAssignment[];
  clone?: CloneSource;
  /** The statement inside `IF (EXISTS (…))`: a query, SHOW or CALL. Absent only with CLONE. */
  condition?: Statement;
  action?: Statement;
}

export interface CreateStream extends BaseNode, CreateModifiers {
  kind: "CreateStream";
  onType: "TABLE" | "VIEW" | "STAGE" | "EXTERNAL TABLE" | "DYNAMIC TABLE" | "EVENT TABLE";
  on?: Name;
  clone?: CloneSource;
  timeTravel?: TimeTravel;
  tags: TagAssignment[];
  properties: Property[];
}

export interface CreateSequence extends BaseNode, CreateModifiers {
  kind: "CreateSequence";
  clone?: CloneSource;
  /** START, INCREMENT, ORDER, NOORDER, COMMENT. */
  properties: Property[];
}

/** `CREATE MASKING POLICY p AS (v VARCHAR) RETURNS VARCHAR -> expr` and its kin. */
export interface CreatePolicy extends BaseNode, CreateModifiers {
  kind: "CreatePolicy";
  /** `MASKING`, `ROW ACCESS`, `AGGREGATION`, `JOIN`, `PROJECTION`, `STORAGE LIFECYCLE`, `PRIVACY`; those of properties only (NETWORK, PASSWORD, SESSION, AUTHENTICATION …) are CreateObject. */
  policyType: string;
  parameters: Parameter[];
  returns?: DataType;
  body: Expression;
  tags: TagAssignment[];
  properties: Property[];
}

/** `CREATE RESOURCE MONITOR m WITH CREDIT_QUOTA = 5 TRIGGERS ON 90 PERCENT DO SUSPEND`. */
export interface CreateResourceMonitor extends BaseNode, CreateModifiers {
  kind: "CreateResourceMonitor";
  properties: Property[];
  triggers: ResourceMonitorTrigger[];
}

export interface ResourceMonitorTrigger extends BaseNode {
  kind: "ResourceMonitorTrigger";
  percent: number;
  action: "SUSPEND" | "SUSPEND_IMMEDIATE" | "NOTIFY";
}

/** CREATE TAG with its allowed values. */
export interface CreateTag extends BaseNode, CreateModifiers {
  kind: "CreateTag";
  allowedValues?: StringLiteral[];
  properties: Property[];
}

/** CREATE PIPE p … AS COPY INTO …. */
export interface CreatePipe extends BaseNode, CreateModifiers {
  kind: "CreatePipe";
  properties: Property[];
  copy: Statement;
}

/**
 * Objects that are a name and a list of properties: WAREHOUSE, USER, ROLE, DATABASE ROLE, STAGE, FILE FORMAT, SECRET, NETWORK RULE,
 * the INTEGRATIONs, NETWORK / SESSION / PASSWORD POLICY, SHARE, CONNECTION, COMPUTE POOL, IMAGE REPOSITORY, GIT REPOSITORY, EXTERNAL VOLUME, …
 */
export interface CreateObject extends BaseNode, CreateModifiers {
  kind: "CreateObject";
  /** Upper case, words parted by one blank. */
  objectType: ObjectType;
  temporary: boolean;
  /** Of an agent. */
  secure?: boolean;
  clone?: CloneSource;
  tags: TagAssignment[];
  properties: Property[];
}

/** `CREATE CORTEX SEARCH SERVICE s ON text ATTRIBUTES a, b WAREHOUSE = w TARGET_LAG = '1 hour' AS SELECT …`: an index over the rows of a query, no table. */
export interface CreateCortexSearchService extends BaseNode, CreateModifiers {
  kind: "CreateCortexSearchService";
  /** The column that is searched; with several indexes `textIndexes` and `vectorIndexes` instead. */
  on?: Identifier;
  textIndexes: Identifier[];
  /** `column (model = 'e')` */
  vectorIndexes: { column: Identifier; properties: Property[] }[];
  primaryKey: Identifier[];
  attributes: Identifier[];
  tags: TagAssignment[];
  properties: Property[];
  query: Query;
}

/** `CREATE TYPE age AS NUMBER(3, 0)` */
export interface CreateType extends BaseNode, CreateModifiers {
  kind: "CreateType";
  type: DataType;
  properties: Property[];
}

/** The kind of an object in upper case, words parted by one blank: `TABLE`, `DYNAMIC TABLE`, `FILE FORMAT`, `API INTEGRATION`. */
export type ObjectType = string;

/** `DROP [kind] [IF EXISTS] name [(types)] [CASCADE | RESTRICT]` */
export interface Drop extends BaseNode {
  kind: "Drop";
  objectType: ObjectType;
  ifExists: boolean;
  name: Name;
  /** Procedures and functions. */
  argumentTypes?: DataType[];
  behaviour?: "CASCADE" | "RESTRICT" | "PURGE" | "FORCE";
  /** DROP ACCOUNT. */
  gracePeriodInDays?: number;
}

export interface Undrop extends BaseNode {
  kind: "Undrop";
  objectType: ObjectType;
  name: Name;
  argumentTypes?: DataType[];
  /** `UNDROP TABLE IDENTIFIER(<table id>)` has the id as name; RENAME TO where documented. */
  renameTo?: Name;
}

/** `COMMENT [IF EXISTS] ON kind name IS '…'` */
export interface Comment extends BaseNode {
  kind: "Comment";
  ifExists: boolean;
  objectType: ObjectType;
  name: Name;
  argumentTypes?: DataType[];
  comment: Expression;
}
