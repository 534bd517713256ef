import type { OrderBy, Query } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import { varchar } from "../../types/dataType";
import type { Binder, BoundQuery } from "../binder";
import { bound } from "../bound";
import { orderItem } from "../expressions/windows";
import { bindBody } from "./body";
import { bindCommonTables } from "./commonTables";
import { limitSql } from "./limit";
import { placeOf } from "./positions";
import { bindSelect } from "./select";
import { notValid } from "./ungrouped";

/** A whole query, its WITH tables in front. */
export function bindQuery(outer: Binder, node: Query): BoundQuery {
  if (node.forUpdate) throw unsupportedFeature("FOR UPDATE");
  const { binder, sql: withSql } = node.with ? bindCommonTables(outer, node.with) : { binder: outer, sql: "" };
  const query =
    node.body.kind === "Select" ? bindSelect(binder, node.body, node.orderBy, node.limit) : sorted(binder, node);
  return withSql ? { ...query, sql: `${withSql} ${query.sql}` } : query;
}

function sorted(binder: Binder, node: Query): BoundQuery {
  const body = bindBody(binder, node.body);
  const limit = limitSql(binder, node.limit);
  if (limit) binder.shared.capture?.refuse("LIMIT");
  if (!node.orderBy && !limit) return body;
  const order = node.orderBy ? orderByOutputs(binder, node.orderBy, body) : "";
  return { ...body, sql: `SELECT * FROM (${body.sql}) AS q${order}${limit}`, ordered: node.orderBy !== undefined };
}

/** ORDER BY over finished output columns: by place, by name, or by an expression of them. */
export function orderByOutputs(binder: Binder, orderBy: OrderBy, query: BoundQuery, alias = "q"): string {
  const columns = query.columns.map((c, i) => ({
    name: c.name,
    sql: `${alias}.o${i + 1}`,
    type: c.type.kind === "NULL" ? varchar() : c.type,
    nullable: c.nullable,
  }));
  if (orderBy.all) {
    const item = { kind: "OrderItem" as const, expression: undefined as never, span: orderBy.span, ...orderBy.all };
    return ` ORDER BY ${columns.map((c) => orderItem(item, bound(c.sql, c.type))).join(", ")}`;
  }
  const inner = binder.child({ correlated: false });
  inner.scope.relations.push({ columns });
  const items = orderBy.items.map((item) => {
    const place = placeOf(item.expression);
    if (place) {
      const column = columns[place.number - 1];
      if (!column) throw notValid(place.text, "order");
      return orderItem(item, bound(column.sql, column.type));
    }
    return orderItem(item, inner.expression(item.expression));
  });
  return ` ORDER BY ${items.join(", ")}`;
}
