import type { SpreadElement } from "./calls";
import type { BinaryOperator, Expression } from "./expressions";
import type { BaseNode, Span } from "./node";
import type { Query } from "./query";

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

/** `x > ALL (SELECT …)`, `x = ANY (SELECT …)` */
export interface QuantifiedComparison extends BaseNode {
  kind: "QuantifiedComparison";
  operator: BinaryOperator;
  quantifier: "ANY" | "ALL";
  left: Expression;
  query: Query;
}
