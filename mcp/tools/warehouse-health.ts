import { z } from "zod";
import { defineTool, READS } from "./tool";

/** Whether answers can be trusted to be fresh. */
export const warehouseHealth = defineTool({
  name: "warehouse-health",
  title: "Warehouse health",
  description:
    "Tells how fresh the events are (lag now against its target), whether refreshes succeed, which alerts are open, and what your calls cost today. Use it when numbers look wrong or too low.",
  input: z.strictObject({}),
  output: z.object({
    healthy: z.boolean(),
    summary: z.string(),
    freshness: z.object({
      lag_seconds: z.number().nullable(),
      target_lag_seconds: z.number().nullable(),
      within_target: z.boolean(),
      lag_p50_seconds: z.number().nullable(),
      lag_p99_seconds: z.number().nullable(),
      last_refresh_at: z.string().nullable(),
      refreshes_succeeded_24h: z.int(),
      refreshes_failed_24h: z.int(),
      rows_inserted_24h: z.int(),
      last_error: z.string().nullable(),
      last_error_at: z.string().nullable(),
      scheduling_state: z.string().nullable(),
    }),
    open_alerts: z.array(
      z.object({
        kind: z.string(),
        times_raised: z.int(),
        first_raised_at: z.string(),
        last_raised_at: z.string(),
        detail: z.string(),
      }),
    ),
    your_calls_24h: z
      .object({ credits_spent: z.number(), credits_limit: z.number() })
      .describe("Reckoned from run time"),
  }),
  annotations: READS,
  async answer(_, call) {
    const { queries, budget } = call.service;
    const [health, alerts] = await Promise.all([queries.health(call.run), queries.openAlerts(call.run)]);
    const state = health?.scheduling_state == null ? null : String(health.scheduling_state);
    const within = health?.is_within_target === true;
    const isRunning = state !== null && /RUNNING|ACTIVE/i.test(state);
    const problems = [
      ...(isRunning
        ? []
        : [`refreshes are ${state ?? "unknown"}${health?.suspend_reason ? `: ${health.suspend_reason}` : ""}`]),
      ...(within
        ? []
        : [
            `the events are ${health?.lag_seconds ?? "an unknown number of"} s behind, ${health?.target_lag_seconds ?? "?"} s are the target`,
          ]),
      ...(alerts.length ? [`${alerts.length} ${alerts.length === 1 ? "alert is" : "alerts are"} open`] : []),
    ];
    return {
      healthy: problems.length === 0,
      summary: problems.length === 0 ? "Events are fresh and no alert is open." : `${problems.join("; ")}.`,
      freshness: {
        lag_seconds: number(health?.lag_seconds),
        target_lag_seconds: number(health?.target_lag_seconds),
        within_target: within,
        lag_p50_seconds: number(health?.lag_p50_seconds),
        lag_p99_seconds: number(health?.lag_p99_seconds),
        last_refresh_at: text(health?.last_refresh_at),
        refreshes_succeeded_24h: number(health?.refreshes_succeeded_24h) ?? 0,
        refreshes_failed_24h: number(health?.refreshes_failed_24h) ?? 0,
        rows_inserted_24h: number(health?.rows_inserted_24h) ?? 0,
        last_error: text(health?.last_error),
        last_error_at: text(health?.last_error_at),
        scheduling_state: state,
      },
      open_alerts: alerts.slice(0, 50).map((alert) => ({
        kind: String(alert.kind),
        times_raised: Number(alert.times_raised),
        first_raised_at: String(alert.first_raised_at),
        last_raised_at: String(alert.last_raised_at),
        detail: (typeof alert.detail === "string" ? alert.detail : JSON.stringify(alert.detail ?? null)).slice(0, 500),
      })),
      your_calls_24h: { credits_spent: Number(budget.spentCredits.toFixed(6)), credits_limit: budget.limit },
    };
  },
});

const number = (value: unknown): number | null => (value == null ? null : Number(value));
const text = (value: unknown): string | null => (value == null ? null : String(value).slice(0, 1000));
