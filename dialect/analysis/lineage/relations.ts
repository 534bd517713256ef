import type { Expression, Join, Name, Pivot, TableAlias, TableReference, Values } from "../../ast/index";
import { type Lineage, type LineageColumn, type Relation, renamed, type Scope, union } from "./column";
import { columnOf, constantName, sourcesOf } from "./expressionSources";
import { openColumn } from "./resolve";

/** Adds what one item of FROM brings to the scope, in place, and answers with the scope and the columns that are merged. */
export function addTable(table: TableReference, scope: Scope, lineage: Lineage): Scope {
  if (table.kind === "Join") return addJoins(table, scope, lineage);
  if (table.kind === "ParenthesizedTable" && table.alias === undefined) return addTable(table.table, scope, lineage);
  const relation = aliased(relationOf(table, scope, lineage), table.alias);
  scope.relations.push(relation);
  for (const column of relation.columns) scope.row.push(column);
  return scope;
}

/** Nothing but what stands around FROM. */
const withoutTables = (scope: Scope): Scope => ({ ...scope, relations: [], row: [], merged: new Map() });

/** How much a scope holds. */
interface Size {
  relations: number;
  row: number;
}

const sizeOf = ({ relations, row }: Scope): Size => ({ relations: relations.length, row: row.length });

/** Joins that follow one another are one tree, as deep as there are many of them on its left. */
function addJoins(last: Join, scope: Scope, lineage: Lineage): Scope {
  const before = sizeOf(scope);
  const joins = [last];
  let first: TableReference = last.left;
  for (; first.kind === "Join"; first = first.left) joins.push(first);
  let joined = addTable(first, scope, lineage);
  for (const join of joins.reverse()) joined = addJoin(join, joined, before, lineage);
  return joined;
}

/** `left` is what stands on the left of the join, behind what was there `before` all of its joins. */
function addJoin(join: Join, left: Scope, before: Size, lineage: Lineage): Scope {
  const ofLeft = left.relations.length;
  const both = addTable(join.right, left, lineage);
  if (!join.natural && join.using === undefined) return both;
  const leftSide = both.relations.slice(before.relations, ofLeft);
  const rightSide = both.relations.slice(ofLeft);
  const names = join.natural ? sharedNames(leftSide, rightSide) : (join.using ?? []).map(({ value }) => value);
  const merged = new Map(both.merged);
  const keys: LineageColumn[] = [];
  for (const name of names) {
    // What is merged already stands for all columns of that name.
    const known = merged.get(name);
    const left = known === undefined ? columnsNamed(name, leftSide) : [known];
    const sides = [...left, ...columnsNamed(name, rightSide)];
    if (sides.length === 0) continue;
    const of = sides.reduce((count, side) => count + (side.of ?? 1), 0);
    const key = { name, sources: union(sides.map(({ sources }) => sources)), direct: true, of };
    merged.set(name, key);
    keys.push({ name, sources: key.sources, direct: true });
  }
  return { ...both, merged, row: [...both.row.slice(0, before.row), ...keysFirst(keys, both.row.slice(before.row))] };
}

/** What NATURAL joins by, as far as it is known. */
function sharedNames(left: readonly Relation[], right: readonly Relation[]): string[] {
  const ofRight = new Set(right.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const names = left.flatMap(({ columns }) => columns.flatMap(({ name }) => name ?? []));
  return [...new Set(names.filter((name) => ofRight.has(name)))];
}

/** The columns of that name; where none is listed, that of the only table whose columns are not known. */
function columnsNamed(name: string, relations: readonly Relation[]): (LineageColumn & { of?: number })[] {
  const listed = relations.flatMap(({ columns }) => columns.filter((column) => column.name === name));
  if (listed.length > 0) return listed;
  const [open, ...others] = relations.filter((relation) => relation.open !== undefined);
  return open === undefined || others.length > 0 ? [] : [{ ...openColumn(name, open), of: 0 }];
}

/** Each key of a join once, and before all other columns. https://docs.snowflake.com/en/sql-reference/constructs/join */
function keysFirst(keys: readonly LineageColumn[], columns: readonly LineageColumn[]): LineageColumn[] {
  const names = new Set(keys.map(({ name }) => name));
  return [...keys, ...columns.filter(({ name }) => !names.has(name))];
}

function aliased(relation: Relation, alias: TableAlias | undefined): Relation {
  if (alias === undefined) return relation;
  const names = alias.columns.map(({ value }) => value);
  const { open, columns, ...rest } = relation;
  const name = [alias.name.value];
  if (open === undefined) return { ...relation, name, columns: renamed(columns, names) };
  if (names.length === 0) return { ...relation, name };
  // The alias lists what the columns are called; of a table without a schema it does not tell which they are.
  const given = names.map((column) => ({ name: column, sources: open.sources, direct: false }));
  return { ...rest, name, columns: given, ...(open.table && { open }) };
}

function relationOf(table: Exclude<TableReference, Join>, scope: Scope, lineage: Lineage): Relation {
  switch (table.kind) {
    case "NamedTable":
    case "WrappedTable":
      return namedRelation(table.name, scope, lineage);
    case "TableLiteral": {
      const { value: argument } = table;
      return namedRelation({ kind: "IdentifierFunction", argument, rest: [], span: argument.span }, scope, lineage);
    }
    case "SubqueryTable":
      // Only LATERAL sees the tables to its left.
      return listed(lineage.columnsOf(table.query, table.lateral ? scope : withoutTables(scope)));
    case "ValuesTable":
      return listed(valuesColumns(table.values, scope, lineage));
    case "TableFunction":
      return functionRelation(
        table.call.kind === "FunctionCall" ? (table.call.name.parts.at(-1)?.value ?? "") : "",
        table.call,
        scope,
        lineage,
      );
    case "ParenthesizedTable":
      return sourceColumns(table.table, scope, lineage);
    case "Pivot":
      return pivoted(table, scope, lineage);
    case "Unpivot": {
      const source = sourceColumns(table.source, scope, lineage);
      const names = new Set(table.columns.map(({ column }) => column.value));
      const spread = source.columns.filter(({ name = "" }) => names.has(name));
      const value = { name: table.value.value, sources: union(spread.map(({ sources }) => sources)), direct: false };
      const kept = source.columns.filter(({ name = "" }) => !names.has(name));
      return { ...source, columns: [...kept, { name: table.name.value, sources: [], direct: false }, value] };
    }
    case "MatchRecognize": {
      const source = sourceColumns(table.source, scope, lineage);
      const symbols = [...symbolsOf(table.pattern), ...table.subsets.map(({ name }) => name.value)];
      const inner = { ...scope, relations: [{ ...source, symbols }], row: source.columns };
      const measures = table.measures.map(({ expression, alias }) => ({
        name: alias.value,
        sources: sourcesOf(expression, inner, lineage),
        direct: false,
      }));
      const kept =
        table.rowsPerMatch === "ALL ROWS PER MATCH"
          ? source.columns
          : table.partitionBy.map((expression) => columnOf(expression, inner, lineage));
      return listed([...kept, ...measures]);
    }
    default:
      // Staged files, result sets, earlier results of a flow: their columns come from no table that has a name here.
      return { name: [], columns: [], open: { sources: [], what: UNNAMED[table.kind] ?? "this table" } };
  }
}

/** The row pattern is text: its words are its symbols. One that DEFINE leaves out matches every row. */
const symbolsOf = (pattern: string): string[] =>
  [...pattern.matchAll(/"((?:[^"]|"")+)"|[\p{L}_][\p{L}\p{N}_$]*/gu)].map(
    ([word, quoted]) => quoted?.replaceAll('""', '"') ?? word.toUpperCase(),
  );

const listed = (columns: LineageColumn[]): Relation => ({ name: [], columns });

const UNNAMED: Record<string, string> = {
  BoundTable: "a bound table",
  DirectoryTable: "a directory table",
  FlowResult: "an earlier result",
  SemanticViewTable: "a semantic view",
  StagedFiles: "staged files",
};

function namedRelation(name: Name, scope: Scope, lineage: Lineage): Relation {
  const written = name.kind === "ObjectName" ? name.parts.map(({ value }) => value) : constantName(name.argument);
  if (written === undefined) {
    lineage.problem("the table is known at run time only", name);
    return { name: [], columns: [], open: { sources: [], what: "a table known at run time only" } };
  }
  const rest = name.kind === "ObjectName" ? [] : name.rest.map(({ value }) => value);
  const parts = [...written, ...rest];
  const common = parts.length === 1 ? scope.tables.get(parts[0] as string) : undefined;
  if (common !== undefined) return { name: parts, columns: common };
  const columns = lineage.schema(parts);
  if (columns === undefined)
    return { name: parts, columns: [], open: { table: parts, sources: [], what: parts.join(".") } };
  return {
    name: parts,
    columns: columns.map((column) => ({ name: column, sources: [{ table: parts, column }], direct: true })),
  };
}

/** Columns of VALUES are COLUMN1, COLUMN2 … */
export function valuesColumns({ rows }: Values, scope: Scope, lineage: Lineage): LineageColumn[] {
  return (rows[0] ?? []).map((_, i) => ({
    name: `COLUMN${i + 1}`,
    sources: union(rows.map((row) => (row[i] === undefined ? [] : sourcesOf(row[i], scope, lineage)))),
    direct: false,
  }));
}

const TABLE_FUNCTIONS: Record<string, string[]> = {
  GENERATOR: [],
  FLATTEN: ["SEQ", "KEY", "PATH", "INDEX", "VALUE", "THIS"],
  SPLIT_TO_TABLE: ["SEQ", "INDEX", "VALUE"],
  STRTOK_SPLIT_TO_TABLE: ["SEQ", "INDEX", "VALUE"],
};

/** Every column of a table function is computed from its arguments. */
function functionRelation(name: string, call: Expression, scope: Scope, lineage: Lineage): Relation {
  const sources = sourcesOf(call, scope, lineage);
  const columns = TABLE_FUNCTIONS[name]?.map((column) => ({ name: column, sources, direct: false }));
  return columns ? listed(columns) : { name: [], columns: [], open: { sources, what: name || "a table function" } };
}

function sourceColumns(table: TableReference, scope: Scope, lineage: Lineage): Relation {
  const { relations, row } = addTable(table, withoutTables(scope), lineage);
  const open = relations.find((relation) => relation.open !== undefined)?.open;
  const name = relations.length === 1 ? relations[0]!.name : [];
  return { name, columns: [...row], ...(open && { open }) };
}

/** The columns that are neither turned nor summed up, then one for each value, which chooses the rows that are summed up in it. */
function pivoted(pivot: Pivot, scope: Scope, lineage: Lineage): Relation {
  const source = sourceColumns(pivot.source, scope, lineage);
  const inner = { ...scope, relations: [source], row: source.columns };
  const summed = pivot.aggregates.map(({ call }) => sourcesOf(call, inner, lineage));
  const used = usedColumns(pivot, source, scope, lineage);
  const kept = source.columns.filter((_, i) => !used.has(String(i)));
  if (!Array.isArray(pivot.values))
    return { name: [], columns: kept, open: { sources: union(summed), what: "a dynamic pivot" } };
  const turned = pivot.values.flatMap(({ value, alias }) =>
    pivot.aggregates.map(({ alias: suffix }, i) => {
      const base = alias?.value ?? pivotName(value);
      const name = suffix === undefined ? base : `${base}_${suffix.value}`;
      return { name, sources: summed[i] ?? [], direct: false };
    }),
  );
  return { name: [], columns: [...kept, ...turned], ...(source.open && { open: source.open }) };
}

/** The places of the columns that a pivot turns or sums up: other columns may have the same sources. */
function usedColumns(pivot: Pivot, source: Relation, scope: Scope, lineage: Lineage): ReadonlySet<string> {
  const columns = source.columns.map((column, i) => ({ ...column, sources: [{ table: [], column: String(i) }] }));
  const numbered: Scope = { ...scope, relations: [{ ...source, columns }], row: columns };
  const quiet: Lineage = { ...lineage, problem: () => undefined };
  const parts = [pivot.column, ...pivot.aggregates.map(({ call }) => call)];
  return new Set(
    parts.flatMap((part) =>
      sourcesOf(part, numbered, quiet).flatMap(({ table, column }) => (table.length > 0 ? [] : column)),
    ),
  );
}

/** A value becomes a column called as it is written, quotes included. */
function pivotName(value: Expression): string {
  if (value.kind === "StringLiteral") return `'${value.value}'`;
  return value.kind === "NumberLiteral" ? value.text : "";
}
