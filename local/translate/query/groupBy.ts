import type { Expression, GroupBy, GroupingConstruct, Select } from "../../../dialect/index";
import type { Binder } from "../binder";
import type { Bound } from "../bound";
import { useColumn } from "../expressions/columns";
import { comparable, hasKey } from "../expressions/comparison";
import { placeOf } from "./positions";
import { starColumns } from "./star";
import { notValid } from "./ungrouped";

/** GROUP BY; notes the keys in the scope, so that later expressions know what is grouped. */
export function bindGroupBy(binder: Binder, node: Select): { sql: string } {
  if (!node.groupBy) return { sql: "" };
  return node.groupBy.all ? groupByAll(binder, node) : groupByList(binder, node, node.groupBy);
}

function groupByList(binder: Binder, node: Select, groupBy: GroupBy): { sql: string } {
  const keys: Bound[] = [];
  const constructed = groupBy.items.some((i) => i.kind === "GroupingConstruct");
  const key = (e: Expression): string => {
    const value = keyValue(binder, node, e);
    keys.push(value);
    return comparable(value.sql, value.type);
  };
  binder.scope.clause = "group by";
  const parts = groupBy.items.map((item) => (item.kind === "GroupingConstruct" ? construct(item, key) : key(item)));
  binder.scope.clause = undefined;
  setKeys(binder, keys, constructed);
  return { sql: ` GROUP BY ${parts.join(", ")}` };
}

function construct(item: GroupingConstruct, key: (e: Expression) => string): string {
  const sets = item.sets.map((set) => {
    if (!Array.isArray(set)) return construct(set, key);
    const inside = set.map(key).join(", ");
    return set.length === 1 && item.type !== "GROUPING SETS" ? inside : `(${inside})`;
  });
  return `${item.type} (${sets.join(", ")})`;
}

/** A key by place, by expression, or by alias; a column of FROM wins over an alias of the same name. */
function keyValue(binder: Binder, node: Select, e: Expression): Bound {
  const place = placeOf(e);
  if (place) {
    const expression = placeExpression(binder, node, place.number);
    if (!expression) throw notValid(place.text, "group");
    return typeof expression === "function" ? expression() : binder.expression(expression);
  }
  return binder.expression(e);
}

/** The n-th output column, stars counted out. */
function placeExpression(binder: Binder, node: Select, place: number): Expression | (() => Bound) | undefined {
  let at = 0;
  for (const item of node.items) {
    if (item.expression.kind !== "Star") {
      if (++at === place) return item.expression;
      continue;
    }
    const { scope, columns } = starColumns(binder, item.expression);
    const column = columns[place - at - 1];
    if (column) return () => useColumn(scope, column);
    at += columns.length;
  }
  return undefined;
}

function groupByAll(binder: Binder, node: Select): { sql: string } {
  const { scope } = binder;
  const keys: Bound[] = [];
  for (const item of node.items) {
    if (item.expression.kind === "Star") {
      const { scope: owner, columns } = starColumns(binder, item.expression);
      keys.push(...columns.map((c) => useColumn(owner, c)));
      continue;
    }
    const before = scope.usage.aggregates;
    const value = binder.expression(item.expression);
    if (scope.usage.aggregates === before && scope.usage.windows === 0) keys.push(value);
  }
  scope.usage = { columns: [], aggregates: 0, windows: 0 };
  setKeys(binder, keys, false);
  // Without keys the result is one row, as for an aggregate alone.
  if (keys.length === 0) return { sql: "" };
  return { sql: ` GROUP BY ${keys.map((k) => comparable(k.sql, k.type)).join(", ")}` };
}

function setKeys(binder: Binder, keys: readonly Bound[], constructed: boolean): void {
  const { scope } = binder;
  scope.usage = { columns: [], aggregates: 0, windows: 0 };
  const { capture } = binder.shared;
  if (constructed) capture?.refuse("grouping sets");
  scope.groupKeys = new Map(
    keys.map((k) => {
      if (capture?.isGrouping) {
        const key = capture.key(comparable(k.sql, k.type));
        if (!hasKey(k.type)) return [k.sql, key];
        return [k.sql, capture.aggregate("any_value", k.sql, `any_value(${k.sql})`, false, false)];
      }
      if (!hasKey(k.type)) return [k.sql, k.sql];
      const any = `any_value(${k.sql})`;
      return [k.sql, constructed ? `CASE WHEN grouping(${comparable(k.sql, k.type)}) = 0 THEN ${any} END` : any];
    }),
  );
}
