import type { CommonTableExpression, Query, QueryBody, Select } from "../../ast/index";
import { isRecursive } from "../recursion";
import {
  emptyScope,
  type Lineage,
  type LineageColumn,
  type LineageProblem,
  renamed,
  type Schema,
  type Scope,
  union,
} from "./column";
import { columnOf } from "./expressionSources";
import { addTable, valuesColumns } from "./relations";
import { expandStar } from "./star";

export interface QueryLineage {
  /** The columns of the result, in their order. */
  columns: LineageColumn[];
  /** Names that mean nothing or more than one thing, and stars over tables whose columns are not known. */
  problems: LineageProblem[];
}

/**
 * Where each column of a query's result comes from, through common table expressions, subqueries, joins, set operators,
 * stars, FLATTEN, PIVOT and the names of other items of the same SELECT. What filters, joins and sorts rows is not among
 * the sources, since it decides which rows there are and not what stands in them. A table that the schema does not know
 * is taken to have every column that is asked of it.
 */
export function columnLineage(query: Query, schema: Schema): QueryLineage {
  const problems: LineageProblem[] = [];
  const lineage: Lineage = {
    schema,
    problem: (message, place) => problems.push({ message, span: "span" in place ? place.span : place }),
    columnsOf: (inner, outer) => columnsOfQuery(inner, outer, lineage),
  };
  return { columns: columnsOfQuery(query, emptyScope(), lineage), problems };
}

function columnsOfQuery(query: Query, outer: Scope, lineage: Lineage): LineageColumn[] {
  let scope = emptyScope(outer);
  for (const table of query.with?.tables ?? [])
    scope = withTable(table, scope, query.with?.recursive ?? false, lineage);
  for (const alias of query.with?.expressions ?? []) {
    lineage.problem(`the columns behind '${alias.name.value}' of WITH are not followed`, alias);
    scope = { ...scope, locals: new Set([...scope.locals, alias.name.value]) };
  }
  return columnsOfBody(query.body, scope, lineage);
}

/** A recursion has the columns of its first half, and their sources from both. */
function withTable(table: CommonTableExpression, scope: Scope, recursive: boolean, lineage: Lineage): Scope {
  const names = table.columns.map(({ value }) => value);
  const define = (columns: LineageColumn[]): Scope => ({
    ...scope,
    tables: new Map([...scope.tables, [table.name.value, renamed(columns, names)]]),
  });
  const { body } = table.query;
  if (body.kind !== "SetOperation" || !body.all || !(recursive || isRecursive(table)))
    return define(lineage.columnsOf(table.query, scope));
  const anchor = columnsOfBody(body.left, scope, lineage);
  let columns = together(anchor, columnsOfBody(body.right, define(anchor), lineage));
  // What a step adds to one column, the next step hands on to others.
  const quiet: Lineage = {
    ...lineage,
    problem: () => undefined,
    columnsOf: (inner, around) => columnsOfQuery(inner, around, quiet),
  };
  for (let before = 0; before < sourceCount(columns); ) {
    before = sourceCount(columns);
    columns = together(columns, columnsOfBody(body.right, define(columns), quiet));
  }
  return define(columns);
}

const sourceCount = (columns: readonly LineageColumn[]): number =>
  columns.reduce((count, { sources }) => count + sources.length, 0);

function columnsOfBody(body: QueryBody, scope: Scope, lineage: Lineage): LineageColumn[] {
  switch (body.kind) {
    case "Select":
      return columnsOfSelect(body, scope, lineage);
    case "Values":
      return valuesColumns(body, scope, lineage);
    case "ParenthesizedQuery":
      return columnsOfQuery(body.query, scope, lineage);
    case "SetOperation": {
      const left = columnsOfBody(body.left, scope, lineage);
      const right = columnsOfBody(body.right, scope, lineage);
      // What the right side of EXCEPT and INTERSECT holds decides which rows of the left there are, and no more.
      if (body.operator !== "UNION") return left;
      return body.byName ? togetherByName(left, right) : together(left, right);
    }
  }
}

/** The first names the columns. */
const together = (left: LineageColumn[], right: LineageColumn[]): LineageColumn[] =>
  left.map((column, i) => merge(column, right[i]));

function togetherByName(left: LineageColumn[], right: LineageColumn[]): LineageColumn[] {
  const of = (name: string | undefined) => right.find((column) => column.name === name);
  const further = right.filter(({ name }) => !left.some((column) => column.name === name));
  return [...left.map((column) => merge(column, of(column.name))), ...further];
}

const merge = (a: LineageColumn, b: LineageColumn | undefined): LineageColumn =>
  b === undefined ? a : { ...a, sources: union(a.sources, b.sources), direct: a.direct && b.direct };

function columnsOfSelect(select: Select, outer: Scope, lineage: Lineage): LineageColumn[] {
  let scope: Scope = select.connectBy ? { ...outer, locals: new Set(["LEVEL"]) } : outer;
  for (const table of select.from) scope = addTable(table, scope, lineage);
  const columns: LineageColumn[] = [];
  const items = new Map<string, LineageColumn>();
  scope = { ...scope, items };
  for (const { expression, alias } of select.items) {
    if (expression.kind === "Star") {
      columns.push(...expandStar(expression, scope, lineage));
      continue;
    }
    const { sources, direct } = columnOf(expression, scope, lineage);
    const own = expression.kind === "ColumnReference" ? expression.parts.at(-1)?.value : undefined;
    const name = alias?.value ?? own;
    columns.push({ ...(name !== undefined && { name }), sources, direct });
    if (alias !== undefined) items.set(alias.value, { name: alias.value, sources, direct });
  }
  return columns;
}
