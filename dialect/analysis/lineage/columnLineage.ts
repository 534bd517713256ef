import type { CommonTableExpression, Query, QueryBody, Select, SetOperation } from "../../ast/index";
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
  if (query.with !== undefined) {
    const tables = new Map(scope.tables);
    scope = { ...scope, tables };
    for (const table of query.with.tables) addCommonTable(table, scope, tables, query.with.recursive, lineage);
  }
  for (const alias of query.with?.expressions ?? []) {
    lineage.problem(`the columns behind '${alias.name.value}' of WITH are not followed`, alias);
    scope = { ...scope, locals: new Set([...scope.locals, alias.name.value]) };
  }
  return columnsOfBody(query.body, scope, lineage);
}

/** Adds one to the `tables` of the scope. A recursion has the columns of its first half, and their sources from both. */
function addCommonTable(
  table: CommonTableExpression,
  scope: Scope,
  tables: Map<string, LineageColumn[]>,
  recursive: boolean,
  lineage: Lineage,
): void {
  const names = table.columns.map(({ value }) => value);
  const define = (columns: LineageColumn[]) => tables.set(table.name.value, renamed(columns, names));
  const { body } = table.query;
  if (body.kind !== "SetOperation" || !body.all || !(recursive || isRecursive(table))) {
    define(lineage.columnsOf(table.query, scope));
    return;
  }
  let columns = columnsOfBody(body.left, scope, lineage);
  define(columns);
  columns = together([columns, columnsOfBody(body.right, scope, lineage)]);
  // What a step adds to one column, the next step hands on to others.
  const quiet: Lineage = {
    ...lineage,
    problem: () => undefined,
    columnsOf: (inner, around) => columnsOfQuery(inner, around, quiet),
  };
  for (let before = 0; before < sourceCount(columns); ) {
    before = sourceCount(columns);
    define(columns);
    columns = together([columns, columnsOfBody(body.right, scope, quiet)]);
  }
  define(columns);
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
    case "SetOperation":
      return columnsOfSetOperations(body, scope, lineage);
  }
}

/** Operators that follow one another are one tree, as deep as there are many of them on its left. */
function columnsOfSetOperations(last: SetOperation, scope: Scope, lineage: Lineage): LineageColumn[] {
  const operations = [last];
  let first: QueryBody = last.left;
  for (; first.kind === "SetOperation"; first = first.left) operations.push(first);
  let united = [columnsOfBody(first, scope, lineage)];
  for (const { operator, byName, right } of operations.reverse()) {
    const columns = columnsOfBody(right, scope, lineage);
    // What the right side of EXCEPT and INTERSECT holds decides which rows of the left there are, and no more.
    if (operator !== "UNION") continue;
    if (byName) united = [togetherByName(together(united), columns)];
    else united.push(columns);
  }
  return together(united);
}

/** The first names the columns. */
function together(united: readonly LineageColumn[][]): LineageColumn[] {
  const [first = []] = united;
  return united.length === 1 ? first : first.map((column, i) => merge(column, united.slice(1), i));
}

function togetherByName(left: LineageColumn[], right: LineageColumn[]): LineageColumn[] {
  const further = right.filter(({ name }) => !left.some((column) => column.name === name));
  const merged = left.map((column) => {
    const other = right.find(({ name }) => name === column.name);
    return other === undefined ? column : merge(column, [[other]], 0);
  });
  return [...merged, ...further];
}

function merge(column: LineageColumn, others: readonly LineageColumn[][], place: number): LineageColumn {
  const all = [column, ...others.flatMap((columns) => columns[place] ?? [])];
  return { ...column, sources: union(all.map(({ sources }) => sources)), direct: all.every(({ direct }) => direct) };
}

function columnsOfSelect(select: Select, outer: Scope, lineage: Lineage): LineageColumn[] {
  let scope: Scope = { ...outer, relations: [...outer.relations], row: [...outer.row] };
  if (select.connectBy) scope.locals = new Set(["LEVEL"]);
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
