import { toMillis } from "../clock";
import { SnowflakeError, unsupportedFeature } from "../errors";
import type { OpenTransaction, Session } from "../session/session";
import type { ExecutionContext } from "./context";

/*
 * Source of the rules: https://docs.snowflake.com/en/sql-reference/transactions
 */

const differentScope = () =>
  new SnowflakeError(
    "090232",
    "25000",
    "Stored procedure execution error: Modifying a transaction that has started at a different scope is not allowed.",
  );

const incompleteScope = () =>
  new SnowflakeError(
    "090229",
    "25000",
    "Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.",
  );

/** A transaction ends where it began. */
export function checkScope(context: Pick<ExecutionContext, "scope">, transaction: OpenTransaction): void {
  if (transaction.scope !== context.scope) throw differentScope();
}

/** Opens a transaction; nothing is locked before its first write. A second BEGIN in the same scope is ignored. */
export function openTransaction(context: ExecutionContext, name: string | undefined): void {
  const { session, services, scope } = context;
  const enclosing = session.transaction;
  if (enclosing?.scope === scope) return;
  // The enclosing transaction holds the write lock until its own end.
  if (enclosing?.unit)
    throw unsupportedFeature("transaction in a procedure that is called by a transaction with changes");
  const nowMicros = services.clock.nowMicros();
  const id = String(nowMicros);
  session.transaction = {
    id,
    name: name ?? crypto.randomUUID(),
    startedOn: toMillis(nowMicros),
    scope,
    enclosing,
    tables: new Set(),
  };
}

/** Commits at once (DDL, ALTER SESSION SET AUTOCOMMIT). */
export async function commitTransaction(context: ExecutionContext): Promise<void> {
  const { transaction } = context.session;
  if (!transaction) return;
  checkScope(context, transaction);
  context.session.transaction = transaction.enclosing;
  await transaction.unit?.commit();
}

/**
 * Takes an open transaction that has changed nothing from its session while DDL runs that is not to commit it.
 * Error: 000002 when it has changed rows, which the DDL would have to see.
 */
export function setTransactionAside(session: Session): OpenTransaction {
  const transaction = session.transaction as OpenTransaction;
  if (transaction.unit || transaction.aside)
    throw unsupportedFeature("SNOWPARK_SKIP_TXN_COMMIT_IN_DDL in a transaction with changes");
  session.transaction = null;
  return transaction;
}

export async function rollbackTransaction(context: ExecutionContext): Promise<void> {
  const { transaction } = context.session;
  if (!transaction) return;
  checkScope(context, transaction);
  context.session.transaction = transaction.enclosing;
  await transaction.unit?.rollback();
}

/** Ends everything that is open, without a word: the session is over. */
export async function abandonTransactions(session: Session): Promise<void> {
  for (let open = session.transaction; open; open = open.enclosing) await open.unit?.rollback();
  session.transaction = null;
}

/**
 * Runs the body of a procedure. `context` comes from `nested({ newScope: true, … })`.
 * A transaction that the body leaves open is rolled back: an error when the body succeeded, silently when it failed.
 */
export async function inProcedureScope<T>(context: ExecutionContext, body: () => Promise<T>): Promise<T> {
  const leftOpen = async (): Promise<boolean> => {
    if (context.session.transaction?.scope !== context.scope) return false;
    await rollbackTransaction(context);
    return true;
  };
  let result: T;
  try {
    result = await body();
  } catch (error) {
    await leftOpen();
    throw error;
  }
  if (await leftOpen()) throw incompleteScope();
  return result;
}

/** A CALL that fails inside an open transaction leaves nothing of what it did there. */
export async function undoOnFailure<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const { transaction } = session;
  if (!transaction) return work();
  if (transaction.unit) return transaction.unit.attempt(work);
  try {
    return await work();
  } catch (error) {
    await discardChanges(transaction);
    throw error;
  }
}

async function discardChanges(transaction: OpenTransaction): Promise<void> {
  const { unit } = transaction;
  transaction.unit = undefined;
  await unit?.rollback();
}
