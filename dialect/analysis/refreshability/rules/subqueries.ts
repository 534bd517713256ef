import type { Node, Span } from "../../../ast/index";
import type { RefreshRule } from "../reason";

const SEMI_JOIN =
  "Join the other table in FROM (INNER JOIN against its distinct keys), or move the condition into a view over the dynamic table.";
const ANTI_JOIN = "LEFT JOIN the other table in FROM and keep the rows WHERE its key IS NULL.";
const NOT_IN =
  "LEFT JOIN the other table in FROM and keep the rows WHERE its key IS NULL; where NULLs occur, NOT IN drops more rows than that.";

/** Every subquery operator: those of WHERE as those of the SELECT list. */
export const subqueries: RefreshRule = (report) => {
  const found = (node: Node | Span, what: string, fix: string): void =>
    report(node, {
      construct: "Subquery outside FROM",
      message: `${what} is a subquery outside FROM, which does not refresh incrementally.`,
      fix,
    });
  return {
    Exists(node, ancestors) {
      const parent = ancestors[ancestors.length - 1];
      const negated = parent?.kind === "Unary" && parent.operator === "NOT";
      found(node, negated ? "NOT EXISTS (SELECT …)" : "EXISTS (SELECT …)", negated ? ANTI_JOIN : SEMI_JOIN);
    },
    In(node) {
      if (node.query !== undefined)
        found(
          node.operatorSpan,
          node.negated ? "NOT IN (SELECT …)" : "IN (SELECT …)",
          node.negated ? NOT_IN : SEMI_JOIN,
        );
    },
    Like(node) {
      if (node.query !== undefined) found(node, `${node.operator} ${node.quantifier} (SELECT …)`, SEMI_JOIN);
    },
    QuantifiedComparison(node) {
      found(node, `${node.operator} ${node.quantifier} (SELECT …)`, SEMI_JOIN);
    },
    SubqueryExpression(node) {
      found(
        node,
        "(SELECT …) as a value",
        "Compute it as a subquery in FROM and join it (CROSS JOIN for a single value).",
      );
    },
  };
};
