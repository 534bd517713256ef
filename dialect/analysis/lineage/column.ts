import type { Node, Query, Span } from "../../ast/index";

/** A column of a table, as Snowflake stores their names. */
export interface SourceColumn {
  table: string[];
  column: string;
}

export interface LineageColumn {
  /** As stored; absent for an expression without a name of its own. */
  name?: string;
  sources: SourceColumn[];
  /** True when the value is taken over as it is. */
  direct: boolean;
}

export interface LineageProblem {
  message: string;
  span: Span;
}

/** The columns of a table, view or stream by the parts of its name, as stored; undefined for one that is not known. */
export type Schema = (table: string[]) => readonly string[] | undefined;

/** What stands in FROM under one name. */
export interface Relation {
  /** The alias, or the parts of the name where there is none. */
  name: string[];
  columns: LineageColumn[];
  /** Further names it answers to: those of a row pattern. */
  symbols?: string[];
  /** Columns that are not listed are taken to exist: those of this table, or with these sources. `what` names it in messages. */
  open?: { table?: string[]; sources: SourceColumn[]; what: string };
}

/** `of` is how many columns of tables it stands for. */
type MergedColumn = LineageColumn & { of: number };

export interface Scope {
  relations: Relation[];
  /** What `*` stands for. */
  row: LineageColumn[];
  /** Columns that USING and NATURAL merge into one, by name. */
  merged: ReadonlyMap<string, MergedColumn>;
  /** Common table expressions in sight. */
  tables: ReadonlyMap<string, LineageColumn[]>;
  /** Named items of the SELECT list so far, which later expressions may use. */
  items: ReadonlyMap<string, LineageColumn>;
  /** Arguments of lambdas, LEVEL of CONNECT BY: names that are no columns of a table. */
  locals: ReadonlySet<string>;
  outer?: Scope;
}

/** What the parts of the analysis need from one another. */
export interface Lineage {
  schema: Schema;
  problem(message: string, node: Node | Span): void;
  columnsOf(query: Query, outer: Scope): LineageColumn[];
}

export const emptyScope = (outer?: Scope): Scope => ({
  relations: [],
  row: [],
  merged: new Map(),
  tables: outer?.tables ?? new Map(),
  items: new Map(),
  locals: new Set(),
  ...(outer && { outer }),
});

/** Each source once, in the order in which they were met. */
export function union(lists: readonly (readonly SourceColumn[])[]): SourceColumn[] {
  const found = new Map<string, SourceColumn>();
  for (const list of lists) for (const source of list) found.set(keyOf(source), source);
  return [...found.values()];
}

const keys = new WeakMap<SourceColumn, string>();

function keyOf(source: SourceColumn): string {
  const known = keys.get(source);
  if (known !== undefined) return known;
  const key = JSON.stringify([source.table, source.column]);
  keys.set(source, key);
  return key;
}

/** The same columns under other names, as far as names are given. */
export function renamed(columns: readonly LineageColumn[], names: readonly string[]): LineageColumn[] {
  return columns.map((column, i) => (names[i] === undefined ? column : { ...column, name: names[i] as string }));
}
