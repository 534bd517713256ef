import { readFile } from "node:fs/promises";
import type { Hono } from "hono";
import { statementNotFound } from "../errors";
import { NO_BINDS } from "../execution/value";
import { arrowStream } from "../results/arrow";
import { respond } from "../results/respond";
import { Spool } from "../results/spool";
import type { Services } from "../services";
import { baseUrl, send, sessionOf } from "./http";
import { answerOrLater } from "./query";

/** GET /queries/{id}/result and GET /results/{id}/{piece} */
export function resultEndpoints(app: Hono, services: Services): void {
  app.get("/queries/:id/result", async (context) => {
    const session = sessionOf(services, context);
    const queryId = context.req.param("id");
    const entry = services.history.get(queryId);
    // A result is for the user who ran the statement.
    if (entry && entry.userId !== session.userId) throw statementNotFound(queryId);
    const request = services.requests.byQuery(queryId);
    if (request) return send(context, await answerOrLater(request, services.sessionClock));
    const result = services.results.get(queryId, session.userId);
    if (!result) throw statementNotFound(queryId);
    const { catalogue } = services.store;
    return send(context, await respond({ catalogue, session, queryId, binds: NO_BINDS }, result, baseUrl(context)));
  });

  app.get("/results/:id/:piece", async (context) => {
    const result = services.results.get(context.req.param("id"));
    const rows = result?.rows;
    const piece = Number(context.req.param("piece"));
    if (!(rows instanceof Spool) || context.req.query("key") !== rows.key || !rows.pieces[piece]) {
      return context.text("Not found", 404);
    }
    if (result && context.req.query("format") === "arrow") {
      const stream = await arrowStream(result.columns, await rows.read(piece));
      return context.body(new Uint8Array(stream), 200, { "content-type": "application/octet-stream" });
    }
    const bytes = await readFile(rows.file(piece));
    // A piece is no JSON text by itself, and the Node.js driver would try to read it as one.
    return context.body(new Uint8Array(bytes), 200, {
      "content-type": "application/octet-stream",
      "content-encoding": "gzip",
    });
  });
}
