import type { Expression, Join } from "../../../ast/index";
import { visit } from "../../../visitor";
import type { RefreshRule } from "../reason";

const FIX = "Keep only equalities between the two sides in ON; filter a side in a subquery of FROM before the join.";

export const outerJoins: RefreshRule = (report) => ({
  Join(node) {
    if (!isOuter(node) || node.on === undefined) return;
    for (const conjunct of conjuncts(node.on)) {
      if (isEquality(conjunct)) continue;
      report(conjunct, {
        construct: "Outer join with a non-equality predicate",
        message: `${node.type} JOIN refreshes incrementally only with equality predicates.`,
        fix: FIX,
      });
    }
  },
  Select(node) {
    if (node.where === undefined) return;
    for (const conjunct of conjuncts(node.where)) {
      if (isEquality(conjunct) || !hasMarker(conjunct)) continue;
      report(conjunct, {
        construct: "Outer join with a non-equality predicate",
        message: "An outer join written with (+) refreshes incrementally only with equality predicates.",
        fix: FIX,
      });
    }
  },
});

function isOuter(join: Join): boolean {
  return join.type === "LEFT" || join.type === "RIGHT" || join.type === "FULL";
}

function conjuncts(expression: Expression): Expression[] {
  const found: Expression[] = [];
  const pending = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "Parenthesized") pending.push(next.expression);
    else if (next.kind === "Binary" && next.operator === "AND") pending.push(next.right, next.left);
    else found.push(next);
  }
  return found;
}

function isEquality(expression: Expression): boolean {
  return expression.kind === "Binary" && expression.operator === "=";
}

function hasMarker(expression: Expression): boolean {
  let found = false;
  visit(expression, {
    OuterJoinMarker() {
      found = true;
    },
  });
  return found;
}
