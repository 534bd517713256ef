import type { Expression } from "../../../dialect/index";
import type { Binder } from "../binder";
import { predicate } from "../expressions/predicates";

/** ` WHERE …` or empty; aggregates and window functions have no place there. */
export function bindWhere(binder: Binder, where: Expression | undefined): string {
  if (!where) return "";
  const { scope } = binder;
  scope.clause = "where";
  try {
    return ` WHERE ${predicate(binder, where).sql}`;
  } finally {
    scope.clause = undefined;
  }
}

/** One more condition. */
export const alsoWhere = (where: string, condition: string): string =>
  ` WHERE ${where && `${where.slice(" WHERE ".length)} AND `}${condition}`;
