import type { Expression, Select } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { Binder } from "../binder";
import { condition } from "../expressions/predicates";

/** WHERE, where aggregates and window functions have no place. */
export function bindWhere(binder: Binder, node: Select, from: string): { where: string; from: string } {
  if (!node.where) return { where: "", from };
  if (hasOuterJoinMarker(node.where)) throw unsupportedFeature("outer join operator (+)");
  const { scope } = binder;
  scope.clause = "where";
  try {
    return { where: ` WHERE ${condition(binder, binder.expression(node.where)).sql}`, from };
  } finally {
    scope.clause = undefined;
  }
}

function hasOuterJoinMarker(node: Expression): boolean {
  if (node.kind === "OuterJoinMarker") return true;
  if (node.kind === "Binary") return hasOuterJoinMarker(node.left) || hasOuterJoinMarker(node.right);
  return false;
}
