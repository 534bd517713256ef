import type { Json } from "../plan/findings";
import type { Plan } from "../plan/planSchema";
import { ToolError } from "../toolError";
import type { ToolCall } from "../tools/tool";
import type { Executed } from "../warehouse/queries";
import { refusedPlan, warehouseRefusal } from "./refusePlan";
import { type RowsAnswer, rowsAnswer } from "./rows";

export interface PlanAnswer extends RowsAnswer {
  from: string;
  to: string;
  query_id: string;
  runtime_ms: number;
  skipped?: Record<string, number>;
}

/** Runs a plan that is right by its grammar, within the server's rows and the person's permissions. */
export async function execute(plan: Plan | Json, call: ToolCall): Promise<Executed> {
  const { queries, settings } = call.service;
  const limit = Math.min((plan.limit as number | undefined) ?? settings.maxRows, settings.maxRows);
  const executed = await queries.executePlan({ ...plan, limit }, call.run);
  if (!executed.valid) throw refusedPlan(await warehouseRefusal(plan as Json, executed.errors, call));
  if (executed.status !== "executed") {
    call.note({ query_id: executed.query_id });
    const message = `The plan was ${executed.status}: ${executed.errors[0]?.message ?? "no reason was given"}`;
    throw new ToolError(executed.status === "stopped" ? "timeout" : "failed", message, {
      next: "Narrow the window, name fewer actions, or group instead of listing events.",
    });
  }
  call.note({ query_id: executed.query_id, row_count: executed.row_count });
  return executed;
}

/** Why nothing may match: an attribute that holds numbers equals no text, whatever its digits. */
function textAsNumber(plan: Plan | Json): string | undefined {
  const filters = (plan.filters ?? []) as { field: string; value?: unknown }[];
  const doubtful = filters.find(
    ({ field, value }) =>
      field.startsWith("attributes.") &&
      [value].flat().some((one) => typeof one === "string" && /^-?\d+(\.\d+)?$/.test(one)),
  );
  if (doubtful === undefined) return undefined;
  return `No event matches. ${doubtful.field} is compared with text, ${JSON.stringify(doubtful.value)}; where it holds numbers, write the number without quotes.`;
}

/** The same, as an answer within the server's bytes. */
export async function runPlan(plan: Plan | Json, call: ToolCall): Promise<PlanAnswer> {
  const executed = await execute(plan, call);
  const { rows, row_count, from, to, query_id, runtime_ms, skipped } = executed;
  const isGrouped = Boolean(
    (plan.group_by as unknown[] | undefined)?.length || (plan.measures as unknown[] | undefined)?.length,
  );
  const narrow = isGrouped
    ? "Order the groups and take the first, filter more, or group by less."
    : "Narrow window or filters, or group instead of listing; limit beyond the server's bound does not help.";
  const answer = rowsAnswer(rows, row_count, call.service.settings.maxBytes, narrow);
  const isNothing = row_count === 0 || (((plan.measures ?? []) as unknown[]).includes("count") && rows[0]?.count === 0);
  const hint = isNothing ? textAsNumber(plan) : undefined;
  if (hint) answer.notice = hint;
  call.note({ truncated: answer.truncated });
  return { ...answer, from, to, query_id, runtime_ms, ...(Object.keys(skipped ?? {}).length ? { skipped } : {}) };
}
