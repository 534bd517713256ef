import type { CommonTableExpression, Query, QueryBody, WithClause } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import type { ResultColumn } from "../../execution/result";
import { sqlName as typeName } from "../../types/dataType";
import type { Binder, BoundQuery, CommonTable } from "../binder";
import { bound, passedOn } from "../bound";
import { cast } from "../conversion/cast";
import { loses } from "../conversion/numbers";
import { bindBody } from "./body";

/** WITH: gives a binder that knows the tables, and the SQL in front of the query. */
export function bindCommonTables(outer: Binder, clause: WithClause): { binder: Binder; sql: string } {
  if (clause.expressions) throw unsupportedFeature("WITH name AS (expression)");
  const tables = new Map(outer.commonTables);
  const definitions: string[] = [];
  let recursive = false;
  for (const table of clause.tables) {
    if (table.kind !== "CommonTableExpression")
      throw compilationError("000002", "0A000", "WITH … AS PROCEDURE is not a table");
    const binder = outer.withTables(new Map(tables));
    if (outer.shared.capture) {
      if (isRecursive(table)) outer.shared.capture.refuse("WITH RECURSIVE");
      const expand = (): BoundQuery => {
        const query = binder.child({ correlated: false }).query(table.query);
        return { ...query, columns: named(table, query.columns) };
      };
      tables.set(table.name.value, { sqlName: "", columns: [], expand });
      continue;
    }
    const sqlName = outer.shared.fresh("w");
    const own = isRecursive(table) ? bindRecursive(binder, table, sqlName) : undefined;
    recursive ||= own !== undefined;
    const query = own ?? binder.child({ correlated: false }).query(table.query);
    const columns = own ? own.columns : named(table, query.columns);
    tables.set(table.name.value, { sqlName, columns });
    definitions.push(`${sqlName}(${columns.map((_, i) => `o${i + 1}`).join(", ")}) AS (${query.sql})`);
  }
  const binder = outer.withTables(tables as ReadonlyMap<string, CommonTable>);
  if (definitions.length === 0) return { binder, sql: "" };
  return { binder, sql: `WITH ${recursive ? "RECURSIVE " : ""}${definitions.join(", ")}` };
}

function named(table: CommonTableExpression, columns: readonly ResultColumn[]): ResultColumn[] {
  const settledColumns = columns.map(({ source: _, ...c }) => ({ ...c, type: passedOn(c.type) }));
  if (table.columns.length === 0) return settledColumns;
  if (table.columns.length !== columns.length) {
    throw compilationError(
      "002057",
      "42601",
      `Column list of common table expression '${table.name.value}' has ${table.columns.length} names for ${columns.length} columns`,
    );
  }
  return settledColumns.map((c, i) => ({ ...c, name: table.columns[i]?.value as string }));
}

/** A table that names itself behind UNION ALL. */
function isRecursive(table: CommonTableExpression): boolean {
  const body = unwrapped(table.query);
  return body.kind === "SetOperation" && mentions(body.right, table.name.value);
}

/** The body of a query, without the parentheses around it. */
function unwrapped(query: Query): Exclude<QueryBody, { kind: "ParenthesizedQuery" }> {
  return query.body.kind === "ParenthesizedQuery" ? unwrapped(query.body.query) : query.body;
}

function mentions(node: unknown, name: string): boolean {
  if (node === null || typeof node !== "object") return false;
  if (Array.isArray(node)) return node.some((n) => mentions(n, name));
  const { kind, name: own } = node as { kind?: string; name?: { kind?: string; parts?: { value: string }[] } };
  if (kind === "NamedTable" && own?.parts?.length === 1 && own.parts[0]?.value === name) return true;
  return Object.values(node).some((child) => mentions(child, name));
}

function bindRecursive(binder: Binder, table: CommonTableExpression, sqlName: string): BoundQuery {
  const body = unwrapped(table.query);
  if (body.kind !== "SetOperation" || !body.all || body.operator !== "UNION") {
    throw compilationError(
      "002059",
      "42601",
      `Recursive common table expression '${table.name.value}' needs UNION ALL between its anchor and its recursive clause`,
    );
  }
  const anchor = bindBody(binder, body.left);
  const columns = named(table, anchor.columns).map((c) => ({ ...c, type: widened(c), nullable: true }));
  const inner = binder.withTables(new Map([...binder.commonTables, [table.name.value, { sqlName, columns }]]));
  const step = bindBody(inner, body.right);
  if (step.columns.length !== columns.length) {
    throw compilationError(
      "001789",
      "42601",
      `invalid number of result columns for set operator input branches, expected ${columns.length}, got ${step.columns.length} in branch {2}`,
    );
  }
  const stepColumns = columns.map((c, i) => {
    const from = step.columns[i] as ResultColumn;
    if (loses(from.type, c.type))
      throw unsupportedFeature(
        `column ${c.name} of the recursive clause with ${typeName(from.type)} where the anchor has ${typeName(c.type)} (cast the column of the anchor)`,
      );
    return `${cast(bound(`s.o${i + 1}`, from.type), c.type, binder.settings).sql} AS o${i + 1}`;
  });
  const anchorColumns = columns.map((c, i) => {
    const from = anchor.columns[i] as ResultColumn;
    return `${cast(bound(`a.o${i + 1}`, from.type), c.type, binder.settings).sql} AS o${i + 1}`;
  });
  return {
    sql: `SELECT ${anchorColumns.join(", ")} FROM (${anchor.sql}) AS a UNION ALL SELECT ${stepColumns.join(", ")} FROM (${step.sql}) AS s`,
    columns,
    ordered: false,
  };
}

/** Numbers and texts of the anchor may grow in later steps. */
function widened({ type }: ResultColumn): ResultColumn["type"] {
  if (type.kind === "NUMBER") return { kind: "NUMBER", precision: 38, scale: type.scale };
  if (type.kind === "VARCHAR") return { kind: "VARCHAR", length: 16_777_216 };
  return type;
}
