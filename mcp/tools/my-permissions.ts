import { z } from "zod";
import { defineTool, READS } from "./tool";

/** Who asks, what they may query, and why. */
export const myPermissions = defineTool({
  name: "my-permissions",
  title: "My permissions",
  description:
    "Tells as whom you ask, which actions you may query by which permission (a deny wins over every grant), their row and run time budgets, and the bounds of this server.",
  input: z.strictObject({}),
  output: z.object({
    user: z.string(),
    role: z.string(),
    permissions: z.array(
      z.object({
        pattern: z.string().describe("An action, a prefix such as order.*, or * for all but the reserved namespaces"),
        effect: z.enum(["DENY", "GRANT", "INHERIT"]).describe("INHERIT is a grant of a group"),
        source: z.string().describe("USER, or GROUP and its name"),
        max_rows: z.number().nullable(),
        max_runtime_seconds: z.number().nullable(),
        daily_runtime_seconds: z.number().nullable(),
        expires_at: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    bounds: z.object({
      rows: z.int(),
      bytes: z.int(),
      seconds: z.number(),
      calls_per_minute: z.int(),
      credits_per_day: z.number(),
    }),
  }),
  annotations: READS,
  async answer(_, call) {
    const { queries, settings } = call.service;
    const [identity, permissions] = await Promise.all([queries.identity(call.run), queries.permissions(call.run)]);
    return {
      user: identity.user_name,
      role: identity.role_name,
      permissions: permissions.slice(0, 1000).map(({ pattern, effect, source, reason, expires_at, ...budgets }) => ({
        pattern,
        effect,
        source,
        max_rows: budgets.max_rows ?? null,
        max_runtime_seconds: budgets.max_runtime_seconds ?? null,
        daily_runtime_seconds: budgets.daily_runtime_seconds ?? null,
        expires_at: expires_at ?? null,
        reason: reason?.slice(0, 300) ?? null,
      })),
      bounds: {
        rows: settings.maxRows,
        bytes: settings.maxBytes,
        seconds: settings.timeoutMs / 1000,
        calls_per_minute: settings.callsPerMinute,
        credits_per_day: settings.dailyCredits,
      },
    };
  },
});
