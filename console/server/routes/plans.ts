import type { Hono } from "hono";
import { z } from "zod";
import { runPlan, validatePlan } from "../queries/plans";
import { RATES, rateLimit } from "../security/rateLimit";
import { readBody } from "./requests";
import type { ConsoleServices } from "./services";

/** The plan itself is checked by the warehouse, which knows the grammar; here it only has to be an object of modest size. */
const planSchema = z.strictObject({
  /** The plan as JSON text, so that its numbers arrive with the digits that were written. */
  plan: z.string().max(100_000).refine(isJsonObject, "expected a plan, a JSON object"),
});

/** Plans: checked and run by the warehouse, within the permissions of the console's user. */
export function planRoutes(app: Hono, { warehouse }: ConsoleServices): void {
  app.post("/api/plans/validate", rateLimit(RATES.plan), async (context) => {
    const { plan } = await readBody(context, planSchema);
    return context.json(await validatePlan(warehouse, plan));
  });
  app.post("/api/plans/run", rateLimit(RATES.plan), async (context) => {
    const { plan } = await readBody(context, planSchema);
    return context.json(await runPlan(warehouse, plan));
  });
}

function isJsonObject(text: string): boolean {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
