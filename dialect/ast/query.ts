import type { BindVariable, Expression, Star } from "./expressions";
import type { Identifier, Name } from "./names";
import type { BaseNode, Span } from "./node";
import type { TableReference } from "./tableReferences";
import type { OrderItem } from "./window";

/** A whole query: `[WITH …] body [ORDER BY …] [LIMIT …]`. It is a statement, a subquery, and the source of INSERT and CTAS. */
export interface Query extends BaseNode {
  kind: "Query";
  with?: WithClause;
  body: QueryBody;
  orderBy?: OrderBy;
  limit?: Limit;
  /** FOR UPDATE [NOWAIT | WAIT n] (hybrid tables). */
  forUpdate?: ForUpdate;
}

export type QueryBody = Select | SetOperation | Values | ParenthesizedQuery;

export interface WithClause extends BaseNode {
  kind: "WithClause";
  recursive: boolean;
  tables: CommonTableExpression[];
  /** Names for models, which may stand between the tables. */
  models?: ModelAlias[];
  /** Names for expressions, which may stand between the tables. */
  expressions?: ExpressionAlias[];
}

/** `name AS (expression)`, over the columns of the query that says the name. */
export interface ExpressionAlias extends BaseNode {
  kind: "ExpressionAlias";
  name: Identifier;
  expression: Expression;
}

/** `name AS MODEL model [VERSION v]` */
export interface ModelAlias extends BaseNode {
  kind: "ModelAlias";
  name: Identifier;
  model: Name;
  version?: Identifier;
}

/** `name [(columns)] AS (query)` */
export interface CommonTableExpression extends BaseNode {
  kind: "CommonTableExpression";
  name: Identifier;
  columns: Identifier[];
  query: Query;
}

export interface ParenthesizedQuery extends BaseNode {
  kind: "ParenthesizedQuery";
  query: Query;
}

export interface SetOperation extends BaseNode {
  kind: "SetOperation";
  operator: "UNION" | "INTERSECT" | "EXCEPT" | "MINUS";
  /** UNION ALL; otherwise duplicates are removed. */
  all: boolean;
  byName: boolean;
  operatorSpan: Span;
  left: QueryBody;
  right: QueryBody;
}

/** `VALUES (1, 'a'), (2, 'b')` as a query or a table. */
export interface Values extends BaseNode {
  kind: "Values";
  rows: Expression[][];
}

export interface Select extends BaseNode {
  kind: "Select";
  quantifier?: "ALL" | "DISTINCT";
  top?: Expression;
  items: SelectItem[];
  /** Snowflake Scripting: `SELECT … INTO :a, :b`. */
  into?: BindVariable[];
  from: TableReference[];
  where?: Expression;
  connectBy?: ConnectBy;
  groupBy?: GroupBy;
  having?: Expression;
  qualify?: Expression;
}

export interface SelectItem extends BaseNode {
  kind: "SelectItem";
  expression: Expression | Star;
  alias?: Identifier;
}

/** `START WITH` may stand before or behind `CONNECT BY`. */
export interface ConnectBy extends BaseNode {
  kind: "ConnectBy";
  startWith?: Expression;
  noCycle: boolean;
  condition: Expression;
}

/** `GROUP BY ALL`, or a list of expressions and grouping constructs. */
export interface GroupBy extends BaseNode {
  kind: "GroupBy";
  all: boolean;
  items: (Expression | GroupingConstruct)[];
}

/** `CUBE (a, b)`, `ROLLUP ((a, b), c)`, `GROUPING SETS ((a), (b), ())`; each set is the list of its expressions. */
export interface GroupingConstruct extends BaseNode {
  kind: "GroupingConstruct";
  type: "CUBE" | "ROLLUP" | "GROUPING SETS";
  sets: (Expression[] | GroupingConstruct)[];
}

export interface OrderBy extends BaseNode {
  kind: "OrderBy";
  /** `ORDER BY ALL`; `items` is empty then. */
  all?: { direction?: "ASC" | "DESC"; nulls?: "FIRST" | "LAST" };
  items: OrderItem[];
}

/** `LIMIT n [OFFSET m]` or `[OFFSET m] FETCH FIRST n ROWS ONLY`; a count of NULL means no limit. */
export interface Limit extends BaseNode {
  kind: "Limit";
  syntax: "LIMIT" | "FETCH" | "OFFSET";
  count?: Expression;
  offset?: Expression;
}

export interface ForUpdate extends BaseNode {
  kind: "ForUpdate";
  nowait: boolean;
  wait?: Expression;
}
