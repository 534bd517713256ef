import { z } from "zod";
import { withMatchingActions } from "../answers/actionPatterns";
import { denialSchema } from "../answers/explainDenial";
import { grammarRefusal, warehouseRefusal } from "../answers/refusePlan";
import type { Json } from "../plan/findings";
import { planSchema } from "../plan/planSchema";
import { defineExplainingTool, READS } from "./tool";

/** Whether a plan would run. */
export const validatePlan = defineExplainingTool({
  name: "validate-plan",
  title: "Check a query plan",
  description:
    "Says whether a query plan would run, without running it: grammar, permissions, budgets. Of a wrong plan it names every problem with its path, what was found, what is allowed, and offers a corrected plan. run-plan checks by itself; use this to prepare a plan or to learn.",
  input: z.strictObject({ plan: planSchema }),
  accepts: z.strictObject({ plan: z.unknown() }),
  output: z.object({
    valid: z.boolean(),
    problems: z.array(
      z.object({
        path: z.string(),
        message: z.string(),
        found: z.string().optional(),
        allowed: z.array(z.string()).optional(),
      }),
    ),
    corrected_plan: z.record(z.string(), z.unknown()).optional(),
    left_out: z.array(z.string()).optional().describe("Places of the plan that the corrected one does without"),
    denials: z.array(denialSchema).optional(),
    from: z.string().optional().describe("Begin of the window, inclusive"),
    to: z.string().optional().describe("End of the window, exclusive"),
    limit: z.int().optional().describe("The most rows you get"),
    runtime_seconds_left: z.number().optional().describe("Of your daily budget"),
  }),
  annotations: READS,
  async answer({ plan }, call) {
    const refusal = grammarRefusal(plan);
    if (refusal) {
      const { problems, ...details } = await withMatchingActions(refusal, plan, call);
      return { valid: false, ...details, problems: problems.map(copied) };
    }
    const verdict = await call.service.queries.validatePlan(plan, call.run);
    if (!verdict.valid) {
      const { problems, ...details } = await warehouseRefusal(plan as Json, verdict.errors, call);
      return { valid: false, problems: problems.map(copied), ...details };
    }
    const normal = verdict.plan;
    return {
      valid: true,
      problems: [],
      from: String(normal.from),
      to: String(normal.to),
      limit: Math.min(Number(normal.limit), call.service.settings.maxRows),
      runtime_seconds_left: Math.max(0, Number(normal.daily_runtime_seconds) - Number(normal.used_runtime_seconds)),
    };
  },
});

const copied = <T extends { allowed?: readonly string[] }>(problem: T) => ({
  ...problem,
  allowed: problem.allowed && [...problem.allowed],
});
