import type { Hono } from "hono";
import { z } from "zod";
import type { SessionInfo } from "../../api/session";
import { RATES, rateLimit } from "../security/rateLimit";
import { text } from "../warehouse/rows";
import { readBody } from "./requests";
import type { ConsoleServices } from "./services";

/** Who the console is; asked before everything else. */
export function sessionRoutes(app: Hono, services: ConsoleServices): void {
  app.get("/api/session", async (context) => context.json(await sessionInfo(services)));
}

/** Logging in and out; reached without a token. */
export function logInRoutes(app: Hono, { access }: ConsoleServices): void {
  app.post("/api/login", rateLimit(RATES.logIn), async (context) => {
    const { token } = await readBody(context, z.object({ token: z.string().min(1).max(500) }));
    access.logIn(context, token);
    return context.json({ status: "logged in" });
  });
  app.post("/api/logout", (context) => {
    access.logOut(context);
    return context.json({ status: "logged out" });
  });
}

export async function sessionInfo({ options, warehouse, webSocketPort }: ConsoleServices): Promise<SessionInfo> {
  const { outputs, role = "admin" } = options;
  const [row] = await warehouse.cache.get("session", 60_000, () =>
    warehouse.connection.query("SELECT CURRENT_USER() AS CONSOLE_USER, CURRENT_ROLE() AS CONSOLE_ROLE"),
  );
  return {
    user: text(row?.CONSOLE_USER),
    role: text(row?.CONSOLE_ROLE),
    database: outputs.database,
    account: outputs.account.account,
    canChangePermissions: role === "admin",
    canSeeReceived: role === "admin",
    isEmbedded: options.parityPage !== undefined,
    webSocketPort,
    adminRole: outputs.roles.admin,
  };
}
