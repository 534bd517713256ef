import {
  type Expression,
  type Identifier,
  type Node,
  type Pivot,
  parseQuery,
  type Query,
  type Select,
  type Statement,
  visit,
  type WithClause,
} from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { ResultColumn } from "../../execution/result";
import { runQuery } from "../../results/runQuery";
import { CONSUMERS } from "../../streams/consume";
import { translateQuery } from "../index";

/** Statements whose columns matter once; what is stored (a view, a dynamic table) would have to change with the data. */
const RUN_ONCE: ReadonlySet<string> = new Set(["Query", ...CONSUMERS]);

const isDynamic = (node: Pivot): boolean => !Array.isArray(node.values);

/**
 * `PIVOT (… IN (ANY [ORDER BY …]))` and `IN (SELECT …)`: the values are read first, since they name the columns of the result;
 * the statement that runs lists them. Source: https://docs.snowflake.com/en/sql-reference/constructs/pivot
 */
export async function listPivotValues<S extends Statement>(context: ExecutionContext, statement: S): Promise<S> {
  if (!RUN_ONCE.has(statement.kind) || !/\bPIVOT\b/i.test(context.text)) return statement;
  const found: Pivot[] = [];
  const note = (root: Node) =>
    visit(root, {
      Pivot: (node) => {
        if (isDynamic(node)) found.push(node);
      },
    });
  note(statement);
  if (found.length === 0) return statement;
  // Trees are shared by those who run the same text.
  const own = structuredClone(statement);
  found.length = 0;
  note(own);
  const sources = new Map(found.map((node) => [node, tablesBefore(own, node)]));
  // What lies inside comes later in the text's order, and is needed first.
  for (const node of found.reverse()) node.values = await valuesOf(context, node, sources.get(node) ?? []);
  return own;
}

/** The common tables that a place of the statement can see, outermost first. */
function tablesBefore(root: Node, target: Pivot): WithClause["tables"] {
  let seen: WithClause["tables"] = [];
  visit(root, {
    Pivot: (node, ancestors) => {
      if (node !== target) return;
      const path: readonly Node[] = [...ancestors, node];
      seen = path.flatMap((at) => {
        if (at.kind !== "Query" || !at.with) return [];
        const inside = at.with.tables.findIndex((table) => path.includes(table));
        return inside < 0 ? at.with.tables : at.with.tables.slice(0, inside);
      });
    },
  });
  return seen;
}

async function valuesOf(
  context: ExecutionContext,
  node: Pivot,
  tables: WithClause["tables"],
): Promise<{ value: Expression; alias: Identifier }[]> {
  const { span } = node;
  const query = valueQuery(node);
  const withClause: WithClause = {
    kind: "WithClause",
    recursive: true,
    tables: [...tables, ...(query.with?.tables ?? [])],
    span,
  };
  const translated = translateQuery(context, withClause.tables.length > 0 ? { ...query, with: withClause } : query);
  const [column, ...others] = translated.columns;
  if (!column || others.length > 0)
    throw compilationError("001003", "42000", "The subquery of PIVOT must have one column.");
  const { rows } = await runQuery(context, translated);
  const listed: { value: Expression; alias: Identifier }[] = [];
  const names = new Set<string>();
  const parts = Array.isArray(rows) ? [rows] : rows;
  for await (const part of parts) {
    for (const [cell = null] of part) {
      const { sql, name } = cell === null ? { sql: "NULL", name: "NULL" } : literalOf(column, cell);
      if (names.has(name)) continue;
      names.add(name);
      const body = parseQuery(`SELECT ${sql}`).body as Select;
      const alias: Identifier = { kind: "Identifier", text: name, value: name, quoted: true, span };
      listed.push({ value: body.items[0]?.expression as Expression, alias });
    }
  }
  return listed;
}

/** ANY: the distinct values of the column, in the order that is asked for or else their own. */
function valueQuery(node: Pivot): Query {
  const { values, column, source, span } = node;
  if ("kind" in values) return values;
  const given = "any" in values ? values.orderBy : [];
  return {
    kind: "Query",
    span,
    body: {
      kind: "Select",
      quantifier: "DISTINCT",
      items: [{ kind: "SelectItem", expression: column, span }],
      from: [source],
      span,
    },
    orderBy: {
      kind: "OrderBy",
      items: given.length > 0 ? given : [{ kind: "OrderItem", expression: column, span }],
      span,
    },
  };
}

/** A value as it would be written in the list, and the name of its column. */
function literalOf({ type }: ResultColumn, cell: string): { sql: string; name: string } {
  switch (type.kind) {
    case "VARCHAR":
      return { sql: quoted(cell), name: `'${cell}'` };
    case "NUMBER":
      return { sql: cell, name: cell };
    case "BOOLEAN": {
      const name = cell === "1" ? "TRUE" : "FALSE";
      return { sql: name, name };
    }
    case "DATE": {
      const day = new Date(Number(cell) * 86_400_000).toISOString().slice(0, 10);
      return { sql: `'${day}'::DATE`, name: `'${day}'` };
    }
    default:
      throw unsupportedFeature(`PIVOT with ANY or a subquery over ${type.kind}`);
  }
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
