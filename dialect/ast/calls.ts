import type { DataType } from "./dataTypes";
import type { DynamicColumn, Expression, Star } from "./expressions";
import type { Identifier, Name, ObjectName, StageReference } from "./names";
import type { BaseNode } from "./node";
import type { Query } from "./query";
import type { OrderItem, WindowSpecification } from "./window";

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
