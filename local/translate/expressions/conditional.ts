import type { Case, Expression } from "../../../dialect/index";
import { cannotConvert } from "../../errors";
import { sqlName } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import { collationOfAll } from "../collation";
import { cast } from "../conversion/cast";
import { branchType, commonType } from "../conversion/unify";
import { planText } from "../planText";
import { isVolatile, once } from "../sql";
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
  const given = node.whens.map((when) => binder.expression(when.condition));
  const conditions = (value: Bound | undefined) =>
    node.whens.map((when, i) => {
      const condition = given[i] as Bound;
      if (!value) return tested(binder, condition, when.condition);
      collationOfAll([value.type, condition.type]);
      return compare(binder, "=", value, condition, when);
    });
  const tests = conditions(operand);
  const results = node.whens.map((when) => binder.expression(when.result));
  if (node.otherwise) results.push(binder.expression(node.otherwise));
  const { type, values } = unified(binder, results, branchType(binder, results));
  const otherwise = node.otherwise ? ` ELSE ${(values.at(-1) as Bound).sql}` : "";
  const cases = (tests: readonly Bound[]) =>
    `CASE ${tests.map((c, i) => `WHEN ${c.sql} THEN ${(values[i] as Bound).sql}`).join(" ")}${otherwise} END`;
  const sql =
    operand && isVolatile(operand.sql)
      ? once(operand.sql, (value) => cases(conditions({ ...operand, sql: value })))
      : cases(tests);
  return bound(sql, type, !node.otherwise || values.some((v) => v.nullable));
}
