import { type Timer, toMillis } from "../clock";
import { SnowflakeError } from "../errors";
import { parameter } from "../parameters/effective";
import type { Services } from "../services";
import type { OpenTransaction, Session } from "../session/session";
import type { WriteUnit } from "../store/writeUnit";
import type { ExecutionContext } from "./context";
import { abandonTransactions } from "./transactions";

/** A transaction that others wait for and that has been idle for so long is aborted. */
const IDLE_LIMIT_MS = 300_000;
/** How often a waiting statement looks at who holds the lock. */
const LONGEST_PAUSE_MS = 1_000;
const SHORTEST_PAUSE_MS = 20;

export interface LockHolder {
  session: Session;
  transaction: OpenTransaction & { unit: WriteUnit };
}

/** The open transaction that holds the write lock; undefined when a single statement does. */
export function lockHolder({ sessions }: Pick<Services, "sessions">): LockHolder | undefined {
  for (const session of sessions.all())
    for (let at = session.transaction; at; at = at.enclosing)
      if (at.unit) return { session, transaction: at as LockHolder["transaction"] };
  return undefined;
}

/**
 * Takes the lock that every change needs. Behind an open transaction the statement waits for LOCK_TIMEOUT seconds at most; 0 is not
 * at all. Errors: 000625. Source: https://docs.snowflake.com/en/sql-reference/transactions
 */
export async function takeLock(context: ExecutionContext): Promise<WriteUnit> {
  const { services, session, signal, queryId } = context;
  const { store, clock } = services;
  if (!store.isWriting) return store.beginWrite(signal);
  const limit = Number(parameter(context, "LOCK_TIMEOUT")) * 1000;
  const now = () => toMillis(clock.nowMicros());
  const began = now();
  const own = new AbortController();
  let timer: Timer | undefined;
  const look = () => {
    const holder = lockHolder(services);
    const left = limit - (now() - began);
    if (holder && left <= 0 && !holder.transaction.unit.canStepAside)
      return own.abort(lockNotReleased(lockedTable(context, holder), holder.transaction, queryId, limit / 1000));
    const idle = IDLE_LIMIT_MS - (holder ? services.sessions.idleFor(holder.session) : 0);
    if (holder && idle <= 0 && !services.running.isBusy(holder.session.id)) void abandonTransactions(holder.session);
    const pause = Math.min(LONGEST_PAUSE_MS, left, idle);
    timer = clock.setTimer(Math.max(SHORTEST_PAUSE_MS, pause), look);
  };
  session.waiting = { queryId, since: began };
  try {
    look();
    return await store.beginWrite(AbortSignal.any([signal, own.signal]));
  } finally {
    session.waiting = undefined;
    timer?.cancel();
  }
}

/** Name of a table that the transaction has changed. */
function lockedTable(context: ExecutionContext, { transaction }: LockHolder): string {
  const [id] = transaction.tables;
  return id === undefined
    ? ""
    : (transaction.unit.catalogue.snapshot.byId(id)?.name ?? context.catalogue.byId(id)?.name ?? "");
}

/** Another session's transaction has changed rows and is still open. */
const lockNotReleased = (
  table: string,
  holder: { id: string; locked?: { queryId: string } },
  queryId: string,
  seconds: number,
) =>
  new SnowflakeError(
    "000625",
    "57014",
    `Statement '${holder.locked?.queryId ?? ""}' has locked table '${table}' in transaction ${holder.id} and this lock has not yet been released.\nYour statement '${queryId}' was aborted because it waited for the lock longer than LOCK_TIMEOUT allows: ${seconds} second(s).`,
  );
