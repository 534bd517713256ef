import type { Expression, SelectItem } from "../../../dialect/index";
import type { Binder } from "../binder";
import type { Bound } from "../bound";

/** Aliases of the select list can be used in the other clauses and in later items. */
export function aliasLookup(binder: Binder, items: readonly SelectItem[]): (name: string) => Bound | undefined {
  const byName = new Map<string, Expression>();
  for (const item of items) {
    if (item.alias && item.expression.kind !== "Star" && !byName.has(item.alias.value))
      byName.set(item.alias.value, item.expression);
  }
  const open = new Set<string>();
  return (name) => {
    const expression = byName.get(name);
    if (!expression || open.has(name)) return undefined;
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
