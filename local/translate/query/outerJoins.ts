import type { Expression, Join, Select, TableReference } from "../../../dialect/index";
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

/** The names of tables whose columns are marked, and of those whose are not. */
function tablesOf(condition: Expression): { marked: Set<string>; plain: Set<string> } {
  const marked = new Set<string>();
  const plain = new Set<string>();
  const note = (set: Set<string>, node: Node) => {
    const { parts } = node as { parts: { value: string }[] };
    const table = parts.at(-2)?.value;
    if (table === undefined)
      throw unsupportedFeature("outer join operator (+) on columns without the name of their table");
    set.add(table);
  };
  walk(condition, (n) => {
    if (n.kind === "ColumnReference") note(plain, n);
    if (n.kind !== "OuterJoinMarker") return true;
    const { expression } = n as { expression: Expression };
    if (expression.kind !== "ColumnReference") throw unsupportedFeature("outer join operator (+) behind an expression");
    note(marked, expression);
    return false;
  });
  return { marked, plain };
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

/** What is outer joined to each marked table, with the conditions of the join. */
function outerTables(marked: Expression[]): Map<string, { on: Expression[]; to: Set<string> }> {
  const found = new Map<string, { on: Expression[]; to: Set<string> }>();
  for (const condition of marked) {
    const tables = tablesOf(condition);
    const [inner, second] = [...tables.marked];
    if (inner === undefined) continue;
    if (second !== undefined)
      throw compilationError(
        "002069",
        "42601",
        `Outer join predicates form a cycle between '${inner}' and '${second}'.`,
      );
    const entry = found.get(inner) ?? { on: [], to: new Set<string>() };
    entry.on.push(withoutMarkers(condition));
    for (const table of tables.plain) entry.to.add(table);
    const [one, other] = [...entry.to];
    if (other !== undefined)
      throw compilationError(
        "002070",
        "42601",
        `Table '${inner}' is outer joined to multiple tables: '${other}' and '${one}'.`,
      );
    found.set(inner, entry);
  }
  return found;
}

/**
 * `FROM a, b WHERE a.x = b.y(+)` as `a LEFT JOIN b ON a.x = b.y`; every other SELECT as it is. `order` are the names of the
 * tables as they were listed, by which `*` goes. Source: https://docs.snowflake.com/en/sql-reference/constructs/where
 */
export function withOuterJoins(node: Select): { node: Select; order?: string[] } {
  if (!node.where || !hasMarker(node.where)) return { node };
  const conditions = conjuncts(node.where);
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
    const next = waiting.findIndex(({ name }) =>
      [...joined.get(name as string)!.to].every((table) => placed.has(table)),
    );
    if (next < 0) {
      const names = waiting.map(({ name }) => `'${name}'`).join(" and ");
      throw compilationError("002069", "42601", `Outer join predicates form a cycle between ${names}.`);
    }
    const [{ reference, name }] = waiting.splice(next, 1) as [(typeof items)[number]];
    const { on, to } = joined.get(name as string)!;
    const at = Math.max(
      0,
      from.findIndex((part) => mentions(part, to)),
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
