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

/** An open transaction of another session that has updated or deleted rows of a table. */
function rowHolder({ services, session }: ExecutionContext, tableId: number): Blocker | undefined {
  for (const other of services.sessions.all())
    for (let at = other === session ? null : other.transaction; at; at = at.enclosing)
      if (at.unit?.lockedTables.has(tableId) || at.aside?.some((one) => one.tableId === tableId && one.replaced))
        return { session: other, transaction: at };
  return undefined;
}

/** Who is in a statement's way. */
interface Blocker {
  session: Session;
  transaction: OpenTransaction;
  /** It gives way as soon as it is between two statements. */
  yields?: boolean;
}

/** Whether an open transaction of another session keeps this one from updating or deleting rows of the table. */
export const areRowsLocked = (context: ExecutionContext, tableId: number): boolean =>
  rowHolder(context, tableId) !== undefined;

/**
 * Takes the lock that every change needs; `locks`: a table with rows to update or delete, where no other open transaction has done so.
 * Behind an open transaction the statement waits for LOCK_TIMEOUT seconds at most; 0 is not at all.
 * Errors: 000625. Source: https://docs.snowflake.com/en/sql-reference/transactions
 */
export async function takeLock(context: ExecutionContext, locks?: number): Promise<WriteUnit> {
  const since = toMillis(context.services.clock.nowMicros());
  for (;;) {
    if (locks !== undefined) await rowsFree(context, locks, since);
    const unit = await takeEngine(context, since);
    if (locks === undefined || !areRowsLocked(context, locks)) return unit;
    await unit.rollback();
  }
}

async function takeEngine(context: ExecutionContext, since: number): Promise<WriteUnit> {
  const { services, signal } = context;
  const { store } = services;
  if (!store.isWriting) return store.beginWrite(signal);
  const own = new AbortController();
  const end = watch(
    context,
    since,
    () => {
      const holder = lockHolder(services);
      return holder && { ...holder, yields: holder.transaction.unit.canStepAside };
    },
    (error) => own.abort(error),
  );
  try {
    return await store.beginWrite(AbortSignal.any([signal, own.signal]));
  } finally {
    end();
  }
}

/** What looks again whether rows are free, by the sessions they wait among. */
const waiters = new WeakMap<Services["sessions"], Set<() => void>>();

/** Tells who waits for rows that a transaction may have ended. */
export function rowsMayBeFree({ sessions }: Pick<Services, "sessions">): void {
  for (const look of waiters.get(sessions) ?? []) look();
}

/** Resolves when nobody has locked rows of the table. */
async function rowsFree(context: ExecutionContext, tableId: number, since: number): Promise<void> {
  if (!areRowsLocked(context, tableId)) return;
  const { sessions } = context.services;
  const looks = waiters.get(sessions) ?? new Set();
  waiters.set(sessions, looks);
  let resolve: () => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<void>((free, fail) => {
    [resolve, reject] = [free, fail];
  });
  const abort = () => reject(context.signal.reason);
  context.signal.addEventListener("abort", abort);
  const look = () => (areRowsLocked(context, tableId) ? undefined : resolve());
  looks.add(look);
  const end = watch(
    context,
    since,
    () => {
      look();
      return rowHolder(context, tableId);
    },
    reject,
  );
  try {
    await promise;
  } finally {
    end();
    looks.delete(look);
    context.signal.removeEventListener("abort", abort);
  }
}

/** Looks from time to time at who is in the way and calls `fail` when that has lasted too long, or waits for this one. */
function watch(
  context: ExecutionContext,
  since: number,
  blockerNow: () => Blocker | undefined,
  fail: (error: Error) => void,
): () => void {
  const { services, session, queryId } = context;
  const { clock } = services;
  const limit = Number(parameter(context, "LOCK_TIMEOUT")) * 1000;
  let timer: Timer | undefined;
  const look = () => {
    const blocker = blockerNow();
    session.waiting = { queryId, since, behind: blocker?.session };
    const left = limit - (toMillis(clock.nowMicros()) - since);
    if (blocker && !blocker.yields && (left <= 0 || waitsFor(blocker.session, session)))
      return fail(lockNotReleased(lockedTable(context, blocker), blocker.transaction, queryId, limit / 1000));
    const idle = IDLE_LIMIT_MS - (blocker ? services.sessions.idleFor(blocker.session) : 0);
    if (blocker && idle <= 0 && !services.running.isBusy(blocker.session.id)) void abandonTransactions(blocker.session);
    timer = clock.setTimer(Math.max(SHORTEST_PAUSE_MS, Math.min(LONGEST_PAUSE_MS, left, idle)), look);
  };
  look();
  return () => {
    session.waiting = undefined;
    timer?.cancel();
  };
}

/** Whether a session waits for another, or for one that does. */
function waitsFor(session: Session, other: Session): boolean {
  const seen = new Set<Session>();
  for (let at: Session | undefined = session; at && !seen.has(at); at = at.waiting?.behind) {
    if (at === other) return true;
    seen.add(at);
  }
  return false;
}

/** The error of a statement that wants rows of a table which another transaction has locked, and cannot wait for them. */
export function rowsLocked(context: ExecutionContext, tableId: number): SnowflakeError {
  const { session, transaction } = rowHolder(context, tableId) as Blocker;
  return lockNotReleased(lockedTable(context, { session, transaction }), transaction, context.queryId, 0);
}

/** Name of a table that the transaction has changed. */
function lockedTable(context: ExecutionContext, { transaction }: Blocker): string {
  const [id] = transaction.tables;
  return id === undefined
    ? ""
    : (transaction.unit?.catalogue.snapshot.byId(id)?.name ?? context.catalogue.byId(id)?.name ?? "");
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
