import type { Expression, Limit, OrderBy, Select, SelectItem } from "../../../dialect/index";
import { ambiguousColumn, compilationError, SnowflakeError } from "../../errors";
import type { ResultColumn } from "../../execution/result";
import type { Binder, BoundQuery } from "../binder";
import { type Bound, bound } from "../bound";
import { comparable, hasKey } from "../expressions/comparison";
import { predicate } from "../expressions/predicates";
import { orderItem } from "../expressions/windows";
import { planText } from "../planText";
import type { RefreshCapture } from "../refreshCapture";
import { aliasLookup } from "./aliases";
import { unnamedColumn } from "./columnNames";
import { bindConnectBy } from "./connectBy";
import { bindFrom } from "./from";
import { bindGroupBy } from "./groupBy";
import { limitSql } from "./limit";
import { withOuterJoins } from "./outerJoins";
import { closeRelations } from "./pathColumns";
import { placeOf } from "./positions";
import { prepareWindows } from "./preparedWindows";
import { expandStar } from "./star";
import { notValid, ungroupedColumn } from "./ungrouped";
import { alsoWhere, bindWhere } from "./where";

/** One output column of a SELECT. */
export interface OutputItem {
  name: string;
  value: Bound;
  source?: ResultColumn["source"];
  isPlain?: boolean;
}

/** A SELECT in the (empty) scope of `binder`; ORDER BY and LIMIT of the query around it belong to it. */
export function bindSelect(binder: Binder, given: Select, orderBy?: OrderBy, limit?: Limit): BoundQuery {
  const { scope, shared } = binder;
  const { node, order: listed } = withOuterJoins(given, (select) => tableOfColumn(binder, select));
  if (node !== given || node.connectBy)
    shared.capture?.refuse(node.connectBy ? "CONNECT BY" : "outer join operator (+)");
  const captured = shared.capture?.enter(node, limit !== undefined);
  scope.takesPaths = node.connectBy === undefined;
  const from = bindFrom(binder, node.from, node, "", orderBy);
  if (listed) scope.relations.sort((a, b) => listed.indexOf(a.name ?? "") - listed.indexOf(b.name ?? ""));
  const opened = node.connectBy ? bindConnectBy(binder, node, node.connectBy, from) : from;
  scope.alias = aliasLookup(binder, node.items);
  const written = bindWhere(binder, node.where);
  scope.usage = { columns: [], aggregates: 0, windows: 0 };
  const grouping = bindGroupBy(binder, node);
  const items = bindItems(binder, node.items);
  const read = { items: scope.usage.columns.length, all: 0 };
  const kept = node.having && predicate(binder, node.having).sql;
  const qualify = node.qualify ? ` QUALIFY ${qualification(binder, node.qualify, items)}` : "";
  read.all = scope.usage.columns.length;
  // Where nothing is grouped, HAVING is one more WHERE.
  const isGrouped = node.groupBy !== undefined || scope.usage.aggregates > 0;
  const having = kept && isGrouped ? ` HAVING ${kept}` : "";
  const where = kept && !isGrouped ? alsoWhere(written, kept) : written;
  const isOneRow = !node.groupBy && scope.usage.aggregates > 0 && read.all === 0;
  let order = orderBy && node.quantifier !== "DISTINCT" ? orderSql(binder, orderBy, items, node.items) : "";
  if (isOneRow) {
    // One row has no order, so that it may name what is not grouped.
    order = "";
    scope.usage.columns = [];
  }
  const joined = closeRelations(shared, opened);
  const { usage } = scope;
  if ((grouping.sql || having || usage.aggregates > 0) && usage.columns.length > 0)
    throw ungroupedColumn(usage.columns, read, node.groupBy !== undefined);
  if (shared.capture && captured) {
    const sql = close(shared.capture, captured, node, items, {
      body: `${joined ? ` FROM ${joined}` : ""} WHERE (${where.slice(" WHERE ".length) || "TRUE"})`,
      having: having.slice(" HAVING ".length),
      qualify,
    });
    return { sql: `SELECT * FROM ${sql} AS ${shared.fresh("r")}`, columns: items.map(toColumn), ordered: false };
  }
  const outputs = items.map((item, i) => `${item.value.sql} AS o${i + 1}`).join(", ");
  const distinct = node.quantifier === "DISTINCT" ? distinctSql(items) : "";
  const isPlain = !grouping.sql && !having && usage.aggregates === 0;
  const rows = prepareWindows(scope, shared, `${joined ? ` FROM ${joined}` : ""}${where}`, isPlain);
  const rest = `${rows.from}${grouping.sql}${having}${rows.inTwoSteps(qualify)}`;
  const columns = items.map(toColumn);
  const tail = limitSql(binder, limit, node.top);
  let sql = `SELECT ${rows.inTwoSteps(`${distinct}${outputs}`)}${rest}`;
  if (node.quantifier === "DISTINCT" && (orderBy || (distinct.includes(" ON ") && tail))) {
    sql = `SELECT * FROM (${sql}) AS q${orderBy ? distinctOrder(binder, orderBy, items, node.items) : ""}`;
  }
  return {
    sql: `${sql}${rows.inTwoSteps(order)}${tail}`,
    columns,
    ordered: orderBy !== undefined,
    isOneRow: !node.groupBy && usage.aggregates > 0,
  };
}

/** FROM is bound for its names alone. */
function tableOfColumn(binder: Binder, { from }: Select): (column: string) => string | undefined {
  const named = binder.child({ correlated: false });
  bindFrom(named, from);
  return (column) => {
    const [only, ...others] = named.scope.relations.filter(({ columns }) =>
      columns.some(({ name }) => name === column),
    );
    return others.length === 0 ? only?.name : undefined;
  };
}

/** The SELECT as a node of its own; gives what stands for it. */
function close(
  capture: RefreshCapture,
  kind: "AGGREGATE" | "WINDOW",
  node: Select,
  items: readonly OutputItem[],
  parts: { body: string; having: string; qualify: string },
): string {
  const outputs = items.map(({ value }) => value.sql);
  if (kind === "WINDOW") return capture.closeWindow(parts.body, outputs, parts.qualify);
  if (node.quantifier !== "DISTINCT") return capture.closeAggregate(parts.body, outputs, parts.having);
  const kept = items.map(({ value }) => {
    const key = capture.key(comparable(value.sql, value.type));
    if (!hasKey(value.type)) return key;
    return capture.aggregate("any_value", value.sql, `any_value(${value.sql})`, false, false);
  });
  return capture.closeAggregate(parts.body, kept, "");
}

/** What a truth value or a VARIANT is computed from does not tell whether it can be NULL: Snowflake says it can. */
const alwaysNullable = ({ value, source }: OutputItem): boolean =>
  !source && (value.type.kind === "BOOLEAN" || value.type.kind === "VARIANT");

const toColumn = ({ name, value, source, isPlain }: OutputItem): ResultColumn => ({
  name,
  type: value.type,
  nullable: value.nullable || alwaysNullable({ name, value, source }),
  ...(source ? { source } : {}),
  ...(isPlain ? { isPlain } : {}),
});

/** What QUALIFY keeps. Source: https://docs.snowflake.com/en/sql-reference/constructs/qualify */
function qualification(binder: Binder, node: Expression, items: readonly OutputItem[]): string {
  const { sql } = predicate(binder, node);
  if (binder.scope.usage.windows === 0) {
    const start = binder.source({ start: 0, end: node.span.start }).toUpperCase().lastIndexOf("QUALIFY");
    throw compilationError(
      "002303",
      "42601",
      "found QUALIFY clause but no window function.",
      binder.position({ start, end: start }),
    );
  }
  // A window function of nothing but NULL is folded away; the engine wants to see one.
  const isSeen = [sql, ...items.map(({ value }) => value.sql)].some((text) => text.includes(" OVER ("));
  return isSeen ? sql : `(${sql}) AND row_number() OVER () > 0`;
}

function bindItems(binder: Binder, items: readonly SelectItem[]): OutputItem[] {
  return items.flatMap((item): OutputItem[] => {
    if (item.expression.kind === "Star") return expandStar(binder, item.expression);
    const value = binder.expression(item.expression);
    return [
      {
        name: item.alias?.value ?? unnamedColumn(binder, item.expression),
        value,
        ...originOf(binder, item.expression),
      },
    ];
  });
}

function originOf(binder: Binder, expression: Expression): Pick<OutputItem, "source" | "isPlain"> {
  if (expression.kind === "Parenthesized") return { ...originOf(binder, expression.expression), source: undefined };
  if (expression.kind !== "ColumnReference") return { source: undefined };
  const parts = expression.parts.map((p) => p.value);
  const column = binder.scope.lookUp(parts.at(-1) as string, parts.slice(0, -1));
  return { source: column?.source, ...(column?.isPlain ? { isPlain: true } : {}) };
}

function distinctSql(items: readonly OutputItem[]): string {
  if (!items.some((i) => hasKey(i.value.type))) return "DISTINCT ";
  return `DISTINCT ON (${items.map((i) => comparable(i.value.sql, i.value.type)).join(", ")}) `;
}

function orderSql(
  binder: Binder,
  orderBy: OrderBy,
  items: readonly OutputItem[],
  nodes: readonly SelectItem[],
): string {
  return ` ORDER BY ${orderValues(binder, orderBy, items, nodes).join(", ")}`;
}

/** Each ORDER BY item: a place, an alias, or any expression. */
function orderValues(
  binder: Binder,
  orderBy: OrderBy,
  items: readonly OutputItem[],
  nodes: readonly SelectItem[],
): string[] {
  if (orderBy.all) {
    const all = { kind: "OrderItem" as const, expression: undefined as never, span: orderBy.span, ...orderBy.all };
    return items.map((i) => orderItem(all, i.value));
  }
  binder.scope.aliasFirst = true;
  try {
    return orderBy.items.map((item) => orderItem(item, sortedBy(binder, items, nodes, item.expression)));
  } finally {
    binder.scope.aliasFirst = false;
  }
}

/** The name by which ORDER BY finds an item that is written out. */
const nameOf = ({ alias, expression }: SelectItem): string | undefined =>
  alias?.value ?? (expression.kind === "ColumnReference" ? expression.parts.at(-1)?.value : undefined);

/**
 * A name that several relations have is that of the one output column which bears it, as `*` of one of them gives. A name that
 * two items are written with is ambiguous.
 */
function sortedBy(
  binder: Binder,
  items: readonly OutputItem[],
  nodes: readonly SelectItem[],
  expression: Expression,
): Bound {
  const placed = itemAt(items, expression);
  if (placed) return placed;
  const name = expression.kind === "ColumnReference" && expression.parts.length === 1 && expression.parts[0]?.value;
  if (name && nodes.filter((node) => nameOf(node) === name).length > 1) throw ambiguousColumn(name);
  const [named, ...others] = items.filter((item) => item.name === name);
  try {
    return binder.expression(expression);
  } catch (error) {
    const isAmbiguous = error instanceof SnowflakeError && error.code === "002028";
    if (!isAmbiguous || !named || others.length > 0) throw error;
    return named.value;
  }
}

export function itemAt(items: readonly OutputItem[], expression: Expression): Bound | undefined {
  const place = placeOf(expression);
  if (!place) return undefined;
  const item = items[place.number - 1];
  if (!item) throw notValid(place.text, "order");
  return item.value;
}

/** With DISTINCT only output columns can be sorted by. */
function distinctOrder(
  binder: Binder,
  orderBy: OrderBy,
  items: readonly OutputItem[],
  nodes: readonly SelectItem[],
): string {
  const output = (i: number) => bound(`q.o${i + 1}`, (items[i] as OutputItem).value.type);
  if (orderBy.all) {
    const all = { kind: "OrderItem" as const, expression: undefined as never, span: orderBy.span, ...orderBy.all };
    return ` ORDER BY ${items.map((_, i) => orderItem(all, output(i))).join(", ")}`;
  }
  binder.scope.aliasFirst = true;
  const parts = orderBy.items.map((item) => {
    const value = sortedBy(binder, items, nodes, item.expression);
    const place = items.findIndex((i) => i.value.sql === value.sql);
    if (place < 0) throw notValid(planText(binder, item.expression), "order");
    return orderItem(item, output(place));
  });
  binder.scope.aliasFirst = false;
  return ` ORDER BY ${parts.join(", ")}`;
}
