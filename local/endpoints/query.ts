import type { Hono } from "hono";
import type { Clock, Timer } from "../clock";
import { type QueryRequest, startRequest } from "../execution/pipeline";
import type { Answer, StartedRequest } from "../history/requestLog";
import type { Services } from "../services";
import { baseUrl, readBody, send, sessionOf } from "./http";

/** After so long the client is told to ask again, before any proxy or driver gives up on the connection. */
export const LONGEST_WAIT_MS = 45_000;

/** POST /queries/v1/query-request */
export function queryEndpoint(app: Hono, services: Services): void {
  app.post("/queries/v1/query-request", async (context) => {
    const session = sessionOf(services, context);
    const body = await readBody<QueryRequest>(context);
    const started = startRequest(
      services,
      session,
      { ...body, sqlText: String(body.sqlText ?? ""), requestId: context.req.query("requestId") },
      baseUrl(context),
    );
    if (body.asyncExec) return send(context, inProgress(started));
    return send(context, await answerOrLater(started, services.sessionClock));
  });
}

/** The answer when it comes in time, else where to ask again. */
export async function answerOrLater(request: StartedRequest, clock: Clock): Promise<Answer> {
  let timer: Timer | undefined;
  const later = new Promise<Answer>((resolve) => {
    timer = clock.setTimer(LONGEST_WAIT_MS, () => resolve(inProgress(request)));
  });
  return Promise.race([request.answer, later]).finally(() => timer?.cancel());
}

/** The Go driver asks again for an asynchronous statement only when it is told so by the code for those. */
const inProgress = ({ queryId, isAsync = false }: StartedRequest): Answer => ({
  data: { queryId, getResultUrl: `/queries/${queryId}/result`, queryAbortsAfterSecs: 300, progressDesc: null },
  code: isAsync ? "333334" : "333333",
  message: isAsync ? "Query execution is in progress (asynchronous)." : "Query execution in progress.",
  success: true,
});
