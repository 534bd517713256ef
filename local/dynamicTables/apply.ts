import type { ColumnDoc, DynamicTableDoc } from "../catalogue/model";
import { columnName, deletedRowsName, ROW_ID_SEQUENCE, tableName } from "../store/physical";
import type { WriteUnit } from "../store/writeUnit";

export interface RowChanges {
  inserted: number;
  deleted: number;
}

/** Rows that stand in both, as often as in both, stay as they are; so a reader never sees the table empty. */
export async function applyDifference(unit: WriteUnit, doc: DynamicTableDoc, fresh: string): Promise<RowChanges> {
  const columns = doc.columns.map(columnName);
  const list = columns.join(", ");
  const table = tableName(doc.id);
  const gone = `temp.gone${doc.id}`;
  const added = `temp.added${doc.id}`;
  await unit.run(
    `CREATE OR REPLACE TEMP TABLE ${added} AS SELECT ${list} FROM ${fresh} EXCEPT ALL SELECT ${list} FROM ${table}`,
  );
  await unit.run(
    `CREATE OR REPLACE TEMP TABLE ${gone} AS
     WITH surplus AS (SELECT ${list}, count(*) AS surplus FROM (SELECT ${list} FROM ${table} EXCEPT ALL SELECT ${list} FROM ${fresh}) GROUP BY ALL),
     numbered AS (SELECT _rid, ${list}, row_number() OVER (PARTITION BY ${list}) AS place FROM ${table})
     SELECT n._rid FROM numbered AS n JOIN surplus AS s ON ${same(doc.columns)} WHERE n.place <= s.surplus`,
  );
  const [deleted, inserted] = await Promise.all([gone, added].map((name) => count(unit, name)));
  await unit.run(
    `INSERT INTO ${deletedRowsName(doc.id)} (${list}, _rid, _ver, _del)
     SELECT ${list}, _rid, _ver, ${unit.version} FROM ${table} WHERE _rid IN (SELECT _rid FROM ${gone})`,
  );
  await unit.run(`DELETE FROM ${table} WHERE _rid IN (SELECT _rid FROM ${gone})`);
  await unit.run(
    `INSERT INTO ${table} (${list}, _rid, _ver) SELECT ${list}, nextval('${ROW_ID_SEQUENCE}'), ${unit.version} FROM ${added}`,
  );
  for (const name of [gone, added]) await unit.run(`DROP TABLE ${name}`);
  return { inserted: inserted as number, deleted: deleted as number };
}

const same = (columns: readonly ColumnDoc[]): string =>
  columns.map((c) => `n.${columnName(c)} IS NOT DISTINCT FROM s.${columnName(c)}`).join(" AND ");

async function count(unit: WriteUnit, table: string): Promise<number> {
  const { rows } = await unit.read(`SELECT count(*) FROM ${table}`);
  return Number(rows[0]?.[0]);
}
