import type { Join } from "../../../dialect/index";
import { compilationError, invalidIdentifier } from "../../errors";
import { printName } from "../../names/print";
import { Binder } from "../binder";
import { bound } from "../bound";
import { cast } from "../conversion/cast";
import { commonType } from "../conversion/unify";
import { compare } from "../expressions/comparison";
import { predicate } from "../expressions/predicates";
import { Scope, type ScopeColumn, type ScopeRelation } from "../scope";
import { aliasLookup } from "./aliases";
import type { FromContext } from "./from";

/** Two joined sides. `start` and `middle`: where their relations begin in the scope. */
export function bindJoin(
  context: FromContext,
  join: Join,
  left: string,
  right: string,
  start: number,
  middle: number,
): string {
  const { binder } = context;
  const { relations } = binder.scope;
  const isLateral = join.right.kind === "SubqueryTable" && join.right.lateral;
  const lateral = isLateral ? "LATERAL " : "";
  if (isLateral) refuseItemsAlone(join);
  const names = join.natural ? commonNames(relations, start, middle) : join.using?.map((u) => u.value);
  const on = names ? usingCondition(binder, join, names, start, middle) : onCondition(context, join, start);
  markNullable(join, relations, start, middle);
  if (on === undefined && (isLateral || join.type === "INNER" || join.type === "CROSS"))
    return `${left} CROSS JOIN ${lateral}${right}`;
  // Of the outer joins an account has LEFT … ON alone for a lateral subquery, and takes the others for INNER.
  const type = join.type === "CROSS" || (isLateral && join.type !== "LEFT") ? "INNER" : join.type;
  return `${left} ${type} JOIN ${lateral}${right} ON ${on ?? "TRUE"}`;
}

/** `LEFT JOIN LATERAL (SELECT t.a + 1) ON …`: what has no FROM cannot be left out of a row. */
function refuseItemsAlone({ type, right, on }: Join): void {
  const body = right.kind === "SubqueryTable" && right.query.body;
  if (on && (type === "LEFT" || type === "FULL") && body && body.kind === "Select" && body.from.length === 0)
    throw compilationError("002031", "42601", "Unsupported subquery type cannot be evaluated");
}

/** ON sees the two sides of its join and the queries around, not the rest of FROM. */
export function sideBinder(binder: Binder, start: number): Binder {
  const scope = new Scope(binder.scope.parent);
  scope.clause = "on";
  scope.relations.push(...binder.scope.relations.slice(start));
  return new Binder(binder.rules, binder.context, binder.shared, binder.text, scope, binder.commonTables, binder.batch);
}

function onCondition({ binder, items }: FromContext, join: Join, start: number): string | undefined {
  if (!join.on) return undefined;
  const inner = sideBinder(binder, start);
  inner.scope.alias = aliasLookup(inner, items);
  return predicate(inner, join.on).sql;
}

const visible = (relations: readonly ScopeRelation[]): ScopeColumn[] =>
  relations.flatMap((r) => r.columns.filter((c) => !c.hidden));

function commonNames(relations: readonly ScopeRelation[], start: number, middle: number): string[] {
  const right = new Set(visible(relations.slice(middle)).map((c) => c.name));
  return [...new Set(visible(relations.slice(start, middle)).map((c) => c.name))].filter((n) => right.has(n));
}

/** USING and NATURAL: one merged column per name, in front of the others. */
export function usingCondition(
  binder: Binder,
  join: Join,
  names: readonly string[],
  start: number,
  middle: number,
): string | undefined {
  const { relations } = binder.scope;
  const one = (side: readonly ScopeRelation[], name: string): ScopeColumn => {
    const found = visible(side).filter((c) => c.name === name);
    if (found.length === 0) throw invalidIdentifier(printName(name), binder.position(join.span));
    if (found.length > 1) throw compilationError("002028", "42601", `ambiguous column name '${name}'`);
    return found[0] as ScopeColumn;
  };
  const pairs = names.map(
    (name) => [one(relations.slice(start, middle), name), one(relations.slice(middle), name)] as const,
  );
  const conditions = pairs.map(([l, r]) => compare(binder, "=", toBound(l), toBound(r)).sql);
  const merged = pairs.map(([l, r]): ScopeColumn => {
    l.hidden = true;
    r.hidden = true;
    if (join.type === "RIGHT") return { ...r, hidden: false };
    if (join.type !== "FULL") return { ...l, hidden: false };
    const type = commonType([toBound(l), toBound(r)]);
    const sql = `coalesce(${cast(toBound(l), type, binder.settings).sql}, ${cast(toBound(r), type, binder.settings).sql})`;
    return { name: l.name, sql, type, nullable: l.nullable || r.nullable };
  });
  if (merged.length > 0) relations.splice(start, 0, { columns: merged });
  return conditions.length > 0 ? conditions.join(" AND ") : undefined;
}

const toBound = (c: ScopeColumn) => bound(c.sql, c.type, c.nullable);

export function markNullable(join: Join, relations: readonly ScopeRelation[], start: number, middle: number): void {
  const mark = (side: readonly ScopeRelation[]) => {
    for (const relation of side) for (const column of relation.columns) column.nullable = true;
  };
  if (join.type === "LEFT" || join.type === "FULL") mark(relations.slice(middle));
  if (join.type === "RIGHT" || join.type === "FULL") mark(relations.slice(start, middle));
}
