import type { TableDoc } from "../../catalogue/model";
import { columnName, deletedRowsName, ROW_ID_SEQUENCE, tableName } from "../../store/physical";
import type { WriteUnit } from "../../store/writeUnit";
import type { Binder } from "../../translate/binder";

/** SQL and its parameters. */
export interface Sql {
  sql: string;
  params: Parameters<WriteUnit["run"]>[1];
}

let next = 1;

/** A name that nothing else has, for what `keep` is to keep later. */
export const temporaryName = (): string => `temp.dml${next++}`;

/** Keeps the rows of a query under a name of its own until `dropTemporary`. */
export async function keep(
  unit: WriteUnit,
  { sql, params }: Sql,
  signal: AbortSignal,
  name = temporaryName(),
): Promise<string> {
  const made = `CREATE OR REPLACE TEMP TABLE ${name} AS ${sql}`;
  await unit.prepare((connection, now) => connection.run(made, params, now), signal);
  return name;
}

export async function dropTemporary(unit: WriteUnit, ...names: (string | undefined)[]): Promise<void> {
  for (const name of names)
    if (name) await unit.prepare((connection) => connection.run(`DROP TABLE IF EXISTS ${name}`));
}

/**
 * A condition by which the rows `t` of the target are found without keeping their numbers first: it reads no other row
 * and says the same of a row each time, so that it may be asked for the old images and again for the change.
 * What a user's JavaScript says may differ from call to call.
 */
export const isRepeatable = (binder: Binder, from: string, target: string, where: string): boolean =>
  from === target &&
  !target.startsWith("(") &&
  !where.includes("sf_javascript(") &&
  binder.shared.deterministic &&
  binder.shared.relations.size === 0 &&
  binder.shared.prerequisites.length === 0;

/**
 * The old images of rows stay for time travel, streams and refreshes. `where`: which rows `t`, as a WHERE clause.
 * By name: a column that was added later stands behind `_del` there.
 */
const keepOldImages = (unit: WriteUnit, table: TableDoc, { sql: where, params }: Sql, signal?: AbortSignal) =>
  unit.change(
    table.id,
    `INSERT INTO ${deletedRowsName(table.id)} BY NAME SELECT t.*, ${unit.version}::BIGINT AS _del FROM ${tableName(table.id)} AS t ${where}`,
    params,
    signal,
  );

const ofRids = (rids: string): Sql => ({ sql: `WHERE t._rid IN (${rids})`, params: [] });

/** Deletes the rows whose numbers a query gives; how many there were. */
export const deleteRids = (unit: WriteUnit, table: TableDoc, rids: string): Promise<number> =>
  deleteWhere(unit, table, ofRids(rids));

/** Deletes the rows that a repeatable WHERE clause names, all of them when it is empty; how many there were. */
export async function deleteWhere(unit: WriteUnit, table: TableDoc, where: Sql, signal?: AbortSignal): Promise<number> {
  await keepOldImages(unit, table, where, signal);
  const { rowsChanged } = await unit.change(
    table.id,
    `DELETE FROM ${tableName(table.id)} AS t ${where.sql}`,
    where.params,
    signal,
  );
  return rowsChanged;
}

/** Sets columns of the rows that a repeatable WHERE clause names; `values` are over the row `t` as it was. */
export async function updateWhere(
  unit: WriteUnit,
  table: TableDoc,
  columns: readonly { id: number }[],
  values: readonly string[],
  where: Sql,
  signal: AbortSignal,
): Promise<number> {
  await keepOldImages(unit, table, where, signal);
  const set = columns.map((column, i) => `${columnName(column)} = ${values[i]}`);
  const { rowsChanged } = await unit.change(
    table.id,
    `UPDATE ${tableName(table.id)} AS t SET ${[...set, `_ver = ${unit.version}::BIGINT`].join(", ")} ${where.sql}`,
    where.params,
    signal,
  );
  return rowsChanged;
}

/** Takes every row out. */
export const removeAll = (unit: WriteUnit, table: TableDoc): Promise<number> =>
  deleteWhere(unit, table, { sql: "", params: [] });

/** Sets columns to what `changes` (`rid`, `v1 …`, each `rid` once) holds. A row keeps its number. */
export async function updateRids(
  unit: WriteUnit,
  table: TableDoc,
  columns: readonly { id: number }[],
  changes: string,
): Promise<number> {
  await keepOldImages(unit, table, ofRids(`SELECT rid FROM ${changes}`));
  const set = columns.map((column, i) => `${columnName(column)} = n.v${i + 1}`);
  const { rowsChanged } = await unit.change(
    table.id,
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
  const { rowsChanged } = await unit.insert(
    table.id,
    `INSERT INTO ${tableName(table.id)} (${names}) SELECT ${items} FROM ${from.sql}`,
    params,
    signal,
  );
  return rowsChanged;
}
