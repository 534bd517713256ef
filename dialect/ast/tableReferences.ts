import type { Argument, FunctionCall, MethodCall } from "./calls";
import type { BindVariable, Expression } from "./expressions";
import type { StringLiteral } from "./literals";
import type { Identifier, LocationReference, Name, StageReference } from "./names";
import type { BaseNode } from "./node";
import type { Query, Values } from "./query";
import type { OrderItem } from "./window";

/** `AS alias (a, b)` behind a table. */
export interface TableAlias extends BaseNode {
  kind: "TableAlias";
  name: Identifier;
  columns: Identifier[];
}

/** `AT | BEFORE (TIMESTAMP => … | OFFSET => … | STATEMENT => … | STREAM => …)` */
export interface TimeTravel extends BaseNode {
  kind: "TimeTravel";
  when: "AT" | "BEFORE" | "END";
  point: "TIMESTAMP" | "OFFSET" | "STATEMENT" | "STREAM";
  value: Expression;
}

/** `CHANGES (INFORMATION => DEFAULT | APPEND_ONLY) AT … [END …]` */
export interface Changes extends BaseNode {
  kind: "Changes";
  information?: "DEFAULT" | "APPEND_ONLY";
  /** Left out in REFRESH USING of a dynamic table alone. */
  at?: TimeTravel;
  end?: TimeTravel;
}

/** `SAMPLE | TABLESAMPLE [BERNOULLI | ROW | SYSTEM | BLOCK] (n [ROWS]) [REPEATABLE | SEED (k)]` */
export interface Sample extends BaseNode {
  kind: "Sample";
  method?: "BERNOULLI" | "ROW" | "SYSTEM" | "BLOCK";
  size: Expression;
  rows: boolean;
  seed?: Expression;
}

interface Aliased {
  alias?: TableAlias;
  sample?: Sample;
}

/** A table, view, stream, dynamic table or common table expression by name. */
export interface NamedTable extends BaseNode, Aliased {
  kind: "NamedTable";
  name: Name;
  timeTravel?: TimeTravel;
  changes?: Changes;
}

/** `(SELECT …) AS t`, also `LATERAL (SELECT …)`. */
export interface SubqueryTable extends BaseNode, Aliased {
  kind: "SubqueryTable";
  lateral: boolean;
  query: Query;
}

/** `(VALUES (1), (2)) AS t (a)` and the bare `VALUES (1), (2)` of FROM. */
export interface ValuesTable extends BaseNode, Aliased {
  kind: "ValuesTable";
  parenthesized: boolean;
  values: Values;
}

/** `TABLE(f(…)) [OVER (PARTITION BY …)]`, `LATERAL FLATTEN(…)`, `LATERAL SPLIT_TO_TABLE(…)`. */
export interface TableFunction extends BaseNode, Aliased {
  kind: "TableFunction";
  lateral: boolean;
  /** False for `LATERAL FLATTEN(…)` without TABLE(…). */
  wrapped: boolean;
  call: FunctionCall | MethodCall;
}

/** `TABLE('db.schema.t')`, `TABLE(:variable)`, `TABLE($variable)`, `TABLE(?)`, `TABLE(resultset)`: a table named by a value. */
export interface TableLiteral extends BaseNode, Aliased {
  kind: "TableLiteral";
  value: Expression;
}

/** `@stage/path (FILE_FORMAT => 'f', PATTERN => '…')` or `'@stage/path'`. */
export interface StagedFiles extends BaseNode, Aliased {
  kind: "StagedFiles";
  location: LocationReference;
  options: Argument[];
}

/** `DIRECTORY(@stage)` */
export interface DirectoryTable extends BaseNode, Aliased {
  kind: "DirectoryTable";
  stage: StageReference;
}

/** `ERROR_TABLE(t)`, `DYNAMIC_TABLE_REFRESH_BOUNDARY(t)` */
export interface WrappedTable extends BaseNode, Aliased {
  kind: "WrappedTable";
  wrapper: "ERROR_TABLE" | "DYNAMIC_TABLE_REFRESH_BOUNDARY";
  name: Name;
  timeTravel?: TimeTravel;
  changes?: Changes;
}

/** `FROM $1`: the result of an earlier statement in a flow chain. */
export interface FlowResult extends BaseNode, Aliased {
  kind: "FlowResult";
  index: number;
}

/** `FROM :resultset` in Snowflake Scripting. */
export interface BoundTable extends BaseNode, Aliased {
  kind: "BoundTable";
  variable: BindVariable;
}

/** `SEMANTIC_VIEW(name METRICS … DIMENSIONS … WHERE …)`; the clauses stay text. */
export interface SemanticViewTable extends BaseNode, Aliased {
  kind: "SemanticViewTable";
  name: Name;
  clauses: string;
}

/** Parentheses around a join. */
export interface ParenthesizedTable extends BaseNode, Aliased {
  kind: "ParenthesizedTable";
  table: TableReference;
}

export type JoinType = "INNER" | "LEFT" | "RIGHT" | "FULL" | "CROSS" | "ASOF";

/** `left [NATURAL] [type] JOIN right [ON … | USING (…) | MATCH_CONDITION (…)]`; `directed` for `INNER DIRECTED JOIN`. */
export interface Join extends BaseNode {
  kind: "Join";
  type: JoinType;
  natural: boolean;
  directed: boolean;
  left: TableReference;
  right: TableReference;
  on?: Expression;
  using?: Identifier[];
  matchCondition?: Expression;
  /** Which side of a directed join is scanned first or last. */
  readOrder?: { position: "FIRST" | "LAST"; alias: Identifier };
}

/** `source PIVOT (SUM(x) FOR c IN (…))` */
export interface Pivot extends BaseNode, Aliased {
  kind: "Pivot";
  source: TableReference;
  aggregates: { call: FunctionCall; alias?: Identifier }[];
  column: Expression;
  /** A list of values, `ANY [ORDER BY …]`, or a subquery. */
  values: { value: Expression; alias?: Identifier }[] | { any: true; orderBy: OrderItem[] } | Query;
  defaultOnNull?: Expression;
}

/** `source UNPIVOT [INCLUDE NULLS] (value FOR name IN (a, b AS 'x'))` */
export interface Unpivot extends BaseNode, Aliased {
  kind: "Unpivot";
  source: TableReference;
  nulls?: "INCLUDE" | "EXCLUDE";
  value: Identifier;
  name: Identifier;
  columns: { column: Identifier; alias?: Identifier | StringLiteral }[];
}

/** `source MATCH_RECOGNIZE (…)` */
export interface MatchRecognize extends BaseNode, Aliased {
  kind: "MatchRecognize";
  source: TableReference;
  partitionBy: Expression[];
  orderBy: OrderItem[];
  measures: { semantics?: "FINAL" | "RUNNING"; expression: Expression; alias: Identifier }[];
  rowsPerMatch?: "ONE ROW PER MATCH" | "ALL ROWS PER MATCH";
  emptyMatches?: "SHOW EMPTY MATCHES" | "OMIT EMPTY MATCHES" | "WITH UNMATCHED ROWS";
  /** The words behind AFTER MATCH SKIP, upper case. */
  afterMatch?: string;
  afterMatchSymbol?: Identifier;
  /** The text between the parentheses of PATTERN, which has a grammar of its own. */
  pattern: string;
  subsets: { name: Identifier; symbols: Identifier[] }[];
  define: { symbol: Identifier; condition: Expression }[];
}

export type TableReference =
  | NamedTable
  | SubqueryTable
  | ValuesTable
  | TableFunction
  | TableLiteral
  | StagedFiles
  | DirectoryTable
  | WrappedTable
  | FlowResult
  | BoundTable
  | SemanticViewTable
  | ParenthesizedTable
  | Join
  | Pivot
  | Unpivot
  | MatchRecognize;
