import type { ColumnReference } from "../../ast/index";
import { type Lineage, type LineageColumn, type Relation, type Scope, union } from "./column";

const NONE: LineageColumn = { sources: [], direct: false };

/** What a column's name means: columns of FROM before items of the SELECT list, and these before what lies outside. */
export function resolveColumn(node: ColumnReference, scope: Scope, lineage: Lineage): LineageColumn {
  const parts = node.parts.map(({ value }) => value);
  const name = parts.at(-1) as string;
  const qualifier = parts.slice(0, -1);
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const found = qualifier.length > 0 ? qualified(name, qualifier, at) : unqualified(name, at);
    if (found === "ambiguous") {
      lineage.problem(`ambiguous column name '${name}'`, node);
      return NONE;
    }
    if (found !== undefined) return found;
  }
  lineage.problem(`invalid identifier '${parts.join(".")}'`, node);
  return NONE;
}

/** The relations of a scope by the last part of their names, and their columns by name. */
interface Index {
  /** How many of the relations are in it: FROM adds to them. */
  count: number;
  relations: Map<string, Relation[]>;
  columns: Map<string, LineageColumn[]>;
  open: Relation[];
}

/** Whoever joins thousands of tables also names thousands of columns: no name looks through all of them. */
const indices = new WeakMap<readonly Relation[], Index>();

function indexOf(relations: readonly Relation[]): Index {
  const index: Index = indices.get(relations) ?? { count: 0, relations: new Map(), columns: new Map(), open: [] };
  for (; index.count < relations.length; index.count++) {
    const relation = relations[index.count] as Relation;
    for (const name of new Set([...relation.name.slice(-1), ...(relation.symbols ?? [])]))
      add(index.relations, name, relation);
    for (const column of relation.columns) if (column.name !== undefined) add(index.columns, column.name, column);
    if (relation.open !== undefined) index.open.push(relation);
  }
  indices.set(relations, index);
  return index;
}

function add<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [item]);
  else list.push(item);
}

function qualified(name: string, qualifier: string[], { relations }: Scope): LineageColumn | "ambiguous" | undefined {
  for (const relation of indexOf(relations).relations.get(qualifier.at(-1) as string) ?? []) {
    if (!answersTo(relation, qualifier)) continue;
    const [column, ...others] = relation.columns.filter((candidate) => candidate.name === name);
    if (others.length > 0) return "ambiguous";
    if (column !== undefined) return column;
    return relation.open && openColumn(name, relation);
  }
  return undefined;
}

/** `t.a`, `s.t.a` and `d.s.t.a` all mean the table d.s.t. */
export function answersTo({ name, symbols }: Relation, qualifier: readonly string[]): boolean {
  if (qualifier.length === 1 && symbols?.includes(qualifier[0] as string)) return true;
  const end = name.slice(-qualifier.length);
  return end.length === qualifier.length && end.every((part, i) => part === qualifier[i]);
}

function unqualified(name: string, scope: Scope): LineageColumn | "ambiguous" | undefined {
  if (scope.locals.has(name)) return NONE;
  const { columns, open } = indexOf(scope.relations);
  const listed = columns.get(name) ?? [];
  const merged = scope.merged.get(name);
  if (merged !== undefined) return listed.length > merged.of ? "ambiguous" : merged;
  if (listed.length > 1) return "ambiguous";
  if (listed[0] !== undefined) return listed[0];
  const item = scope.items.get(name);
  if (item !== undefined) {
    // `a || b AS a, a`: the table was asked for such a column before the item had that name.
    const table = open.find((relation) => hasColumn(relation, name, item));
    return table === undefined ? item : openColumn(name, table);
  }
  if (open.length === 1) return openColumn(name, open[0] as Relation);
  return open.length > 1 ? "ambiguous" : undefined;
}

/** Whether an item is made of a table's column of that name, of a table whose columns are not known. */
const hasColumn = ({ open }: Relation, name: string, { sources }: LineageColumn): boolean =>
  open?.table !== undefined &&
  sources.some(({ table, column }) => column === name && table.join(".") === open.table?.join("."));

export function openColumn(name: string, { open }: Relation): LineageColumn {
  const own = open?.table === undefined ? [] : [{ table: open.table, column: name }];
  return { name, sources: union([own, open?.sources ?? []]), direct: open?.table !== undefined };
}
