import type { Expression } from "./expressions";
import type { Identifier, LocationReference, Name } from "./names";
import type { BaseNode } from "./node";
import type { Property } from "./properties";
import type { Query } from "./query";
import type { TableAlias, TableReference } from "./tableReferences";

/** `INSERT [OVERWRITE] INTO t [(columns)] query | VALUES …`; VALUES is a query whose body is `Values`. */
export interface Insert extends BaseNode {
  kind: "Insert";
  overwrite: boolean;
  table: Name;
  columns: Identifier[];
  source: Query;
}

/** `INSERT [OVERWRITE] ALL | FIRST …`; unconditional when the only branch has no `when`. */
export interface MultiTableInsert extends BaseNode {
  kind: "MultiTableInsert";
  overwrite: boolean;
  mode: "ALL" | "FIRST";
  branches: { when?: Expression; into: InsertTarget[] }[];
  otherwise?: InsertTarget[];
  source: Query;
}

export interface InsertTarget extends BaseNode {
  kind: "InsertTarget";
  table: Name;
  columns: Identifier[];
  /** DEFAULT is `DefaultValue`. */
  values?: Expression[];
}

export interface ColumnAssignment extends BaseNode {
  kind: "ColumnAssignment";
  /** `c` or `t.c`. */
  column: Identifier[];
  value: Expression;
}

export interface Update extends BaseNode {
  kind: "Update";
  table: Name;
  alias?: TableAlias;
  set: ColumnAssignment[];
  from: TableReference[];
  where?: Expression;
}

export interface Delete extends BaseNode {
  kind: "Delete";
  table: Name;
  alias?: TableAlias;
  using: TableReference[];
  where?: Expression;
}

export interface Merge extends BaseNode {
  kind: "Merge";
  table: Name;
  alias?: TableAlias;
  using: TableReference;
  on: Expression;
  clauses: MergeClause[];
}

export interface MergeClause extends BaseNode {
  kind: "MergeClause";
  matched: boolean;
  condition?: Expression;
  action: MergeAction;
}

export type MergeAction =
  | { type: "UPDATE"; set: ColumnAssignment[] }
  | { type: "UPDATE ALL BY NAME" | "INSERT ALL BY NAME" }
  | { type: "DELETE" }
  | { type: "INSERT"; columns: Identifier[]; values: Expression[] };

/** `TRUNCATE [TABLE] [IF EXISTS] t`, also TRUNCATE MATERIALIZED VIEW. */
export interface Truncate extends BaseNode {
  kind: "Truncate";
  objectType: string;
  ifExists: boolean;
  table: Name;
}

/** `COPY INTO table FROM @stage | (SELECT … FROM @stage) …` */
export interface CopyIntoTable extends BaseNode {
  kind: "CopyIntoTable";
  table: Name;
  columns: Identifier[];
  /** Absent: the stage of the table. */
  from?: LocationReference | Query;
  /** FILES, PATTERN, FILE_FORMAT, ON_ERROR, VALIDATION_MODE … */
  properties: Property[];
}

/** `COPY INTO @stage FROM table | (query) …` */
export interface CopyIntoLocation extends BaseNode {
  kind: "CopyIntoLocation";
  location: LocationReference;
  from: Name | Query;
  partitionBy?: Expression;
  properties: Property[];
}

/** `COPY FILES INTO @a FROM @b …` */
export interface CopyFiles extends BaseNode {
  kind: "CopyFiles";
  location: LocationReference;
  from: LocationReference | Query;
  properties: Property[];
}
