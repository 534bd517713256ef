import type { Hono } from "hono";
import { z } from "zod";
import { readActions, readExamples } from "../queries/actions";
import { readActivity } from "../queries/activity";
import { readCosts } from "../queries/costs";
import { readDeadLetters } from "../queries/deadLetters";
import { readAlerts, readHealth, readHours, readOrphans, readRefreshes } from "../queries/health";
import { readLawState, readRules } from "../queries/law";
import { readParity } from "../queries/parity";
import type { Warehouse } from "../warehouse/warehouse";
import { readQuery, term } from "./requests";
import type { ConsoleServices } from "./services";

/** What can be read as a whole, and for how many seconds an answer may be shown to others. A refresh makes all of them new. */
const READINGS: Record<string, { seconds: number; read: (warehouse: Warehouse) => Promise<unknown> }> = {
  activity: { seconds: 10, read: (warehouse) => readActivity(warehouse) },
  health: { seconds: 3, read: readHealth },
  refreshes: { seconds: 3, read: readRefreshes },
  alerts: { seconds: 5, read: readAlerts },
  orphans: { seconds: 5, read: readOrphans },
  hours: { seconds: 30, read: readHours },
  "dead-letters": { seconds: 5, read: readDeadLetters },
  actions: { seconds: 30, read: (warehouse) => readActions(warehouse) },
  law: { seconds: 10, read: readLawState },
  costs: { seconds: 120, read: (warehouse) => readCosts(warehouse) },
};

/** Everything that is looked at and not changed. */
export function monitoringRoutes(app: Hono, { warehouse, options }: ConsoleServices): void {
  for (const [name, { seconds, read }] of Object.entries(READINGS)) {
    app.get(`/api/${name}`, async (context) =>
      context.json((await warehouse.cache.get(name, seconds * 1000, () => read(warehouse))) as object),
    );
  }
  app.get("/api/actions/examples", async (context) => {
    const { action } = readQuery(context, z.strictObject({ action: term }));
    return context.json(await warehouse.cache.get(`examples ${action}`, 5000, () => readExamples(warehouse, action)));
  });
  app.get("/api/parity", async (context) => context.json(await readParity(options.parityPage)));
  app.get("/api/law/rules", async (context) => context.json(await readRules(options.lawPages)));
}
