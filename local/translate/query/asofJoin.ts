import { type Expression, type Join, visit } from "../../../dialect/index";
import { compilationError } from "../../errors";
import type { Binder } from "../binder";
import { predicate } from "../expressions/predicates";
import { planText } from "../planText";
import { Scope, type ScopeRelation } from "../scope";
import { markNullable, sideBinder, usingCondition } from "./joins";

/**
 * ASOF JOIN … MATCH_CONDITION (…): every left row once, with the nearest right row or NULLs.
 * Source: https://docs.snowflake.com/en/sql-reference/constructs/asof-join, its error cases
 */
export function asofJoin(
  binder: Binder,
  join: Join,
  left: string,
  right: string,
  start: number,
  middle: number,
): string {
  const { relations } = binder.scope;
  if ("lateral" in join.right && join.right.lateral)
    throw refused("010004", "ASOF JOIN is not supported for joins with LATERAL table functions or LATERAL views.");
  const sides = [relations.slice(start, middle), relations.slice(middle)] as const;
  const inner = sideBinder(binder, start);
  const match = matchCondition(inner, join, sides);
  const on = join.on ? predicate(inner, join.on).sql : undefined;
  if (join.on) for (const part of conjuncts(join.on)) checkEquality(inner, part, sides);
  const names = join.using?.map((u) => u.value);
  const using = names ? usingCondition(binder, { ...join, type: "LEFT" }, names, start, middle) : undefined;
  markNullable({ ...join, type: "LEFT" }, relations, start, middle);
  const conditions = [using, on, match].filter((part) => part !== undefined);
  return `${left} ASOF LEFT JOIN ${right} ON ${conditions.join(" AND ")}`;
}

type Sides = readonly [left: ScopeRelation[], right: ScopeRelation[]];

const refused = (code: string, text: string) => compilationError(code, "42601", text);

function matchCondition(binder: Binder, join: Join, [left, right]: Sides): string {
  let node = join.matchCondition as Expression;
  while (node.kind === "Parenthesized") node = node.expression;
  if (node.kind !== "Binary" || !["<", "<=", ">", ">="].includes(node.operator))
    throw refused(
      "010001",
      "MATCH_CONDITION clause is invalid: Only comparison operators '>=', '>', '<=' and '<' are allowed. Keywords such as AND and OR are not allowed.",
    );
  const { sql } = binder.expression(node);
  if (reads(node.left, right) || reads(node.right, left))
    throw refused(
      "010002",
      "MATCH_CONDITION clause is invalid: The left side allows only column references from the left side table, and the right side allows only column references from the right side table.",
    );
  return sql;
}

function conjuncts(node: Expression): Expression[] {
  if (node.kind === "Parenthesized") return conjuncts(node.expression);
  if (node.kind === "Binary" && node.operator === "AND") return [...conjuncts(node.left), ...conjuncts(node.right)];
  return [node];
}

function checkEquality(binder: Binder, node: Expression, sides: Sides): void {
  if (node.kind === "Binary" && node.operator === "=") {
    const [left, right] = [node.left, node.right].map((side) => sides.map((relations) => reads(side, relations)));
    const isOneEach = left?.[0] !== left?.[1] && right?.[0] !== right?.[1] && left?.[0] !== right?.[0];
    if (isOneEach) return;
  }
  throw refused(
    "010010",
    `ON clause for ASOF JOIN must contain conjunctions of equality conditions only. Disjunctions are not allowed. Each side of an equality condition must only refer to either the left table or the right table. ${conditionText(binder, node)} is invalid.`,
  );
}

function conditionText(binder: Binder, node: Expression): string {
  if (node.kind === "Parenthesized") return conditionText(binder, node.expression);
  if (node.kind !== "Binary") return planText(binder, node);
  const [left, right] = [node.left, node.right].map((side) => conditionText(binder, side));
  return ["AND", "OR"].includes(node.operator)
    ? `(${left}) ${node.operator} (${right})`
    : `${left} ${node.operator} ${right}`;
}

/** Whether an expression names a column of these relations. */
function reads(node: Expression, relations: readonly ScopeRelation[]): boolean {
  const scope = new Scope();
  scope.relations.push(...relations);
  let found = false;
  visit(node, {
    ColumnReference: ({ parts }) => {
      const names = parts.map((part) => part.value);
      found ||= scope.lookUp(names.at(-1) as string, names.slice(0, -1)) !== undefined;
    },
  });
  return found;
}
