import type { Expression, Query, DataType as WrittenType } from "../../dialect/index";
import type { ExecutionContext } from "../execution/context";
import type { Value } from "../execution/value";
import { parameter } from "../parameters/effective";
import { type DataType, sameType } from "../types/dataType";
import { Binder, Shared } from "./binder";
import { settled } from "./bound";
import type { TranslatedQuery, Translation } from "./contract";
import { resolveType as resolve } from "./dataTypes";
import { directly } from "./direct";
import { valueBound } from "./expressions/values";
import { remembered } from "./memo";
import { RefreshCapture, type RefreshNode, type Template } from "./refreshCapture";
import { rules } from "./rules";

export type { TranslatedQuery, Typed } from "./contract";

/** A binder for a statement of `context`, for those that translate more than one query or expression (DML). */
export const newBinder = (context: ExecutionContext, shared = new Shared()): Binder =>
  new Binder(rules, context, shared, context.text);

export const translateQuery: Translation["translateQuery"] = (context, query: Query): TranslatedQuery =>
  remembered(context, query, (within, shared) => translate(within, shared, query));

function translate(context: ExecutionContext, shared: Shared, query: Query): TranslatedQuery {
  const bound = newBinder(context, shared).query(query);
  return {
    sql: bound.sql,
    params: shared.params,
    columns: bound.columns.map((c) => ({
      ...c,
      type: settled(c.type),
      ...(c.type.kind === "NULL" ? { isUntyped: true as const } : {}),
    })),
    relations: shared.relations,
    deterministic: shared.deterministic,
    prerequisites: shared.prerequisites,
    ordered: bound.ordered,
    isOneRow: query.body.kind === "Select" && bound.isOneRow === true,
  };
}

/** A query taken apart for incremental refresh. */
export interface CapturedQuery {
  nodes: RefreshNode[];
  root: Template;
  columns: TranslatedQuery["columns"];
}

/** The parts of a query, or why it cannot be taken apart. */
export function captureQuery(context: ExecutionContext, query: Query): CapturedQuery | { refusal: string } {
  const shared = new Shared();
  const capture = new RefreshCapture();
  shared.capture = capture;
  const bound = newBinder(context, shared).query(query);
  const root = capture.root(bound.sql);
  if (!shared.deterministic) capture.refuse("a value that differs from run to run");
  if (shared.params.length > 0 || shared.prerequisites.length > 0) capture.refuse("computed relations");
  if (capture.refusal !== undefined) return { refusal: capture.refusal };
  return { nodes: capture.nodes, root, columns: bound.columns.map((c) => ({ ...c, type: settled(c.type) })) };
}

/** Variables need no colon. */
function withVariables(binder: Binder): Binder {
  binder.scope.bareVariables = (name) => {
    const value = binder.context.variables?.get(name);
    return value ? valueBound(binder, value) : undefined;
  };
  return binder;
}

export const evaluate: Translation["evaluate"] = async (context, expression: Expression): Promise<Value> => {
  const shared = new Shared();
  const binder = withVariables(newBinder(context, shared));
  const { sql, type } = binder.expression(expression);
  const direct = directly(withVariables(newBinder(context)), expression);
  if (direct && sameType(direct.type, type)) return direct;
  return context.withConnection(async (connection) => {
    for (const prepare of shared.prerequisites) await prepare(connection);
    const { rows } = await connection.run(`SELECT ${sql} AS o1`, shared.params, context.signal);
    return { type, value: rows[0]?.[0] ?? null };
  });
};

/** A type as written; plain TIMESTAMP is TIMESTAMP_NTZ, or what `context`'s TIMESTAMP_TYPE_MAPPING says. */
export const resolveType = (written: WrittenType, context?: ExecutionContext): DataType =>
  resolve(written, context ? String(parameter(context, "TIMESTAMP_TYPE_MAPPING")) : undefined);
