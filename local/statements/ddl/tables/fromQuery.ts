import type { ColumnDefinition, Query, QueryBody, Select } from "../../../../dialect/index";
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

/** Columns of a table or view made by one SELECT must have names of their own: an expression needs an alias. */
export function requireColumnNames(query: Query): void {
  const first = onlySelect(query.body);
  if (!first) return;
  for (const { expression, alias } of first.items) {
    if (alias || expression.kind === "Star" || expression.kind === "ColumnReference") continue;
    throw compilationError("002022", "42601", "Missing column specification");
  }
}

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
    requireColumnNames(query);
    refuseDuplicates(given.map((c) => c.name));
    return given.map((c, i) => ({ id: i + 1, name: c.name, type: settled(c.type), nullable: true }));
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
