import type { Hono } from "hono";
import { z } from "zod";
import { changePermission, readPermissions } from "../queries/permissions";
import { RATES, rateLimit } from "../security/rateLimit";
import { ConsoleError } from "../warehouse/consoleError";
import { instantText, readBody } from "./requests";
import type { ConsoleServices } from "./services";
import { sessionInfo } from "./session";

const budget = z.number().int().min(1).max(1_000_000_000).optional();

const changeSchema = z.strictObject({
  kind: z.enum(["grant", "deny", "revoke"]),
  subjectType: z.enum(["USER", "GROUP"]),
  subject: z.string().min(1).max(255),
  pattern: z.string().min(1).max(255),
  maxRows: budget,
  maxRuntimeSeconds: budget,
  dailyRuntimeSeconds: budget,
  expiresAt: instantText.optional(),
  reason: z.string().max(1000).optional(),
});

/** Who may query what, and changes of it. */
export function permissionRoutes(app: Hono, services: ConsoleServices): void {
  const { warehouse, options } = services;
  app.get("/api/permissions", async (context) => {
    const { user } = await sessionInfo(services);
    return context.json(
      await warehouse.cache.get("permissions", 2000, () => readPermissions(warehouse, user, options.role !== "user")),
    );
  });
  app.post("/api/permissions", rateLimit(RATES.plan), async (context) => {
    const { canChangePermissions } = await sessionInfo(services);
    if (!canChangePermissions)
      throw new ConsoleError("no-permission", `Only ${options.outputs.roles.admin} changes permissions.`);
    const request = await readBody(context, changeSchema);
    await changePermission(warehouse, request);
    warehouse.cache.clear();
    return context.json({ status: "done" });
  });
}
