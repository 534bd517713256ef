import type { ColumnDefinition, Query, QueryBody, Select, SelectItem } from "../../../../dialect/index";
import type { ColumnDoc, DynamicTableDoc, SchemaDoc, TableDoc } from "../../../catalogue/model";
import { compilationError, nullInNonNullable } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { ResultColumn } from "../../../execution/result";
import { fullName } from "../../../names/print";
import { columnName, ROW_ID_SEQUENCE, tableName } from "../../../store/physical";
import type { WriteUnit } from "../../../store/writeUnit";
import { bound, nullBound, settled } from "../../../translate/bound";
import type { TranslatedQuery } from "../../../translate/contract";
import { assignInNewTable } from "../../../translate/conversion/assign";
import { settings } from "../../../translate/settings";
import { nameColumn, namingColumn, writtenTo } from "../../dml/failedColumn";
import { readColumn, refuseDuplicates } from "./columns";

/**
 * Columns of a table or view that one SELECT makes, by their names there: an expression needs an alias, and a column in
 * parentheses keeps its own name. Error: 002022 for an expression without a name.
 */
export function namedColumns<C extends ResultColumn>(query: Query, columns: readonly C[]): C[] {
  const items = onlySelect(query.body)?.items ?? [];
  const own = items.map(({ expression, alias }) => {
    const inner = innermost(expression);
    if (!alias && inner.kind !== "Star" && inner.kind !== "ColumnReference")
      throw compilationError("002022", "42601", "Missing column specification");
    return !alias && inner !== expression && inner.kind === "ColumnReference" ? inner.parts.at(-1)?.value : undefined;
  });
  const isStar = items.map(({ expression }) => expression.kind === "Star");
  // What a star stands for is counted from the other end.
  const before = isStar.indexOf(true) === -1 ? items.length : isStar.indexOf(true);
  const behind = columns.length - items.length;
  return columns.map((column, i) => {
    const name = i < before ? own[i] : i - behind > isStar.lastIndexOf(true) ? own[i - behind] : undefined;
    return name === undefined ? column : { ...column, name };
  });
}

const innermost = (expression: SelectItem["expression"]): SelectItem["expression"] =>
  expression.kind === "Parenthesized" ? innermost(expression.expression) : expression;

/** A set operation names its columns itself. */
function onlySelect(body: QueryBody): Select | undefined {
  if (body.kind === "ParenthesizedQuery") return onlySelect(body.query.body);
  return body.kind === "Select" ? body : undefined;
}

/** The columns of CREATE TABLE … AS: names and types of the query, or those that the statement lists. */
export async function columnsOfQuery(
  context: ExecutionContext,
  unit: WriteUnit,
  schema: SchemaDoc,
  tableId: number,
  query: Query,
  given: readonly ResultColumn[],
  definitions: readonly ColumnDefinition[],
): Promise<ColumnDoc[]> {
  if (definitions.length === 0) {
    const named = namedColumns(query, given);
    refuseDuplicates(named.map((c) => c.name));
    return named.map((c, i) => ({ id: i + 1, name: c.name, type: settled(c.type), nullable: true }));
  }
  if (definitions.length !== given.length) throw invalidColumnList();
  const reader = { context, unit, schema, tableId };
  const columns: ColumnDoc[] = [];
  for (const [i, definition] of definitions.entries()) {
    columns.push(await readColumn(reader, definition, i + 1, settled((given[i] as ResultColumn).type)));
  }
  refuseDuplicates(columns.map((c) => c.name));
  return columns;
}

export const invalidColumnList = () => compilationError("002026", "42601", "Invalid column definition list");

/** Fills a new table from a query. */
export async function insertQuery(
  context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc | DynamicTableDoc,
  query: TranslatedQuery,
): Promise<number> {
  for (const prepare of query.prerequisites) await prepare(unit.connection);
  const values = table.columns.map((column, i) => {
    const from = query.columns[i] as ResultColumn;
    const value = from.isUntyped ? nullBound() : bound(`o${i + 1}`, from.type, from.nullable);
    return assignInNewTable(value, column.type, settings(context)).sql;
  });
  const names = table.columns.map(columnName);
  const from = { sql: `(${query.sql})`, params: query.params };
  const title = fullName(context.catalogue, table);
  const { rowsChanged } = await namingColumn(context, unit, title, writtenTo(table, values), from, () =>
    unit.run(
      `INSERT INTO ${tableName(table.id)} (${[...names, "_rid", "_ver"].join(", ")})
       SELECT ${values.join(", ")}, nextval('${ROW_ID_SEQUENCE}'), ${unit.version} FROM ${from.sql}`,
      query.params,
    ),
  );
  const required = table.columns.filter((c) => !c.nullable);
  if (required.length > 0) {
    const found = required.map((c) => `coalesce(bool_or(${columnName(c)} IS NULL), false)`);
    const [isNull = []] = (await unit.read(`SELECT ${found.join(", ")} FROM ${tableName(table.id)}`)).rows;
    const column = required.find((_, i) => isNull[i]);
    if (column) throw nameColumn(nullInNonNullable(), title, column.name);
  }
  return rowsChanged;
}
