import type { Hono } from "hono";
import { notExecuting } from "../errors";
import type { Services } from "../services";
import { ok, readBody, send, sessionOf } from "./http";

/** POST /queries/v1/abort-request (by requestId) and POST /queries/{id}/abort-request: interrupts the running statement. */
export function abortEndpoints(app: Hono, services: Services): void {
  app.post("/queries/v1/abort-request", async (context) => {
    const session = sessionOf(services, context);
    const { requestId = "" } = await readBody<{ requestId?: string }>(context);
    if (!services.running.cancelRequest(requestId, session.id)) throw notExecuting();
    return send(context, ok());
  });

  app.post("/queries/:id/abort-request", async (context) => {
    const session = sessionOf(services, context);
    const queryId = context.req.param("id");
    if (services.running.userOf(queryId) !== session.userId || !services.running.cancel(queryId)) throw notExecuting();
    return send(context, ok());
  });
}
