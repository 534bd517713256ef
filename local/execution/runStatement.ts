import type { Statement } from "../../dialect/index";
import { toMillis } from "../clock";
import { internalError, SnowflakeError, statementTimedOut } from "../errors";
import type { QueryEntry } from "../history/queryHistory";
import { queryText } from "../history/queryText";
import { log, newIncident } from "../log";
import { parameter } from "../parameters/effective";
import { targetTable } from "../statements/dml/target";
import { handlerOf } from "../statements/index";
import { withStreams } from "../streams/consume";
import { listPivotValues } from "../translate/query/dynamicPivot";
import { needsWarehouse } from "../warehouses/need";
import type { ExecutionContext } from "./context";
import { queryTypeOf } from "./queryType";
import { rowCount, type StatementResult } from "./result";
import { statementTypeOf } from "./statementType";
import { undoOnFailure } from "./transactions";

export interface RunOptions {
  /** In QUERY_HISTORY and LAST_QUERY_ID. */
  recorded: boolean;
  parentQueryId?: string;
}

/** Dispatches one statement, with its entry in the history. Whatever is thrown is a SnowflakeError. */
export async function runStatement(
  context: ExecutionContext,
  statement: Statement,
  options: RunOptions,
): Promise<StatementResult> {
  const entry = options.recorded ? startEntry(context, statement, options.parentQueryId) : undefined;
  try {
    const handler = handlerOf(statement);
    const release = needsWarehouse(statement) ? await warehouseFor(context, statement) : undefined;
    const run = () => withStreams(context, statement, work).finally(release);
    const work = async () => handler.run(context, await listPivotValues(context, statement));
    const result = await (statement.kind === "Call" ? undoOnFailure(context.session, run) : run());
    result.statementTypeId ??= statementTypeOf(statement);
    if (entry) finishEntry(context, entry, result);
    return result;
  } catch (error) {
    const said = asSnowflakeError(error, context);
    if (entry) failEntry(context, entry, said);
    throw said;
  }
}

/** The warehouse of the statement; where there is none, what the role may not do is said first. */
async function warehouseFor(context: ExecutionContext, statement: Statement): Promise<() => void> {
  try {
    return await context.services.warehouses.use(context);
  } catch (error) {
    if (statement.kind === "Insert") targetTable(context, statement.table, "INSERT");
    if (statement.kind === "Update") targetTable(context, statement.table, "UPDATE", "Object");
    if (statement.kind === "Delete") targetTable(context, statement.table, "DELETE", "Object");
    throw error;
  }
}

/** Anything unexpected becomes 000603; its cause is in the log under the same number. */
export function asSnowflakeError(error: unknown, context?: Pick<ExecutionContext, "text" | "queryId">): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  const incident = newIncident();
  log.error({ incident, err: error, queryId: context?.queryId, text: context?.text.slice(0, 2000) }, "internal error");
  return internalError(incident, error);
}

/** Cancels the statement after STATEMENT_TIMEOUT_IN_SECONDS of the session or its warehouse, whichever is less. */
export function armTimeout(context: ExecutionContext, controller: AbortController): () => void {
  const limits = [Number(parameter(context, "STATEMENT_TIMEOUT_IN_SECONDS"))];
  const { warehouseId } = context.session;
  const warehouse = warehouseId === null ? undefined : context.catalogue.get("WAREHOUSE", warehouseId);
  limits.push(Number(warehouse?.parameters?.STATEMENT_TIMEOUT_IN_SECONDS ?? 0));
  const seconds = Math.min(...limits.filter((limit) => limit > 0));
  if (!Number.isFinite(seconds)) return () => undefined;
  const timer = context.services.clock.setTimer(seconds * 1000, () => controller.abort(statementTimedOut(seconds)));
  return () => timer.cancel();
}

function startEntry(context: ExecutionContext, statement: Statement, parentQueryId: string | undefined): QueryEntry {
  const { catalogue, session, services, namespace } = context;
  const warehouse = session.warehouseId === null ? undefined : catalogue.get("WAREHOUSE", session.warehouseId);
  const role = context.rights.roleId === null ? undefined : catalogue.byId(context.rights.roleId);
  const nameOf = (id: number | null) => (id === null ? null : (catalogue.byId(id)?.name ?? null));
  const entry: QueryEntry = {
    queryId: context.queryId,
    ...(parentQueryId ? { parentQueryId } : {}),
    queryText: queryText(context.text, statement),
    queryType: queryTypeOf(statement),
    status: "RUNNING",
    sessionId: session.id,
    userId: session.userId,
    userName: nameOf(session.userId) ?? "SYSTEM",
    roleName: role?.name ?? null,
    databaseId: namespace.databaseId,
    databaseName: nameOf(namespace.databaseId),
    schemaId: namespace.schemaId,
    schemaName: nameOf(namespace.schemaId),
    warehouseId: warehouse?.id ?? null,
    warehouseName: warehouse?.name ?? null,
    warehouseSize: warehouse?.size ?? null,
    queryTag: String(parameter(context, "QUERY_TAG")),
    startTime: toMillis(context.now),
    endTime: null,
    compilationMs: 0,
    executionMs: 0,
    rowsProduced: null,
    rowsInserted: 0,
    rowsUpdated: 0,
    rowsDeleted: 0,
    rowsScanned: 0,
    rowsUnloaded: 0,
    isClientGenerated: false,
    ...(session.transaction ? { transactionId: session.transaction.id } : {}),
  };
  services.history.start(entry);
  return entry;
}

function endEntry(context: ExecutionContext, entry: QueryEntry): void {
  entry.endTime = toMillis(context.services.clock.nowMicros());
  entry.executionMs = Math.max(0, entry.endTime - entry.startTime);
  entry.transactionId ??= context.session.transaction?.id;
  context.session.queryIds.push(entry.queryId);
  context.services.history.finish(entry);
}

function finishEntry(context: ExecutionContext, entry: QueryEntry, result: StatementResult): void {
  entry.status = "SUCCESS";
  entry.rowsProduced = rowCount(result.rows);
  entry.rowsInserted = result.statistics?.inserted ?? 0;
  entry.rowsUpdated = result.statistics?.updated ?? 0;
  entry.rowsDeleted = result.statistics?.deleted ?? 0;
  entry.rowsScanned = result.statistics?.scanned ?? 0;
  entry.rowsUnloaded = result.statistics?.unloaded ?? 0;
  if (result.queryType) entry.queryType = result.queryType;
  context.services.results.put(context.queryId, context.session.userId, result);
  endEntry(context, entry);
}

function failEntry(context: ExecutionContext, entry: QueryEntry, error: SnowflakeError): void {
  entry.status = error.code === "000603" ? "INCIDENT" : "FAIL";
  entry.errorCode = error.code;
  entry.errorMessage = error.message;
  entry.sqlState = error.sqlState;
  endEntry(context, entry);
}
