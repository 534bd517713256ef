import type { DuckDBMaterializedResult } from "@duckdb/node-api";
import type { ColumnDoc, TableDoc } from "../catalogue/model";
import { doesNotExistOrNotAuthorized } from "../errors";
import { log } from "../log";
import type { Services } from "../services";
import { columnName, deletedRowsName, tableName, typedColumns } from "../store/physical";
import type { WriteUnit } from "../store/writeUnit";
import type { ExecutionContext } from "./context";
import { type LockHolder, lockHolder, rowsLocked, rowsMayBeFree, takeLock } from "./lockWait";
import { abandonTransactions } from "./transactions";
import { inTurn } from "./turns";

/*
 * Other transactions may insert rows and change other tables beside an open one, says Snowflake's page; only rows that it has updated or
 * deleted are locked. The engine here has one writer. So a transaction that has changed nothing but rows gives the engine to whoever
 * waits for it: its changes are taken out, as they are, and brought back before its session's next statement. Who wants to update or
 * delete rows of a table where it has done so waits for its end (lockWait.ts).
 * Source: https://docs.snowflake.com/en/sql-reference/transactions#resource-locking
 */

/** What a transaction has changed in one table, with the columns that it had. */
export interface RowsAside {
  tableId: number;
  name: string;
  columns: readonly ColumnDoc[];
  /** The version that marks them. */
  version: bigint;
  /** Rows as they are now. */
  rows: DuckDBMaterializedResult;
  /** Rows that it has updated or deleted, as they were; absent when it has only inserted. */
  replaced?: DuckDBMaterializedResult;
}

/** Lets others have what an open transaction that is between two statements, or one that has ended, can do without. */
export function stepAside(services: Services): void {
  rowsMayBeFree(services);
  const holder = services.store.writersWait ? lockHolder(services) : undefined;
  if (!holder?.transaction.unit.canStepAside) return;
  inTurn(holder.session, () => setAside(services, holder)).catch((error: Error) =>
    log.error({ err: error }, "a transaction could not step aside"),
  );
}

async function setAside({ store }: Services, { session, transaction }: LockHolder): Promise<void> {
  const { unit } = transaction;
  // It may have ended while its turn was waited for: the engine's connection is another's then.
  if (session.transaction !== transaction || !store.writersWait || !unit?.canStepAside) return;
  Object.assign(transaction, { unit: undefined, aside: await takeOut(unit) });
  await unit.rollback();
}

async function takeOut(unit: WriteUnit): Promise<RowsAside[]> {
  const { connection, firstVersion: version, lockedTables } = unit;
  const aside: RowsAside[] = [];
  for (const tableId of unit.changedTables) {
    const { name, columns } = unit.catalogue.snapshot.get("TABLE", tableId) as TableDoc;
    const own = (from: string, marks: string, by: string) =>
      connection.materialize(
        `SELECT ${[...columns.map(columnName), "_rid", marks].join(", ")} FROM ${from} WHERE ${by} >= $1::BIGINT`,
        [version],
      );
    aside.push({
      tableId,
      name,
      columns,
      version,
      rows: await own(tableName(tableId), "_ver", "_ver"),
      ...(lockedTables.has(tableId) ? { replaced: await own(deletedRowsName(tableId), "_ver", "_del") } : {}),
    });
  }
  return aside;
}

/**
 * Waits until no other transaction has changed rows of the table, giving the engine away meanwhile. The caller has a unit open that
 * has done no statement by half.
 */
export async function waitAside(context: ExecutionContext, tableId: number): Promise<void> {
  const { session } = context;
  const { transaction } = session;
  const unit = transaction?.unit;
  if (!transaction || !unit) return;
  if (!unit.canStepAside || !unit.isBetweenStatements) throw rowsLocked(context, tableId);
  Object.assign(transaction, { unit: undefined, aside: await takeOut(unit) });
  await unit.rollback();
  await resume(context, tableId);
}

/**
 * Brings back what the session's transaction has set aside, once it may lock rows of the table `locks`. Errors: 000625 of the lock; 002003 when a table was dropped meanwhile,
 * which ends the transaction.
 */
export async function resume(context: ExecutionContext, locks?: number): Promise<void> {
  const { transaction } = context.session;
  if (!transaction?.aside) return;
  const unit = await takeLock(context, locks);
  try {
    for (const one of transaction.aside) await bringBack(unit, one);
  } catch (error) {
    await unit.rollback();
    await abandonTransactions(context.session);
    throw error;
  }
  Object.assign(transaction, { unit, aside: undefined });
}

async function bringBack(
  unit: WriteUnit,
  { tableId, name, columns, version, rows, replaced }: RowsAside,
): Promise<void> {
  const table = unit.catalogue.snapshot.get("TABLE", tableId);
  if (!table || table.droppedOn !== undefined) throw doesNotExistOrNotAuthorized("Table", name);
  const kept = columns.filter(({ id }) => table.columns.some((column) => column.id === id)).map(columnName);
  const into = async (what: DuckDBMaterializedResult, temporary: string) => {
    await unit.prepare(async (connection) => {
      await connection.createTemporary(temporary, typedColumns(columns));
      await connection.appendRows(temporary, what);
    });
    return temporary;
  };
  if (replaced) {
    const old = await into(replaced, `temp.replaced${tableId}`);
    const names = [...kept, "_rid", "_ver", "_del"].join(", ");
    const images = [...kept, "_rid", `CASE WHEN _ver >= ${version} THEN $1::BIGINT ELSE _ver END`, "$1::BIGINT"].join(
      ", ",
    );
    await unit.change(tableId, `DELETE FROM ${tableName(tableId)} WHERE _rid IN (SELECT _rid FROM ${old})`);
    await unit.change(tableId, `INSERT INTO ${deletedRowsName(tableId)} (${names}) SELECT ${images} FROM ${old}`, [
      unit.version,
    ]);
  }
  const now = await into(rows, `temp.aside${tableId}`);
  const names = (mark: string) => [...kept, "_rid", mark].join(", ");
  await unit.insert(
    tableId,
    `INSERT INTO ${tableName(tableId)} (${names("_ver")}) SELECT ${names("$1::BIGINT")} FROM ${now}`,
    [unit.version],
  );
}
