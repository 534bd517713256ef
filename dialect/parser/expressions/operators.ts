import type { BinaryOperator } from "../../ast/index";

/**
 * How tightly operators bind; NOT stands between AND and the comparisons. `a = b IS NULL` asks whether `b` is NULL, as drivers
 * that write SQL for an account have found out: https://github.com/apache/spark/pull/56296
 */
export const OR = 1;
export const AND = 2;
export const NOT = 3;
export const COMPARISON = 4;
export const NULL_TEST = 5;
export const ADDITIVE = 6;
export const MULTIPLICATIVE = 7;
export const UNARY = 8;

/** https://docs.snowflake.com/en/sql-reference/operators */
export const BINARY_OPERATORS = new Map<string, { operator: BinaryOperator; precedence: number }>([
  ["OR", { operator: "OR", precedence: OR }],
  ["AND", { operator: "AND", precedence: AND }],
  ["=", { operator: "=", precedence: COMPARISON }],
  ["<>", { operator: "<>", precedence: COMPARISON }],
  ["!=", { operator: "<>", precedence: COMPARISON }],
  ["<", { operator: "<", precedence: COMPARISON }],
  ["<=", { operator: "<=", precedence: COMPARISON }],
  [">", { operator: ">", precedence: COMPARISON }],
  [">=", { operator: ">=", precedence: COMPARISON }],
  ["+", { operator: "+", precedence: ADDITIVE }],
  ["-", { operator: "-", precedence: ADDITIVE }],
  ["||", { operator: "||", precedence: ADDITIVE }],
  ["*", { operator: "*", precedence: MULTIPLICATIVE }],
  ["/", { operator: "/", precedence: MULTIPLICATIVE }],
  ["%", { operator: "%", precedence: MULTIPLICATIVE }],
]);

/** Words that continue an operand as a predicate, at the level of comparisons. */
export const PREDICATES: ReadonlySet<string> = new Set([
  "NOT",
  "IN",
  "BETWEEN",
  "LIKE",
  "ILIKE",
  "RLIKE",
  "REGEXP",
  "IS",
]);
