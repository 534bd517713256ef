import type { DataType } from "./dataTypes";
import type { ArrayLiteral, Literal, StringLiteral } from "./literals";
import type { Identifier, Name, ObjectName, StageReference } from "./names";
import type { BaseNode, Span } from "./node";
import type { Query } from "./query";
import type { OrderItem, WindowSpecification } from "./window";

/** `a`, `t.a`, `db.schema.t.a`. Inside Snowflake Scripting also a variable, which only name resolution can tell. */
export interface ColumnReference extends BaseNode {
  kind: "ColumnReference";
  parts: Identifier[];
}

/** `$1`, `t.$1`: a column of a staged file or of a VALUES clause by its position, or an earlier result in a flow chain. */
export interface PositionalColumn extends BaseNode {
  kind: "PositionalColumn";
  qualifier?: Identifier[];
  index: number;
}

/** `$name`: a session variable. */
export interface SessionVariable extends BaseNode {
  kind: "SessionVariable";
  name: Identifier;
}

/** `:name` or `:1`: a Scripting variable, an argument, or a numbered bind. */
export interface BindVariable extends BaseNode {
  kind: "BindVariable";
  name: Identifier;
}

/** `?`; `index` counts from 0 within the statement text. */
export interface BindPlaceholder extends BaseNode {
  kind: "BindPlaceholder";
  index: number;
}

/** `*`, `t.*` with `ILIKE 'x%'`, `EXCLUDE (a, b)`, `REPLACE (expr AS a)`, `RENAME (a AS b)`. */
export interface Star extends BaseNode {
  kind: "Star";
  qualifier?: Identifier[];
  ilike?: StringLiteral;
  exclude?: Identifier[];
  replace?: { expression: Expression; name: Identifier }[];
  rename?: { from: Identifier; to: Identifier }[];
}

/** `** expr` inside an array or object literal or an argument list. */
export interface SpreadElement extends BaseNode {
  kind: "SpreadElement";
  expression: Expression;
}

/** `name => value` */
export interface NamedArgument extends BaseNode {
  kind: "NamedArgument";
  name: Identifier;
  value: Argument;
}

/** `TABLE(name)`, `TABLE(SELECT …)` as an argument; `TABLE(t) PARTITION BY … ORDER BY …` of a table function. */
export interface TableArgument extends BaseNode {
  kind: "TableArgument";
  table: Name | Query | FunctionCall | MethodCall | Expression;
  partitionBy: Expression[];
  orderBy: OrderItem[];
}

/** `(*)`, `(t.* EXCLUDE a, b)` as an argument: the columns that SEARCH looks through. */
export interface ColumnSelection extends BaseNode {
  kind: "ColumnSelection";
  columns: (Expression | Star)[];
}

/** What stands between the parentheses of a call. */
export type Argument =
  | Expression
  | NamedArgument
  | TableArgument
  | Star
  | ColumnSelection
  | SpreadElement
  | StageReference;

/** Any call by name, aggregate and window functions too. `CURRENT_DATE` without parentheses has `parenthesized: false`. */
export interface FunctionCall extends BaseNode {
  kind: "FunctionCall";
  name: ObjectName;
  parenthesized: boolean;
  distinct: boolean;
  args: Argument[];
  withinGroup?: OrderItem[];
  nullTreatment?: "IGNORE NULLS" | "RESPECT NULLS";
  /** True when IGNORE/RESPECT NULLS stood inside the parentheses. */
  nullTreatmentInside?: boolean;
  /** NTH_VALUE's FROM FIRST / FROM LAST. */
  fromFirstLast?: "FIRST" | "LAST";
  over?: WindowSpecification;
}

/** `model!PREDICT(...)`, `budget!SET_SPENDING_LIMIT(...)` */
export interface MethodCall extends BaseNode {
  kind: "MethodCall";
  object: Name;
  method: Identifier;
  args: Argument[];
  over?: WindowSpecification;
}

/** `IDENTIFIER($function)(1, 2)` */
export interface DynamicCall extends BaseNode {
  kind: "DynamicCall";
  function: DynamicColumn;
  args: Argument[];
}

/** `INTERVAL $variable` */
export interface IntervalExpression extends BaseNode {
  kind: "IntervalExpression";
  value: Expression;
}

/** `{fn UCASE('a')}`, `{d '2024-01-01'}`, `{ts '…'}`, `{t '…'}` of ODBC and JDBC. */
export interface OdbcEscape extends BaseNode {
  kind: "OdbcEscape";
  escape: "fn" | "d" | "t" | "ts";
  expression: Expression;
}

/** `seq.NEXTVAL` */
export interface SequenceNextValue extends BaseNode {
  kind: "SequenceNextValue";
  sequence: ObjectName;
}

/** `CAST(e AS t)`, `TRY_CAST(e AS t)`, `e::t`; `modifiers` are `RENAME FIELDS` / `ADD FIELDS` of structured types. */
export interface Cast extends BaseNode {
  kind: "Cast";
  syntax: "CAST" | "TRY_CAST" | "::";
  expression: Expression;
  type: DataType;
  modifiers?: string[];
}

export interface Case extends BaseNode {
  kind: "Case";
  operand?: Expression;
  whens: CaseWhen[];
  otherwise?: Expression;
}

export interface CaseWhen extends BaseNode {
  kind: "CaseWhen";
  condition: Expression;
  result: Expression;
}

export type UnaryOperator = "+" | "-" | "NOT" | "PRIOR" | "CONNECT_BY_ROOT";

export interface Unary extends BaseNode {
  kind: "Unary";
  operator: UnaryOperator;
  operand: Expression;
}

export type BinaryOperator = "OR" | "AND" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%" | "||";

/** `!=` is kept as `<>`, its spelling in `written`. */
export interface Binary extends BaseNode {
  kind: "Binary";
  operator: BinaryOperator;
  left: Expression;
  right: Expression;
}

export interface Between extends BaseNode {
  kind: "Between";
  negated: boolean;
  operand: Expression;
  low: Expression;
  high: Expression;
}

/** `x IN (1, 2, ** more)` has `list`, `x IN (SELECT …)` has `query`. */
export interface In extends BaseNode {
  kind: "In";
  negated: boolean;
  operand: Expression;
  list?: (Expression | SpreadElement)[];
  query?: Query;
  /** Of `[NOT] IN`. */
  operatorSpan: Span;
}

/** LIKE, ILIKE, RLIKE, REGEXP and `LIKE ANY|ALL (…)`; several patterns only with a quantifier. */
export interface Like extends BaseNode {
  kind: "Like";
  operator: "LIKE" | "ILIKE" | "RLIKE" | "REGEXP";
  negated: boolean;
  quantifier?: "ANY" | "ALL";
  operand: Expression;
  patterns: Expression[];
  /** `LIKE ANY (SELECT …)` */
  query?: Query;
  escape?: Expression;
}

export interface IsNull extends BaseNode {
  kind: "IsNull";
  negated: boolean;
  operand: Expression;
}

export interface IsBoolean extends BaseNode {
  kind: "IsBoolean";
  negated: boolean;
  operand: Expression;
  value: boolean;
}

export interface IsDistinctFrom extends BaseNode {
  kind: "IsDistinctFrom";
  negated: boolean;
  left: Expression;
  right: Expression;
}

export interface Exists extends BaseNode {
  kind: "Exists";
  query: Query;
}

/** `(SELECT …)` as a scalar. */
export interface SubqueryExpression extends BaseNode {
  kind: "SubqueryExpression";
  query: Query;
}

/** `x > ALL (SELECT …)`, `x = ANY (SELECT …)` */
export interface QuantifiedComparison extends BaseNode {
  kind: "QuantifiedComparison";
  operator: BinaryOperator;
  quantifier: "ANY" | "ALL";
  left: Expression;
  query: Query;
}

/** `(a, b)` with two items or more. */
export interface RowExpression extends BaseNode {
  kind: "RowExpression";
  items: Expression[];
}

/** An expression in its own parentheses; kept, since they are part of an unnamed column's name. */
export interface Parenthesized extends BaseNode {
  kind: "Parenthesized";
  expression: Expression;
}

/** `EXTRACT(part FROM e)` and `DATE_PART(part FROM e)`; `part` in upper case. */
export interface Extract extends BaseNode {
  kind: "Extract";
  function: "EXTRACT" | "DATE_PART";
  part: string;
  expression: Expression;
}

/** `POSITION(x IN y)` */
export interface Position extends BaseNode {
  kind: "Position";
  needle: Expression;
  haystack: Expression;
}

/** One step into a semi-structured value: `base:key` (first step) or `base.key` (after one). Keys are case-sensitive: use `key.text`. */
export interface FieldAccess extends BaseNode {
  kind: "FieldAccess";
  base: Expression;
  operator: ":" | ".";
  key: Identifier;
}

/** `base[0]`, `base['key']` */
export interface IndexAccess extends BaseNode {
  kind: "IndexAccess";
  base: Expression;
  index: Expression;
}

export interface Collate extends BaseNode {
  kind: "Collate";
  expression: Expression;
  collation: string;
}

/** `column (+)` in WHERE: the old outer join. */
export interface OuterJoinMarker extends BaseNode {
  kind: "OuterJoinMarker";
  expression: Expression;
}

/** `x -> x + 1`, `(x INT, y INT) -> x + y` */
export interface Lambda extends BaseNode {
  kind: "Lambda";
  parameters: LambdaParameter[];
  body: Expression;
}

export interface LambdaParameter extends BaseNode {
  kind: "LambdaParameter";
  name: Identifier;
  type?: DataType;
}

/** `DEFAULT` as a value in VALUES of an INSERT or the SET of an UPDATE. */
export interface DefaultValue extends BaseNode {
  kind: "DefaultValue";
}

/** `IDENTIFIER($col)` used as a column. */
export interface DynamicColumn extends BaseNode {
  kind: "DynamicColumn";
  argument: Expression;
  rest: Identifier[];
  /** `REFERENCE('name')` of native apps, before the arguments of a call. */
  bare?: true;
}

export type Expression =
  | Literal
  | ColumnReference
  | PositionalColumn
  | SessionVariable
  | BindVariable
  | BindPlaceholder
  | FunctionCall
  | MethodCall
  | IntervalExpression
  | DynamicCall
  | OdbcEscape
  | SequenceNextValue
  | Cast
  | Case
  | Unary
  | Binary
  | Between
  | In
  | Like
  | IsNull
  | IsBoolean
  | IsDistinctFrom
  | Exists
  | SubqueryExpression
  | QuantifiedComparison
  | RowExpression
  | Parenthesized
  | Extract
  | Position
  | FieldAccess
  | IndexAccess
  | Collate
  | OuterJoinMarker
  | Lambda
  | DefaultValue
  | DynamicColumn
  | ArrayLiteral;
