import { sleep } from "../clock";
import { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { abandonTransactions } from "../execution/transactions";
import { hasGlobal } from "../privileges/index";
import { constantNumber, constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type FunctionTable, scalar } from "./call";

const PAUSE_MS = 10;

/** Rolls back what a session has open, after what it is just doing has been canceled. */
async function abort(context: ExecutionContext, id: string): Promise<void> {
  const { sessions, running, clock } = context.services;
  const seesAll = hasGlobal(context, "MONITOR");
  const session = sessions
    .all()
    .find(({ transaction, userId }) => transaction?.id === id && (seesAll || userId === context.session.userId));
  if (!session) throw new SnowflakeError("000713", "02000", `Transaction ${id} does not exist or is not authorized.`);
  const { unit } = session.transaction ?? {};
  if (session !== context.session && unit && !unit.isBetweenStatements) {
    running.cancelSession(session.id);
    while (!unit.isBetweenStatements) await sleep(clock, PAUSE_MS, context.signal);
  }
  await abandonTransactions(session);
}

export const transactionFunctions: FunctionTable = {
  /** Aborts an open transaction of the user, or anybody's for who may see them all. Source: …/functions/system_abort_transaction */
  SYSTEM$ABORT_TRANSACTION: scalar(
    1,
    1,
    (call) => {
      const { context, shared } = call.binder;
      const given = call.arg(0);
      const id = constantText(given) ?? given.literal?.text;
      if (id === undefined || constantNumber(given) === undefined)
        throw call.error("001015", "22023", "SYSTEM$ABORT_TRANSACTION expects the id of a transaction as a constant");
      shared.prerequisites.push(() => abort(context, id));
      return call.result(quote(`Aborted transaction id: ${id}`), varchar(), false);
    },
    { volatile: true },
  ),
};
