import type { FrameBound, OrderItem, WindowSpecification } from "../../../dialect/index";
import type { Binder } from "../binder";
import { type Bound, constantNumber } from "../bound";
import { intervalSql } from "../intervals";
import { comparable, sortable } from "./comparison";

/** One item of ORDER BY. NULL is higher than every value unless the text says otherwise. */
export function orderItem(item: OrderItem, value: Bound): string {
  const direction = item.direction ?? "ASC";
  const nulls = item.nulls ?? (direction === "ASC" ? "LAST" : "FIRST");
  const sql = sortable(value.sql, value.type);
  // To the engine a bare number is a place, and a bare text an error.
  const isBare = /^(?:-?[\d.]+|'(?:[^']|'')*')$/.test(sql);
  return `${isBare ? `coalesce(${sql})` : sql} ${direction} NULLS ${nulls}`;
}

/** What stands between the parentheses of OVER, which `checkWindow` has passed. `defaultFrame` applies where the text names none. */
export function windowSql(binder: Binder, over: WindowSpecification, defaultFrame = ""): string {
  const parts: string[] = [];
  if (over.partitionBy.length > 0) {
    const keys = over.partitionBy.map((e) => {
      const key = binder.expression(e);
      return comparable(key.sql, key.type);
    });
    binder.shared.capture?.partition(keys);
    parts.push(`PARTITION BY ${keys.join(", ")}`);
  } else binder.shared.capture?.partition([]);
  if (over.orderBy.length > 0) {
    parts.push(
      `ORDER BY ${over.orderBy.map((item) => orderItem(item, binder.expression(item.expression))).join(", ")}`,
    );
  }
  if (over.frame) {
    const { unit, start, end } = over.frame;
    const low = frameBound(binder, start);
    parts.push(end ? `${unit} BETWEEN ${low} AND ${frameBound(binder, end)}` : `${unit} ${low}`);
  } else if (defaultFrame) parts.push(defaultFrame);
  return parts.join(" ");
}

function frameBound(binder: Binder, bound: FrameBound): string {
  if (!bound.offset) return bound.type;
  if (bound.offset.kind === "IntervalLiteral") return `${intervalSql(bound.offset)} ${bound.type}`;
  return `${constantNumber(binder.expression(bound.offset))} ${bound.type}`;
}
