import type { ConnectBy, Expression, FunctionCall, Select } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import { number, physicalType, varchar } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound, constantText, settled } from "../bound";
import { asText } from "../conversion/cast";
import { predicate } from "../expressions/predicates";
import type { ScopeColumn } from "../scope";
import { quote } from "../sql";

/** What the rows of a hierarchy know besides their own columns; kept in the scope of their SELECT. */
export interface Hierarchy {
  /** SQL of a column → SQL of the same column one level above, and at the root. */
  prior: Map<string, string>;
  root: Map<string, string>;
  /** Text of a SYS_CONNECT_BY_PATH call → SQL of its value. */
  paths: Map<string, string>;
}

interface Path {
  key: string;
  call: FunctionCall;
  /** The SQL of the text that one row adds. */
  step: string;
  column: string;
}

function pathCalls(node: unknown, found: FunctionCall[] = []): FunctionCall[] {
  if (node === null || typeof node !== "object") return found;
  if (Array.isArray(node)) for (const item of node) pathCalls(item, found);
  else {
    const call = node as FunctionCall;
    if (call.kind === "FunctionCall" && call.name.parts.at(-1)?.value === "SYS_CONNECT_BY_PATH") found.push(call);
    for (const child of Object.values(node)) pathCalls(child, found);
  }
  return found;
}

/** `SYS_CONNECT_BY_PATH(column, separator)`: what each row adds to the path of the row above. */
function pathsOf(binder: Binder, node: Select): Path[] {
  const paths = new Map<string, Path>();
  for (const call of pathCalls([node.items, node.where, node.groupBy, node.having, node.qualify])) {
    const key = binder.source(call.span);
    if (paths.has(key)) continue;
    const [value, separator] = call.args;
    const text = separator && constantText(binder.expression(separator as Expression));
    if (!value || text === undefined || call.args.length !== 2)
      throw compilationError("001044", "42P13", "SYS_CONNECT_BY_PATH expects a column and a constant separator");
    const step = `${quote(text)} || ${asText(binder.expression(value as Expression), binder.settings)}`;
    paths.set(key, { key, call, step, column: `p${paths.size + 1}` });
  }
  return [...paths.values()];
}

/**
 * The rows of FROM as a hierarchy: a recursive table with the columns of each row, of the row above, and of the root.
 * The columns of the scope are from then on those of this table. Source: …/constructs/connect-by
 */
export function bindConnectBy(binder: Binder, node: Select, connectBy: ConnectBy, from: string): string {
  if (connectBy.noCycle) throw unsupportedFeature("CONNECT BY NOCYCLE");
  const { scope, shared } = binder;
  const columns = uniqueColumns(scope.relations.flatMap((relation) => relation.columns));
  const [source, name] = [shared.fresh("r"), shared.fresh("h")];
  const place = (i: number) => `x${i + 1}`;
  const rows = `(SELECT ${columns.map((column, i) => `${column.sql} AS ${place(i)}`).join(", ")} FROM ${from})`;
  repoint(scope.relations, columns, (i) => `${source}.${place(i)}`);
  const priorOf = (above: string) => new Map(columns.map((_, i) => [`${source}.${place(i)}`, `${above}.${place(i)}`]));
  scope.clause = "connect by";
  const level = (sql: string): Bound => bound(`${sql}::DECIMAL(38,0)`, number(38, 0), false);
  scope.lambdas.set("LEVEL", level("1::BIGINT"));
  const start = connectBy.startWith ? predicate(binder, connectBy.startWith).sql : "TRUE";
  const paths = pathsOf(binder, node);
  scope.hierarchy = { prior: priorOf("above"), root: new Map(), paths: new Map() };
  scope.lambdas.set("LEVEL", level("(above.n + 1)"));
  const connected = predicate(binder, connectBy.condition).sql;
  scope.clause = undefined;
  const own = columns.map((_, i) => `${source}.${place(i)}`).join(", ");
  const none = columns.map((column, i) => `NULL::${physicalType(settled(column.type))} AS a${i + 1}`).join(", ");
  const roots = columns.map((_, i) => `${source}.${place(i)} AS b${i + 1}`).join(", ");
  const anchor = `SELECT 1::BIGINT AS n, ${own}, ${none}, ${roots}${paths.map((p) => `, ${p.step} AS ${p.column}`).join("")} FROM ${rows} AS ${source} WHERE ${start}`;
  const above = columns.map((_, i) => `above.${place(i)}`).join(", ");
  const kept = columns.map((_, i) => `above.b${i + 1}`).join(", ");
  const step = `SELECT above.n + 1, ${own}, ${above}, ${kept}${paths.map((p) => `, above.${p.column} || ${p.step}`).join("")} FROM ${name} AS above, ${rows} AS ${source} WHERE ${connected}`;
  const all = [
    "n",
    ...columns.map((_, i) => place(i)),
    ...columns.map((_, i) => `a${i + 1}`),
    ...columns.map((_, i) => `b${i + 1}`),
    ...paths.map((p) => p.column),
  ];
  repoint(
    scope.relations,
    columns.map((column, i) => ({ ...column, sql: `${source}.${place(i)}` })),
    (i) => `${name}.${place(i)}`,
  );
  scope.hierarchy = {
    prior: new Map(columns.map((_, i) => [`${name}.${place(i)}`, `${name}.a${i + 1}`])),
    root: new Map(columns.map((_, i) => [`${name}.${place(i)}`, `${name}.b${i + 1}`])),
    paths: new Map(paths.map((p) => [p.key, `${name}.${p.column}`])),
  };
  scope.lambdas.set("LEVEL", level(`${name}.n`));
  return `(WITH RECURSIVE ${name}(${all.join(", ")}) AS (${anchor} UNION ALL ${step}) SELECT * FROM ${name}) AS ${name}`;
}

function uniqueColumns(columns: readonly ScopeColumn[]): ScopeColumn[] {
  const seen = new Set<string>();
  return columns.filter((column) => !seen.has(column.sql) && seen.add(column.sql)).map((column) => ({ ...column }));
}

function repoint(
  relations: readonly { columns: ScopeColumn[] }[],
  known: readonly ScopeColumn[],
  target: (i: number) => string,
): void {
  const moved = new Map(known.map((column, i) => [column.sql, target(i)]));
  for (const relation of relations)
    for (const column of relation.columns) {
      column.sql = moved.get(column.sql) ?? column.sql;
      column.nullable = true;
    }
}

/** `PRIOR column` and `CONNECT_BY_ROOT column`. */
export function hierarchyOperator(binder: Binder, operator: "PRIOR" | "CONNECT_BY_ROOT", operand: Bound): Bound {
  const { hierarchy } = binder.scope;
  const sql = (operator === "PRIOR" ? hierarchy?.prior : hierarchy?.root)?.get(operand.sql);
  if (sql === undefined)
    throw compilationError("001003", "42000", `${operator} needs a column of a query with CONNECT BY`);
  return bound(sql, operand.type, true);
}

export function hierarchyPath(binder: Binder, node: FunctionCall): Bound {
  const sql = binder.scope.hierarchy?.paths.get(binder.source(node.span));
  if (sql === undefined) throw compilationError("001003", "42000", "SYS_CONNECT_BY_PATH needs a query with CONNECT BY");
  return bound(sql, varchar(), true);
}
