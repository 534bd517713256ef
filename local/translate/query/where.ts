import type { Select } from "../../../dialect/index";
import type { Binder } from "../binder";
import { condition } from "../expressions/predicates";

/** ` WHERE …` or empty; aggregates and window functions have no place there. */
export function bindWhere(binder: Binder, node: Select): string {
  if (!node.where) return "";
  const { scope } = binder;
  scope.clause = "where";
  try {
    return ` WHERE ${condition(binder, binder.expression(node.where)).sql}`;
  } finally {
    scope.clause = undefined;
  }
}
