import type { Hono } from "hono";
import type { QueryEntry } from "../history/queryHistory";
import type { Answer } from "../history/requestLog";
import type { Services } from "../services";
import { ok, send, sessionOf } from "./http";

/** GET /monitoring/queries/{id}: how an asynchronous statement is doing. */
export function monitoringEndpoint(app: Hono, services: Services): void {
  app.get("/monitoring/queries/:id", async (context) => {
    const session = sessionOf(services, context);
    const queryId = context.req.param("id");
    const entry = services.history.get(queryId);
    const running = services.running.has(queryId);
    if (!entry || entry.userId !== session.userId)
      return send(context, running ? stillStarting(queryId) : answered(queryId, await onlyAnswer(services, queryId)));
    return send(context, report(entry, running));
  });
}

/** Statements that failed before they had an entry (syntax errors) are known by their answer only, and so are several in one text. */
async function onlyAnswer(services: Services, queryId: string): Promise<Answer | undefined> {
  return services.requests.byQuery(queryId)?.answer;
}

const stillStarting = (queryId: string): Answer =>
  ok({ queries: [{ id: queryId, status: "RUNNING", state: "RUNNING" }] });

function answered(queryId: string, answer: Answer | undefined): Answer {
  if (!answer) return ok({ queries: [] });
  if (answer.success) return ok({ queries: [{ id: queryId, status: "SUCCESS", state: "SUCCESS" }] });
  const data = answer.data as { queryId: string; sqlState: string };
  return {
    ...ok({
      queries: [
        {
          id: data.queryId,
          status: "FAILED_WITH_ERROR",
          state: "FAILED",
          errorCode: answer.code,
          errorMessage: answer.message,
        },
      ],
      sqlState: data.sqlState,
      queryId: data.queryId,
    }),
    code: answer.code,
  };
}

function report(entry: QueryEntry, running: boolean): Answer {
  // The entry ends before the commit; the client may look only after it.
  const status = running && entry.status === "SUCCESS" ? "RUNNING" : STATUS[entry.status];
  const failed = entry.status === "FAIL" || entry.status === "INCIDENT";
  return {
    ...ok({
      queries: [
        {
          id: entry.queryId,
          status,
          state: failed ? "FAILED" : status,
          sqlText: entry.queryText,
          sessionId: Number(entry.sessionId),
          userName: entry.userName,
          warehouseName: entry.warehouseName,
          databaseName: entry.databaseName,
          schemaName: entry.schemaName,
          startTime: entry.startTime,
          endTime: entry.endTime ?? 0,
          totalDuration: entry.executionMs,
          // The name by which the Go driver reads it.
          stats: { producedRows: entry.rowsProduced ?? 0 },
          errorCode: entry.errorCode ?? null,
          errorMessage: entry.errorMessage ?? null,
        },
      ],
      ...(failed ? { sqlState: entry.sqlState, queryId: entry.queryId } : {}),
    }),
    // No message: drivers put it before that of the query.
    ...(failed ? { code: entry.errorCode ?? null } : {}),
  };
}

const STATUS: Record<QueryEntry["status"], string> = {
  RUNNING: "RUNNING",
  SUCCESS: "SUCCESS",
  FAIL: "FAILED_WITH_ERROR",
  INCIDENT: "FAILED_WITH_INCIDENT",
};
