import { notExecuting } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { has, hasSystemRole } from "../privileges/index";
import type { Session } from "../session/session";
import { constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

/** One's own statements, those of users one owns, those on warehouses one operates. Source: …/functions/system_cancel_query */
function mayCancel(context: ExecutionContext, { userId, warehouseId }: Session): boolean {
  const { catalogue } = context;
  if (userId === context.session.userId) return true;
  const user = catalogue.get("USER", userId);
  const warehouse = warehouseId === null ? undefined : catalogue.get("WAREHOUSE", warehouseId);
  return (user && has(context, "OWNERSHIP", user)) || (warehouse && has(context, "OPERATE", warehouse)) || false;
}

/** The session of an id, if its statements may be canceled. */
function session(context: ExecutionContext, id: string | undefined): Session | undefined {
  return context.services.sessions.all().find((one) => one.id === id);
}

function constant(call: Call): string {
  const { literal } = call.arg(0);
  const text = constantText(call.arg(0)) ?? (literal?.kind === "number" ? literal.text : undefined);
  if (text === undefined) throw call.error("001015", "22023", `${call.name} expects a constant`);
  return text;
}

function cancelQuery(call: Call) {
  const { context, shared } = call.binder;
  const { running } = context.services;
  const queryId = constant(call);
  shared.prerequisites.push(async () => {
    const found = session(context, running.sessionOf(queryId));
    const isAllowed = found ? mayCancel(context, found) : running.userOf(queryId) === context.session.userId;
    if (!(isAllowed || hasSystemRole(context, "ACCOUNTADMIN")) || !running.cancel(queryId)) throw notExecuting();
  });
  return call.result(`${quote(`query [${queryId}] terminated.`)}::VARCHAR`, varchar(), false);
}

function cancelAllQueries(call: Call) {
  const { context, shared } = call.binder;
  const { running } = context.services;
  const found = session(context, constant(call));
  const queries = found && mayCancel(context, found) ? running.queriesOf(found.id) : [];
  const others = queries.filter((queryId) => queryId !== context.queryId);
  shared.prerequisites.push(async () => {
    for (const queryId of others) running.cancel(queryId);
  });
  return call.result(`'${others.length} cancelled.'::VARCHAR`, varchar(), false);
}

export const cancelFunctions: FunctionTable = {
  SYSTEM$CANCEL_QUERY: scalar(1, 1, cancelQuery, { volatile: true }),
  SYSTEM$CANCEL_ALL_QUERIES: scalar(1, 1, cancelAllQueries, { volatile: true }),
};
