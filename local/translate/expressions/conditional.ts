import type { Case, Expression } from "../../../dialect/index";
import { cannotConvert } from "../../errors";
import { sqlName } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import { collationOfAll } from "../collation";
import { cast } from "../conversion/cast";
import { branchType, commonType } from "../conversion/unify";
import { planText } from "../planText";
import { compare } from "./comparison";
import { condition } from "./predicates";

/** Alternatives in their common type. */
export function unified(
  binder: Binder,
  values: readonly Bound[],
  type = commonType(values),
): { type: Bound["type"]; values: Bound[] } {
  if (type.kind === "NULL") return { type, values: [...values] };
  return { type, values: values.map((v) => cast(v, type, binder.settings)) };
}

/** WHEN converts nothing. Source: …/functions/case */
function tested(binder: Binder, given: Bound, node: Expression): Bound {
  if (given.type.kind !== "BOOLEAN" && given.type.kind !== "NULL")
    throw cannotConvert(planText(binder, node), sqlName(given.type), "BOOLEAN");
  return condition(binder, given);
}

export function caseExpression(binder: Binder, node: Case): Bound {
  const operand = node.operand ? binder.expression(node.operand) : undefined;
  const conditions = node.whens.map((when) => {
    const given = binder.expression(when.condition);
    if (!operand) return tested(binder, given, when.condition);
    collationOfAll([operand.type, given.type]);
    return compare(binder, "=", operand, given, when);
  });
  const results = node.whens.map((when) => binder.expression(when.result));
  if (node.otherwise) results.push(binder.expression(node.otherwise));
  const { type, values } = unified(binder, results, branchType(binder, results));
  const whens = conditions.map((c, i) => `WHEN ${c.sql} THEN ${(values[i] as Bound).sql}`).join(" ");
  const otherwise = node.otherwise ? ` ELSE ${(values.at(-1) as Bound).sql}` : "";
  return bound(`CASE ${whens}${otherwise} END`, type, !node.otherwise || values.some((v) => v.nullable));
}
