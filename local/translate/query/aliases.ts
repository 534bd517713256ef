import type { Expression, SelectItem } from "../../../dialect/index";
import { ambiguousColumn } from "../../errors";
import type { Binder } from "../binder";
import type { Bound } from "../bound";

/** The names that an item gives: its alias, or those that RENAME of a star gives to columns. */
function named({ alias, expression }: SelectItem): [string, Expression][] {
  if (expression.kind !== "Star") return alias ? [[alias.value, expression]] : [];
  const { qualifier = [], rename = [] } = expression;
  return rename.map(({ from, to }) => [
    to.value,
    { kind: "ColumnReference", parts: [...qualifier, from], span: from.span },
  ]);
}

/** Aliases of the select list can be used in the other clauses and in later items. */
export function aliasLookup(binder: Binder, items: readonly SelectItem[]): (name: string) => Bound | undefined {
  const byName = new Map<string, Expression>();
  const repeated = new Set<string>();
  for (const [name, expression] of items.flatMap(named)) {
    if (byName.has(name)) repeated.add(name);
    else byName.set(name, expression);
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
