import type { Expression, Query } from "../ast/index";

// Where parentheses may stand or be left out the tree has none, so that both forms are one and print alike.

export const unwrapped = (expression: Expression): Expression =>
  expression.kind === "Parenthesized" ? unwrapped(expression.expression) : expression;

export function unwrappedQuery(query: Query): Query {
  const { body } = query;
  const isPlain = !query.with && !query.orderBy && !query.limit && !query.forUpdate;
  return isPlain && body.kind === "ParenthesizedQuery" ? unwrappedQuery(body.query) : query;
}
