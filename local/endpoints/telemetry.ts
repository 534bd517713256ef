import type { Hono } from "hono";
import { ok, send } from "./http";

/** POST /telemetry/send: accepted and not kept. */
export function telemetryEndpoint(app: Hono): void {
  app.post("/telemetry/send", (context) => send(context, ok("Log Received")));
  app.post("/telemetry/send/sessionless", (context) => send(context, ok("Log Received")));
}
