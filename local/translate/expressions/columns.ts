import type { ColumnReference, DynamicColumn, PositionalColumn, Span } from "../../../dialect/index";
import { compilationError, invalidIdentifier, type Position } from "../../errors";
import { nameParts } from "../../names/parts";
import { printName } from "../../names/resolve";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import type { Scope, ScopeColumn } from "../scope";

export function columnReference(binder: Binder, node: ColumnReference): Bound {
  return resolveColumn(
    binder,
    node.parts.map((p) => p.value),
    node.span,
  );
}

/** `IDENTIFIER('name')` where a column stands. */
export function dynamicColumn(binder: Binder, node: DynamicColumn): Bound {
  const parts = nameParts(binder.context, {
    kind: "IdentifierFunction",
    argument: node.argument,
    rest: node.rest,
    span: node.span,
  });
  return resolveColumn(binder, parts, node.span);
}

/** `at` is where the name stands, which is noted for the queries around it. */
export function resolveColumn(binder: Binder, parts: readonly string[], at?: Span): Bound {
  const name = parts.at(-1) as string;
  const qualifier = parts.slice(0, -1);
  const position = at && binder.position(at);
  const parameter = qualifier.length === 0 ? routineParameter(binder.scope, name) : undefined;
  if (parameter) {
    if (parameter.value.readsColumns) noteRead(binder, parameter.scope, at);
    return parameter.value;
  }
  for (let scope: Scope | undefined = binder.scope; scope; scope = scope.parent) {
    const found = inScope(scope, name, qualifier, position);
    if (found?.isColumn) noteRead(binder, scope, at);
    if (found) return found.value;
  }
  const place = qualifier.length < 2 ? /^\$([1-9]\d*)$/.exec(name) : null;
  if (place) return columnAt(binder, Number(place[1]), qualifier, at);
  throw invalidIdentifier(printName(...parts), position);
}

const noteRead = ({ shared }: Binder, scope: Scope, at: Span | undefined): void => {
  if (at) shared.columnReads.push({ scope, span: at });
};

/** A parameter of the routine around, unless a lambda inside it has the name. */
function routineParameter(from: Scope, name: string): { value: Bound; scope: Scope } | undefined {
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    const value = scope.lambdas.get(name);
    if (value) return scope.isRoutine ? { value, scope } : undefined;
  }
  return undefined;
}

function inScope(
  scope: Scope,
  name: string,
  qualifier: readonly string[],
  position?: Position,
): { value: Bound; isColumn: boolean } | undefined {
  const aliased = () => {
    const value = scope.alias?.(name);
    return value && { value, isColumn: true };
  };
  if (qualifier.length === 0) {
    const parameter = scope.lambdas.get(name);
    if (parameter) return { value: parameter, isColumn: false };
    const first = scope.aliasFirst ? aliased() : undefined;
    if (first) return first;
  }
  const column = scope.lookUp(name, qualifier);
  if (column) return { value: useColumn(scope, column, position), isColumn: true };
  const found = qualifier.length === 0 ? aliased() : undefined;
  if (found) return found;
  const variable = qualifier.length < 2 ? scope.bareVariables?.([...qualifier, name].join(".")) : undefined;
  return variable && { value: variable, isColumn: false };
}

/** Notes the use of a column for the GROUP BY check of the scope it belongs to. */
export function useColumn(scope: Scope, column: ScopeColumn, position?: Position): Bound {
  if (!scope.insideAggregate) {
    const key = scope.groupKeys?.get(column.sql);
    if (key !== undefined) return bound(key, column.type, column.nullable);
    const owner = scope.relations.find(({ columns }) => columns.includes(column));
    // A subquery without a name goes by "values".
    const name = printName(owner?.name ?? "values", column.name);
    scope.usage.columns.push({ name, position, inWindow: scope.insideWindow });
  }
  return bound(column.sql, column.type, column.nullable);
}

/** `$1`, `t.$2`: a column by its place. A quoted name `"$1"` that no column has means the same. */
export const positionalColumn = (binder: Binder, node: PositionalColumn): Bound =>
  columnAt(
    binder,
    node.index,
    (node.qualifier ?? []).map((p) => p.value),
    node.span,
  );

function columnAt(binder: Binder, index: number, qualifier: readonly string[], at: Span | undefined): Bound {
  const position = at && binder.position(at);
  for (let scope: Scope | undefined = binder.scope; scope; scope = scope.parent) {
    const relations = scope.relations.filter((r) => qualifier.length === 0 || r.name === qualifier.at(-1));
    if (relations.length > 1) throw compilationError("002028", "42601", `ambiguous column name '$${index}'`, position);
    const column = relations[0]?.columns[index - 1];
    if (column) noteRead(binder, scope, at);
    if (column) return useColumn(scope, column, position);
  }
  throw invalidIdentifier([...qualifier, `$${index}`].join("."), position);
}
