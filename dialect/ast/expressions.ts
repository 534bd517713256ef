import type { DynamicCall, FunctionCall, Lambda, MethodCall } from "./calls";
import type { DataType } from "./dataTypes";
import type { ArrayLiteral, Literal, StringLiteral } from "./literals";
import type { Identifier, ObjectName } from "./names";
import type { BaseNode } from "./node";
import type { Between, Exists, In, IsDistinctFrom, IsNull, Like, QuantifiedComparison } from "./predicates";
import type { Query } from "./query";

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

/** `(SELECT …)` as a scalar. */
export interface SubqueryExpression extends BaseNode {
  kind: "SubqueryExpression";
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
