import type { Select } from "../../../dialect/index";
import type { Binder } from "../binder";
import { predicate } from "../expressions/predicates";

/** ` WHERE …` or empty; aggregates and window functions have no place there. */
export function bindWhere(binder: Binder, node: Select): string {
  if (!node.where) return "";
  const { scope } = binder;
  scope.clause = "where";
  try {
    return ` WHERE ${predicate(binder, node.where).sql}`;
  } finally {
    scope.clause = undefined;
  }
}
