import type { ColumnDefinition, Constraint } from "./columns";
import type { Expression } from "./expressions";
import type { StringLiteral } from "./literals";
import type { Identifier, Name } from "./names";
import type { BaseNode } from "./node";
import type { PolicyClause, Property, TagAssignment } from "./properties";
import type { Query } from "./query";
import type { Statement } from "./statements";
import type { TimeTravel } from "./tableReferences";

/** What all CREATE statements share. */
export interface CreateModifiers {
  orReplace: boolean;
  orAlter: boolean;
  ifNotExists: boolean;
  /** `DEFINE …` of a DCM project: declares like CREATE OR ALTER. */
  define?: boolean;
  name: Name;
}

/** What hangs on tables, views and dynamic tables alike. */
export interface Governance {
  policies: PolicyClause[];
  tags: TagAssignment[];
}

/** Words between CREATE and the kind of object. `LOCAL TEMP` and `VOLATILE` are TEMPORARY. */
export type Persistence = "TEMPORARY" | "TRANSIENT";

/** TABLE, or the further kinds of table that TT01 of the law counts. */
export type TableType =
  | "TABLE"
  | "HYBRID TABLE"
  | "EXTERNAL TABLE"
  | "ICEBERG TABLE"
  | "EVENT TABLE"
  | "INTERACTIVE TABLE"
  | "DIRECTORY TABLE"
  | "ONLINE FEATURE TABLE";

/** Every `CREATE … TABLE` but the dynamic one; where its rows come from is `source`. */
export interface CreateTable extends BaseNode, CreateModifiers, Governance {
  kind: "CreateTable";
  tableType: TableType;
  persistence?: Persistence;
  /** `CREATE PROCEDURE SCOPED TEMPORARY TABLE`: gone when the procedure ends. */
  procedureScoped?: boolean;
  columns: ColumnDefinition[];
  constraints: Constraint[];
  source?: TableSource;
  clusterBy?: Expression[];
  /** `PARTITION BY (…)` of external tables. */
  partitionBy?: Expression[];
  properties: Property[];
}

export type TableSource =
  | { type: "AS"; query: Query }
  | { type: "LIKE"; table: Name }
  | { type: "CLONE"; clone: CloneSource }
  | { type: "USING TEMPLATE"; template: Query | Expression }
  /** Of an online feature table. */
  | { type: "FROM"; from: Name | Query }
  | { type: "FROM BACKUP SET"; backupSet: Name; identifier?: StringLiteral }
  | { type: "FROM ARCHIVE OF"; table: Name; alias?: Identifier; where: Expression };

/** `CLONE source [AT | BEFORE (…)]` of tables, schemas, databases, dynamic tables, stages … */
export interface CloneSource extends BaseNode {
  kind: "CloneSource";
  source: Name;
  timeTravel?: TimeTravel;
}

export interface CreateDynamicTable extends BaseNode, CreateModifiers, Governance {
  kind: "CreateDynamicTable";
  transient: boolean;
  iceberg: boolean;
  columns: ColumnDefinition[];
  clusterBy?: Expression[];
  /** TARGET_LAG, WAREHOUSE, REFRESH_MODE, INITIALIZE, COMMENT, DATA_RETENTION_TIME_IN_DAYS … */
  properties: Property[];
  /** `FROZEN WHERE (…)`, formerly `IMMUTABLE WHERE (…)`. */
  frozenWhere?: Expression;
  /** `BACKFILL FROM t`. */
  backfillFrom?: Name;
  /** Absent for `CREATE DYNAMIC TABLE … CLONE …` and for `REFRESH USING (…)`. */
  query?: Query;
  clone?: CloneSource;
  /** `REFRESH USING (MERGE INTO SELF … | INSERT INTO SELF …)`. */
  refreshUsing?: Statement;
  /** `START AT (…)`, with BACKFILL FROM. */
  startAt?: TimeTravel;
  partitionBy?: Expression[];
  /** `FROM BACKUP SET s IDENTIFIER '…'`. */
  backupSet?: { name: Name; identifier?: StringLiteral };
  /** `EXECUTE AS USER u [USE SECONDARY ROLES ALL | NONE | a, b]`. */
  executeAsUser?: { user: Name; secondaryRoles?: "ALL" | "NONE" | Identifier[] };
}

export interface CreateView extends BaseNode, CreateModifiers, Governance {
  kind: "CreateView";
  secure: boolean;
  temporary: boolean;
  recursive: boolean;
  materialized: boolean;
  /** `INTERACTIVE MATERIALIZED VIEW`. */
  interactive?: boolean;
  columns: ColumnDefinition[];
  clusterBy?: Expression[];
  /** `COPY GRANTS`, `COMMENT = '…'`, `CHANGE_TRACKING = TRUE` … */
  properties: Property[];
  query: Query;
}
