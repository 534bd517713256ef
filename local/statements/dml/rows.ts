import type { TableDoc } from "../../catalogue/model";
import { columnName, deletedRowsName, ROW_ID_SEQUENCE, tableName } from "../../store/physical";
import type { WriteUnit } from "../../store/writeUnit";

/** SQL and its parameters. */
export interface Sql {
  sql: string;
  params: Parameters<WriteUnit["run"]>[1];
}

let next = 1;

/** Keeps the rows of a query under a name of its own until `dropTemporary`. */
export async function keep(unit: WriteUnit, { sql, params }: Sql, signal: AbortSignal): Promise<string> {
  const name = `temp.dml${next++}`;
  await unit.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${sql}`, params, signal);
  return name;
}

export async function dropTemporary(unit: WriteUnit, ...names: (string | undefined)[]): Promise<void> {
  for (const name of names) if (name) await unit.run(`DROP TABLE IF EXISTS ${name}`);
}

/** The old images of rows stay for time travel, streams and refreshes. `rids`: a query of row numbers. */
const keepOldImages = (unit: WriteUnit, table: TableDoc, rids: string) =>
  unit.run(
    `INSERT INTO ${deletedRowsName(table.id)} SELECT t.*, ${unit.version}::BIGINT FROM ${tableName(table.id)} AS t WHERE t._rid IN (${rids})`,
  );

/** Deletes the rows whose numbers a query gives; how many there were. */
export async function deleteRids(unit: WriteUnit, table: TableDoc, rids: string): Promise<number> {
  await keepOldImages(unit, table, rids);
  const { rowsChanged } = await unit.run(`DELETE FROM ${tableName(table.id)} WHERE _rid IN (${rids})`);
  return rowsChanged;
}

/** Takes every row out. */
export async function removeAll(unit: WriteUnit, table: TableDoc): Promise<void> {
  await unit.run(
    `INSERT INTO ${deletedRowsName(table.id)} SELECT *, ${unit.version}::BIGINT FROM ${tableName(table.id)}`,
  );
  await unit.run(`DELETE FROM ${tableName(table.id)}`);
}

/** Sets columns to what `changes` (`rid`, `v1 …`, each `rid` once) holds. A row keeps its number. */
export async function updateRids(
  unit: WriteUnit,
  table: TableDoc,
  columns: readonly { id: number }[],
  changes: string,
): Promise<number> {
  await keepOldImages(unit, table, `SELECT rid FROM ${changes}`);
  const set = columns.map((column, i) => `${columnName(column)} = n.v${i + 1}`);
  const { rowsChanged } = await unit.run(
    `UPDATE ${tableName(table.id)} AS t SET ${[...set, `_ver = ${unit.version}::BIGINT`].join(", ")} FROM ${changes} AS n WHERE t._rid = n.rid`,
  );
  return rowsChanged;
}

/** Adds rows; `values`: SQL of every column in the table's order, over `from`. */
export async function insertRows(
  unit: WriteUnit,
  table: TableDoc,
  values: readonly string[],
  from: Sql,
  signal: AbortSignal,
): Promise<number> {
  const names = [...table.columns.map(columnName), "_rid", "_ver"].join(", ");
  const params = [...(from.params ?? []), unit.version];
  const items = [...values, `nextval('${ROW_ID_SEQUENCE}')`, `$${params.length}::BIGINT`].join(", ");
  const { rowsChanged } = await unit.run(
    `INSERT INTO ${tableName(table.id)} (${names}) SELECT ${items} FROM ${from.sql}`,
    params,
    signal,
  );
  return rowsChanged;
}
