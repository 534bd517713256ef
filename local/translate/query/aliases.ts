import type { Expression, SelectItem } from "../../../dialect/index";
import { ambiguousColumn } from "../../errors";
import type { Binder } from "../binder";
import type { Bound } from "../bound";

/** Aliases of the select list can be used in the other clauses and in later items. */
export function aliasLookup(binder: Binder, items: readonly SelectItem[]): (name: string) => Bound | undefined {
  const byName = new Map<string, Expression>();
  const repeated = new Set<string>();
  for (const { alias, expression } of items) {
    if (!alias || expression.kind === "Star") continue;
    if (byName.has(alias.value)) repeated.add(alias.value);
    else byName.set(alias.value, expression);
  }
  const open = new Set<string>();
  return (name) => {
    const expression = byName.get(name);
    if (!expression || open.has(name)) return undefined;
    if (repeated.has(name)) throw ambiguousColumn(name);
    open.add(name);
    const aliasFirst = binder.scope.aliasFirst;
    binder.scope.aliasFirst = false;
    try {
      return binder.expression(expression);
    } finally {
      binder.scope.aliasFirst = aliasFirst;
      open.delete(name);
    }
  };
}
