import type { ColumnDoc, DynamicTableDoc, TableDoc } from "../catalogue/model";
import { physicalType } from "../types/dataType";
import type { WriteUnit } from "./writeUnit";

type Stored = Pick<TableDoc | DynamicTableDoc, "id" | "columns">;

export const tableName = (id: number): string => `data.t${id}`;
/** Old row images of a table: its columns plus `_del`, the version that deleted or replaced the row. */
export const deletedRowsName = (id: number): string => `data.d${id}`;
export const columnName = (column: Pick<ColumnDoc, "id">): string => `c${column.id}`;

/** Numbers of rows, unique over all tables; `_rid` of a row never changes, so changes can be told apart. */
export const ROW_ID_SEQUENCE = "data.rid";

/** Columns of a table as it is stored, with the number and the version of each row. */
export const typedColumns = (columns: readonly ColumnDoc[]): string =>
  [
    ...columns.map((column) => `${columnName(column)} ${physicalType(column.type)}`),
    "_rid BIGINT NOT NULL",
    "_ver BIGINT NOT NULL",
  ].join(", ");

/** NOT NULL, lengths and defaults are the translation's matter: it knows Snowflake's words for a violation. */
export async function createPhysicalTable(unit: WriteUnit, table: Stored): Promise<void> {
  const all = typedColumns(table.columns);
  await unit.run(
    `CREATE TABLE ${tableName(table.id)} (${all}); CREATE TABLE ${deletedRowsName(table.id)} (${all}, _del BIGINT NOT NULL)`,
  );
}

export async function dropPhysicalTable(unit: WriteUnit, id: number): Promise<void> {
  await unit.run(`DROP TABLE IF EXISTS ${tableName(id)}`);
  await unit.run(`DROP TABLE IF EXISTS ${deletedRowsName(id)}`);
}

/** Drops what incremental refresh keeps of a dynamic table beside its rows. */
export async function dropRefreshStates(unit: WriteUnit, id: number): Promise<void> {
  const { rows } = await unit.read(
    "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'data' AND regexp_matches(table_name, $1)",
    [`^s${id}_[0-9]+$`],
  );
  for (const [name] of rows) await unit.run(`DROP TABLE data.${name}`);
}

/** `defaultSql` fills the rows that exist already. */
export async function addPhysicalColumn(
  unit: WriteUnit,
  tableId: number,
  column: ColumnDoc,
  defaultSql?: string,
): Promise<void> {
  for (const name of [tableName(tableId), deletedRowsName(tableId)]) {
    await unit.run(`ALTER TABLE ${name} ADD COLUMN ${columnName(column)} ${physicalType(column.type)}`);
  }
  if (defaultSql) await unit.run(`UPDATE ${tableName(tableId)} SET ${columnName(column)} = ${defaultSql}`);
}

export async function dropPhysicalColumn(
  unit: WriteUnit,
  tableId: number,
  column: Pick<ColumnDoc, "id">,
): Promise<void> {
  for (const name of [tableName(tableId), deletedRowsName(tableId)]) {
    await unit.run(`ALTER TABLE ${name} DROP COLUMN ${columnName(column)}`);
  }
}

export async function changePhysicalType(unit: WriteUnit, tableId: number, column: ColumnDoc): Promise<void> {
  for (const name of [tableName(tableId), deletedRowsName(tableId)]) {
    await unit.run(`ALTER TABLE ${name} ALTER COLUMN ${columnName(column)} TYPE ${physicalType(column.type)}`);
  }
}
