import { BREAK, type Expression, type Query, visit } from "../../dialect/index";
import type { Value } from "../execution/value";
import { sameType } from "../types/dataType";
import type { Binder } from "./binder";
import type { TranslatedQuery } from "./contract";
import { directly } from "./direct";

/** The expressions of a SELECT of one row: no FROM, nothing that could drop the row. */
function expressionsOf({ with: named, body, limit, forUpdate }: Query): Expression[] | undefined {
  if (named || limit || forUpdate || body.kind !== "Select") return undefined;
  if (body.from.length > 0 || body.quantifier || body.top || body.where || body.connectBy) return undefined;
  if (body.groupBy || body.having || body.qualify) return undefined;
  const expressions: Expression[] = [];
  for (const { expression } of body.items) {
    if (expression.kind === "Star") return undefined;
    expressions.push(expression);
  }
  return expressions;
}

/** The name of an earlier item of the SELECT. */
function namesItems(expression: Expression): boolean {
  let found = false;
  visit(expression, {
    ColumnReference() {
      found = true;
      return BREAK;
    },
  });
  return found;
}

/**
 * The row of a query such as `SELECT 1`, by which drivers and pools ask whether the server is there; undefined when the engine
 * must be asked.
 * @param binder one of its own, as for {@link directly}
 */
export function directRow(binder: Binder, query: Query, translated: TranslatedQuery): Value[] | undefined {
  const expressions = expressionsOf(query);
  if (!expressions || translated.prerequisites.length > 0) return undefined;
  const row: Value[] = [];
  for (const [i, expression] of expressions.entries()) {
    const value = namesItems(expression) ? undefined : directly(binder, expression);
    const column = translated.columns[i];
    if (!value || !column || (value.value !== null && !sameType(value.type, column.type))) return undefined;
    row.push(value);
  }
  return row;
}
