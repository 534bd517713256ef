import type { Hono } from "hono";
import { type QueryRequest, startRequest } from "../execution/pipeline";
import type { Answer } from "../history/requestLog";
import type { Services } from "../services";
import { baseUrl, readBody, send, sessionOf } from "./http";

/** After so long the client is told to ask again, before any proxy or driver gives up on the connection. */
export const LONGEST_WAIT_MS = 45_000;

/** POST /queries/v1/query-request */
export function queryEndpoint(app: Hono, services: Services): void {
  app.post("/queries/v1/query-request", async (context) => {
    const session = sessionOf(services, context);
    const body = await readBody<QueryRequest & { asyncExec?: boolean }>(context);
    const { queryId, answer } = startRequest(
      services,
      session,
      { ...body, sqlText: String(body.sqlText ?? ""), requestId: context.req.query("requestId") },
      baseUrl(context),
    );
    if (body.asyncExec) return send(context, inProgress(queryId, "333334"));
    return send(context, await answerOrLater(queryId, answer));
  });
}

/** The answer when it comes in time, else where to ask again. */
export async function answerOrLater(queryId: string, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const later = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(inProgress(queryId, "333333")), LONGEST_WAIT_MS);
  });
  return Promise.race([answer, later]).finally(() => clearTimeout(timer));
}

const inProgress = (queryId: string, code: "333333" | "333334"): Answer => ({
  data: { queryId, getResultUrl: `/queries/${queryId}/result`, queryAbortsAfterSecs: 300, progressDesc: null },
  code,
  message: code === "333334" ? "Query execution is in progress (asynchronous)." : "Query execution in progress.",
  success: true,
});
