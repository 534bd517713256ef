import type { DuckDBMaterializedResult } from "@duckdb/node-api";
import type { ColumnDoc, TableDoc } from "../catalogue/model";
import { doesNotExistOrNotAuthorized } from "../errors";
import { log } from "../log";
import type { Services } from "../services";
import { columnName, tableName, typedColumns } from "../store/physical";
import type { WriteUnit } from "../store/writeUnit";
import type { ExecutionContext } from "./context";
import { type LockHolder, lockHolder, takeLock } from "./lockWait";
import { abandonTransactions } from "./transactions";
import { inTurn } from "./turns";

/*
 * An INSERT of an open transaction locks nothing that others want, says Snowflake's page; the engine here has one writer. So a
 * transaction that has only inserted rows gives the lock to whoever waits for it: its rows are taken out of the engine, as they
 * are, and brought back before its session's next statement.
 * Source: https://docs.snowflake.com/en/sql-reference/transactions#resource-locking
 */

/** Rows that a transaction has inserted into one table, with the columns that it had. */
export interface RowsAside {
  tableId: number;
  name: string;
  columns: readonly ColumnDoc[];
  rows: DuckDBMaterializedResult;
}

/** Gives others the write lock, where an open transaction that is between two statements can do without it. */
export function stepAside(services: Services): void {
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
  const aside: RowsAside[] = [];
  for (const tableId of unit.filledTables) {
    const { name, columns } = unit.catalogue.snapshot.get("TABLE", tableId) as TableDoc;
    const rows = await unit.connection.materialize(
      `SELECT ${[...columns.map(columnName), "_rid", "_ver"].join(", ")} FROM ${tableName(tableId)} WHERE _ver = $1::BIGINT`,
      [unit.version],
    );
    aside.push({ tableId, name, columns, rows });
  }
  Object.assign(transaction, { unit: undefined, aside });
  await unit.rollback();
}

/**
 * Brings back what the session's transaction has set aside. Errors: 000625 of the lock; 002003 when a table was dropped meanwhile,
 * which ends the transaction.
 */
export async function resume(context: ExecutionContext): Promise<void> {
  const { transaction } = context.session;
  if (!transaction?.aside) return;
  const unit = await takeLock(context);
  try {
    for (const one of transaction.aside) await bringBack(unit, one);
  } catch (error) {
    await unit.rollback();
    await abandonTransactions(context.session);
    throw error;
  }
  Object.assign(transaction, { unit, aside: undefined });
}

async function bringBack(unit: WriteUnit, { tableId, name, columns, rows }: RowsAside): Promise<void> {
  const table = unit.catalogue.snapshot.get("TABLE", tableId);
  if (!table || table.droppedOn !== undefined) throw doesNotExistOrNotAuthorized("Table", name);
  const temporary = `temp.aside${tableId}`;
  await unit.prepare(async (connection) => {
    await connection.createTemporary(temporary, typedColumns(columns));
    await connection.appendRows(temporary, rows);
  });
  const kept = columns.filter(({ id }) => table.columns.some((column) => column.id === id)).map(columnName);
  const names = (version: string) => [...kept, "_rid", version].join(", ");
  await unit.insert(
    tableId,
    `INSERT INTO ${tableName(tableId)} (${names("_ver")}) SELECT ${names("$1::BIGINT")} FROM ${temporary}`,
    [unit.version],
  );
}
