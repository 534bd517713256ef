import type { Hono } from "hono";
import { z } from "zod";
import { readEvent, readPayload } from "../queries/eventDetail";
import { readEvents } from "../queries/events";
import { readReceived } from "../queries/receivedEvents";
import { eventIdSchema, instantText, readQuery, term } from "./requests";
import type { ConsoleServices } from "./services";

const filterSchema = z.strictObject({
  action: term.optional(),
  actor: term.optional(),
  object: term.optional(),
  lane: term.optional(),
  from: instantText.optional(),
  to: instantText.optional(),
  before: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

const oneSchema = z.object({ id: eventIdSchema });

/** The list of events, one event, what came in for it, and its whole payload as a file. */
export function eventRoutes(app: Hono, { warehouse }: ConsoleServices): void {
  app.get("/api/events", async (context) => {
    const filter = readQuery(context, filterSchema);
    return context.json(
      await warehouse.cache.get(`events ${JSON.stringify(filter)}`, 1000, () => readEvents(warehouse, filter)),
    );
  });
  app.get("/api/events/:id", async (context) => {
    const { id } = oneSchema.parse(context.req.param());
    return context.json(await readEvent(warehouse, id));
  });
  app.get("/api/events/:id/received", async (context) => {
    const { id } = oneSchema.parse(context.req.param());
    return context.json(await readReceived(warehouse, id));
  });
  app.get("/api/events/:id/payload", async (context) => {
    const { id } = oneSchema.parse(context.req.param());
    return context.body(await readPayload(warehouse, id), 200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${id}.json"`,
    });
  });
}
