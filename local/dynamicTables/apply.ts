import type { ColumnDoc, DynamicTableDoc } from "../catalogue/model";
import { columnName, deletedRowsName, ROW_ID_SEQUENCE, tableName } from "../store/physical";
import type { WriteUnit } from "../store/writeUnit";

export interface RowChanges {
  inserted: number;
  deleted: number;
  /** Rows that were there before and stay. */
  kept: number;
}

/**
 * Makes the table hold the rows of `fresh`. Rows that stand in both, as often as in both, stay as they are; so a reader never sees the
 * table empty.
 */
export async function applyDifference(unit: WriteUnit, doc: DynamicTableDoc, fresh: string): Promise<RowChanges> {
  const list = doc.columns.map(columnName).join(", ");
  const table = tableName(doc.id);
  const isEmpty = (await count(unit, table)) === 0;
  if (isEmpty) return applyChanges(unit, doc, fresh, undefined);
  const plus = `temp.plus${doc.id}`;
  const minus = `temp.minus${doc.id}`;
  await temporary(unit, plus, `SELECT ${list} FROM ${fresh} EXCEPT ALL SELECT ${list} FROM ${table}`);
  await temporary(unit, minus, `SELECT ${list} FROM ${table} EXCEPT ALL SELECT ${list} FROM ${fresh}`);
  const changes = await applyChanges(unit, doc, plus, minus);
  for (const name of [plus, minus]) await unit.run(`DROP TABLE ${name}`);
  return changes;
}

/** Adds and removes rows given by value; `minus` must hold only rows that are there. */
export async function applyChanges(
  unit: WriteUnit,
  doc: DynamicTableDoc,
  plus: string,
  minus: string | undefined,
): Promise<RowChanges> {
  const list = doc.columns.map(columnName).join(", ");
  const table = tableName(doc.id);
  const before = await count(unit, table);
  let deleted = 0;
  if (minus !== undefined && (await count(unit, minus)) > 0) {
    const gone = `temp.gone${doc.id}`;
    await temporary(
      unit,
      gone,
      `SELECT _rid FROM (
         SELECT t._rid, m.surplus, row_number() OVER (PARTITION BY m.number) AS place
         FROM ${table} AS t
         JOIN (SELECT *, row_number() OVER () AS number FROM (SELECT ${list}, count(*) AS surplus FROM ${minus} GROUP BY ALL)) AS m
           ON ${same(doc.columns)}
       ) WHERE place <= surplus`,
    );
    deleted = await count(unit, gone);
    await unit.run(
      `INSERT INTO ${deletedRowsName(doc.id)} (${list}, _rid, _ver, _del)
       SELECT ${list}, _rid, _ver, ${unit.version} FROM ${table} WHERE _rid IN (SELECT _rid FROM ${gone})`,
    );
    await unit.run(`DELETE FROM ${table} WHERE _rid IN (SELECT _rid FROM ${gone})`);
    await unit.run(`DROP TABLE ${gone}`);
  }
  const { rowsChanged } = await unit.run(
    `INSERT INTO ${table} (${list}, _rid, _ver) SELECT ${list}, nextval('${ROW_ID_SEQUENCE}'), ${unit.version} FROM ${plus}`,
  );
  return { inserted: rowsChanged, deleted, kept: before - deleted };
}

const same = (columns: readonly ColumnDoc[]): string =>
  columns.map((c) => `t.${columnName(c)} IS NOT DISTINCT FROM m.${columnName(c)}`).join(" AND ");

const temporary = (unit: WriteUnit, name: string, sql: string) =>
  unit.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${sql}`);

async function count(unit: WriteUnit, table: string): Promise<number> {
  const { rows } = await unit.read(`SELECT count(*) FROM ${table}`);
  return Number(rows[0]?.[0]);
}
