import type {
  CommonTableExpression,
  ConnectBy,
  ExpressionAlias,
  ForUpdate,
  GroupBy,
  GroupingConstruct,
  Limit,
  ModelAlias,
  OrderBy,
  OrderItem,
  ParenthesizedQuery,
  Query,
  QueryBody,
  Select,
  SelectItem,
  SetOperation,
  Values,
  WithClause,
} from "../ast/index";
import { commas, type Document, parenthesizedList, sql, when, words } from "./document";

export const queryPrinters = {
  Query: (node: Query): Document => words(node.with, node.body, node.orderBy, node.limit, node.forUpdate),
  WithClause: (node: WithClause): Document =>
    words(
      "WITH",
      when(node.recursive, "RECURSIVE"),
      commas([...(node.models ?? []), ...node.tables, ...(node.expressions ?? [])]),
    ),
  ModelAlias: (node: ModelAlias): Document =>
    words(node.name, "AS MODEL", node.model, when(node.version, sql`VERSION ${node.version}`)),
  CommonTableExpression: (node: CommonTableExpression): Document =>
    sql`${node.name}${when(node.columns.length, [" ", parenthesizedList(node.columns)])} AS (${node.query})`,
  ExpressionAlias: (node: ExpressionAlias): Document => sql`${node.name} AS (${node.expression})`,
  ParenthesizedQuery: (node: ParenthesizedQuery): Document => sql`(${node.query})`,
  SetOperation: printSetOperation,
  Values: (node: Values): Document => sql`VALUES ${commas(node.rows.map((row) => parenthesizedList(row)))}`,
  Select: printSelect,
  SelectItem: (node: SelectItem): Document => words(node.expression, when(node.alias, sql`AS ${node.alias}`)),
  ConnectBy: (node: ConnectBy): Document =>
    words(
      when(node.startWith, sql`START WITH ${node.startWith}`),
      "CONNECT BY",
      when(node.noCycle, "NOCYCLE"),
      node.condition,
    ),
  GroupBy: (node: GroupBy): Document => sql`GROUP BY ${node.all ? "ALL" : commas(node.items)}`,
  GroupingConstruct: (node: GroupingConstruct): Document =>
    sql`${node.type} ${parenthesizedList(node.sets.map(printGroupingSet))}`,
  OrderBy: (node: OrderBy): Document =>
    node.all ? words("ORDER BY ALL", ...direction(node.all)) : sql`ORDER BY ${commas(node.items)}`,
  Limit: printLimit,
  ForUpdate: (node: ForUpdate): Document =>
    words("FOR UPDATE", when(node.nowait, "NOWAIT"), when(node.wait, sql`WAIT ${node.wait}`)),
};

function direction(item: Pick<OrderItem, "direction" | "nulls">): Document[] {
  return [item.direction, when(item.nulls, `NULLS ${item.nulls}`)];
}

function printSelect(node: Select): Document {
  return words(
    "SELECT",
    node.quantifier,
    when(node.top, sql`TOP ${node.top}`),
    commas(node.items),
    when(node.into, sql`INTO ${commas(node.into ?? [])}`),
    when(node.from.length, sql`FROM ${commas(node.from)}`),
    when(node.where, sql`WHERE ${node.where}`),
    node.connectBy,
    node.groupBy,
    when(node.having, sql`HAVING ${node.having}`),
    when(node.qualify, sql`QUALIFY ${node.qualify}`),
  );
}

function printSetOperation(node: SetOperation): Document {
  return words(
    setOperand(node.left, node.operator === "INTERSECT" ? ["INTERSECT"] : ["INTERSECT", "UNION", "EXCEPT", "MINUS"]),
    node.operator,
    when(node.all, "ALL"),
    when(node.byName, "BY NAME"),
    setOperand(node.right, node.operator === "INTERSECT" ? [] : ["INTERSECT"]),
  );
}

function setOperand(body: QueryBody, bare: SetOperation["operator"][]): Document {
  return body.kind === "SetOperation" && !bare.includes(body.operator) ? sql`(${body})` : body;
}

function printGroupingSet(set: GroupingConstruct["sets"][number]): Document {
  if (!Array.isArray(set)) return set;
  return set.length === 1 ? set[0] : parenthesizedList(set);
}

function printLimit(node: Limit): Document {
  if (node.syntax === "LIMIT") return words("LIMIT", node.count, when(node.offset, sql`OFFSET ${node.offset}`));
  return words(
    when(node.offset, sql`OFFSET ${node.offset}`),
    when(node.count, sql`FETCH FIRST ${node.count} ROWS ONLY`),
  );
}
