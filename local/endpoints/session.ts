import type { Hono } from "hono";
import { stepAside } from "../execution/setAside";
import type { Services } from "../services";
import { MASTER_VALIDITY, SESSION_VALIDITY } from "../session/sessions";
import { ok, send, sessionOf, tokenOf } from "./http";

/** Heartbeat, renewal of tokens, end of a session. */
export function sessionEndpoints(app: Hono, services: Services): void {
  app.post("/session/heartbeat", async (context) => {
    services.sessions.touch(sessionOf(services, context));
    return send(context, ok());
  });
  app.post("/session/heartbeat-request", async (context) => {
    services.sessions.touch(sessionOf(services, context));
    return send(context, ok());
  });

  // The master token authorises the renewal; the expired session token is in the body and not needed.
  app.post("/session/token-request", async (context) => {
    const { session, tokens } = await services.sessions.renew(tokenOf(context));
    return send(
      context,
      ok({
        sessionToken: tokens.token,
        validityInSecondsST: SESSION_VALIDITY,
        masterToken: tokens.masterToken,
        validityInSecondsMT: MASTER_VALIDITY,
        sessionId: Number(session.id),
      }),
    );
  });

  app.post("/session", async (context) => {
    const session = sessionOf(services, context);
    if (context.req.query("delete") === "true") {
      services.running.cancelSession(session.id);
      await services.sessions.close(session);
      stepAside(services);
    }
    return send(context, ok());
  });
}
