import type { ColumnReference, Expression, Identifier, Join, Select, TableReference } from "../../../dialect/index";
import { visit } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";

/** The name by which columns are qualified; undefined for a join or an unnamed subquery. */
const nameOf = (reference: TableReference): string | undefined => {
  if ("alias" in reference && reference.alias) return reference.alias.name.value;
  return reference.kind === "NamedTable" && reference.name.kind === "ObjectName"
    ? reference.name.parts.at(-1)?.value
    : undefined;
};

function conjuncts(node: Expression): Expression[] {
  if (node.kind === "Parenthesized") return hasMarker(node) ? conjuncts(node.expression) : [node];
  if (node.kind === "Binary" && node.operator === "AND") return [...conjuncts(node.left), ...conjuncts(node.right)];
  return [node];
}

interface Node {
  kind?: string;
}

function walk(node: unknown, look: (node: Node) => boolean): void {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, look);
    return;
  }
  if (!look(node as Node)) return;
  for (const child of Object.values(node)) walk(child, look);
}

function hasMarker(node: unknown): boolean {
  let found = false;
  walk(node, (n) => {
    if (n.kind === "OuterJoinMarker") found = true;
    return !found && n.kind !== "Query";
  });
  return found;
}

/** A column as messages name it, and the table that it is of. */
interface Column {
  table: string;
  name: string;
}

/** The columns of a condition that are marked, those that are not, and the first marked one that stands below an OR. */
interface Marks {
  marked: Column[];
  plain: Column[];
  inOr?: Column;
}

function marksOf(condition: Expression): Marks {
  const marks: Marks = { marked: [], plain: [] };
  const columnOf = ({ parts }: ColumnReference): Column => {
    const table = parts.at(-2)?.value;
    if (table === undefined)
      throw unsupportedFeature("outer join operator (+) on columns without the name of their table");
    return { table, name: `${table}.${parts.at(-1)?.value}` };
  };
  visit(condition, {
    Query: () => false,
    ColumnReference: (node) => {
      marks.plain.push(columnOf(node));
    },
    OuterJoinMarker: ({ expression }, ancestors) => {
      if (expression.kind !== "ColumnReference")
        throw unsupportedFeature("outer join operator (+) behind an expression");
      const column = columnOf(expression);
      marks.marked.push(column);
      if (ancestors.some((node) => node.kind === "Binary" && node.operator === "OR")) marks.inOr ??= column;
      return false;
    },
  });
  return marks;
}

function withoutMarkers<T>(node: T): T {
  if (node === null || typeof node !== "object") return node;
  if (Array.isArray(node)) return node.map(withoutMarkers) as T;
  const { kind, expression } = node as { kind?: string; expression?: unknown };
  if (kind === "OuterJoinMarker") return withoutMarkers(expression) as T;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutMarkers(value)])) as T;
}

const all = (conditions: Expression[]): Expression | undefined =>
  conditions.reduce<Expression | undefined>(
    (left, right) => (left ? { kind: "Binary", operator: "AND", left, right, span: left.span } : right),
    undefined,
  );

/** Finds the one table of a SELECT's FROM that has a column. */
export type TableOf = (node: Select) => (column: string) => string | undefined;

/** The same condition, in which each column of FROM has the name of its table. */
function qualified<T>(node: T, tableOf: (column: string) => string | undefined): T {
  if (node === null || typeof node !== "object") return node;
  if (Array.isArray(node)) return node.map((item) => qualified(item, tableOf)) as T;
  const { kind } = node as { kind?: string };
  if (kind === "Query") return node;
  if (kind === "ColumnReference") {
    const reference = node as unknown as ColumnReference;
    const [only, ...others] = reference.parts as [Identifier, ...Identifier[]];
    const table = others.length === 0 ? tableOf(only.value) : undefined;
    return table === undefined ? node : ({ ...reference, parts: [{ ...only, value: table }, only] } as T);
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, qualified(value, tableOf)])) as T;
}

const refused = (code: string, text: string) => compilationError(code, "42601", text);

const cycle = (one: string, other: string) =>
  refused("002069", `Outer join predicates form a cycle between '${one}' and '${other}'.`);

/** What is outer joined to each marked table, with the conditions of the join; refused in the order and the words of an account. */
function outerTables(conditions: Expression[]): Map<string, { on: Expression[]; to: string }> {
  const found = new Map<string, { on: Expression[]; to: string }>();
  const all = conditions.map((condition) => ({ condition, ...marksOf(condition) }));
  for (const { marked, plain, inOr } of all) {
    if (inOr) continue;
    const last = marked.at(-1) as Column;
    const beside = plain.filter(({ table }) => marked.some((column) => column.table === table)).at(-1);
    if (beside)
      throw refused(
        "002068",
        `Outer join column '${last.name}(+)' appears in expression with non-outer join column '${beside.name}'.`,
      );
    const tables = [...new Set(marked.map(({ table }) => table))];
    const [to, ...others] = new Set(plain.map(({ table }) => table));
    const known = to === undefined || others.length > 0 ? undefined : found.get(tables[0] as string);
    if (known && known.to !== to)
      throw refused("002070", `Table '${tables[0]}' is outer joined to multiple tables: '${to}' and '${known.to}'.`);
    const [one, other] = [...tables].sort();
    if (other !== undefined && to === undefined) throw cycle(one as string, other);
    if (to !== undefined && others.length === 0 && tables.length === 1)
      found.set(tables[0] as string, known ?? { on: [], to });
  }
  refuseCycles(found);
  for (const { condition, marked, inOr } of all) {
    if (inOr) throw refused("002067", `Outer join column '${inOr.name}(+)' appears in an OR predicate.`);
    const alone = marked.find(({ table }) => !found.has(table));
    if (alone) throw refused("002066", `Column '${alone.name}(+)' not from an outer joined table.`);
    found.get((marked[0] as Column).table)?.on.push(withoutMarkers(condition));
  }
  return found;
}

/** A cycle is told by the last of its names and the table that is outer joined to that. */
function refuseCycles(found: ReadonlyMap<string, { to: string }>): void {
  for (const start of found.keys()) {
    const path = [start];
    for (let next = found.get(start)?.to; next !== undefined; next = found.get(next)?.to) {
      const at = path.indexOf(next);
      path.push(next);
      if (at < 0) continue;
      const round = path.slice(at, -1);
      const last = [...round].sort().at(-1) as string;
      throw cycle(round.find((name) => found.get(name)?.to === last) as string, last);
    }
  }
}

/**
 * `FROM a, b WHERE a.x = b.y(+)` as `a LEFT JOIN b ON a.x = b.y`; every other SELECT as it is. `order` are the names of the
 * tables as they were listed, by which `*` goes. Source: https://docs.snowflake.com/en/sql-reference/constructs/where
 */
export function withOuterJoins(node: Select, tableOf: TableOf): { node: Select; order?: string[] } {
  if (!node.where || !hasMarker(node.where)) return { node };
  const conditions = conjuncts(qualified(node.where, tableOf(node)));
  const joined = outerTables(conditions.filter(hasMarker));
  const items = node.from.map((reference) => ({ reference, name: nameOf(reference) }));
  for (const name of joined.keys()) {
    if (!items.some((item) => item.name === name)) throw unsupportedFeature(`outer join operator (+) on ${name}`);
  }
  const base = items.filter(({ name }) => name === undefined || !joined.has(name));
  const placed = new Set(base.map(({ name }) => name));
  const from = base.map(({ reference }) => reference);
  const waiting = items.filter(({ name }) => name !== undefined && joined.has(name));
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ name }) => placed.has(joined.get(name as string)!.to));
    if (next < 0) throw unsupportedFeature("outer join operator (+) to a table that is not in this FROM");
    const [{ reference, name }] = waiting.splice(next, 1) as [(typeof items)[number]];
    const { on, to } = joined.get(name as string)!;
    const at = Math.max(
      0,
      from.findIndex((part) => mentions(part, new Set([to]))),
    );
    const join: Join = {
      kind: "Join",
      type: "LEFT",
      natural: false,
      directed: false,
      left: from[at] as TableReference,
      right: reference,
      on: all(on),
      span: reference.span,
    };
    if (!from[at]) throw unsupportedFeature("outer join operator (+) on the only table");
    from[at] = join;
    placed.add(name);
  }
  const where = all(conditions.filter((condition) => !hasMarker(condition)));
  return {
    node: { ...node, from, ...(where ? { where } : { where: undefined }) },
    order: items.map(({ name }) => name ?? ""),
  };
}

/** The tables stand in this part of FROM. */
function mentions(reference: TableReference, names: ReadonlySet<string>): boolean {
  if (reference.kind === "Join") return mentions(reference.left, names) || mentions(reference.right, names);
  if (reference.kind === "ParenthesizedTable") return mentions(reference.table, names);
  const name = nameOf(reference);
  return name !== undefined && names.has(name);
}
