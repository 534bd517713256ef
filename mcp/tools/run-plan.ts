import { z } from "zod";
import { withMatchingActions } from "../answers/actionPatterns";
import { grammarRefusal, refusedPlan } from "../answers/refusePlan";
import { rowsShape } from "../answers/rows";
import { runPlan as run } from "../answers/runPlan";
import { bytesOf } from "../limits/boundRows";
import type { Json } from "../plan/findings";
import { planSchema } from "../plan/planSchema";
import { defineExplainingTool, READS } from "./tool";

/** What every answer of a plan has. */
export const planAnswerShape = {
  ...rowsShape,
  from: z.string().describe("Begin of the window, inclusive"),
  to: z.string().describe("End of the window, exclusive"),
  query_id: z.string(),
  runtime_ms: z.int(),
  skipped: z
    .record(z.string(), z.int())
    .optional()
    .describe("Measure → events whose value is no number and was left out"),
};

/** Answers a question by a plan. */
export const runPlan = defineExplainingTool({
  name: "run-plan",
  title: "Run a query plan",
  description:
    "Answers a question about events by a query plan: which actions, when, filtered, grouped, measured, related. Without group_by and measures it lists events, newest first. Prefer groups and measures to long lists. A wrong plan is answered with every problem and a corrected plan.",
  input: z.strictObject({ plan: planSchema }),
  accepts: z.strictObject({ plan: z.unknown() }),
  output: z.object(planAnswerShape),
  annotations: READS,
  async answer({ plan }, call) {
    const refusal = grammarRefusal(plan);
    if (refusal) {
      call.note({ plan: bytesOf(plan) <= 4000 ? plan : { note: "longer than 4000 bytes" } } as object);
      throw refusedPlan(await withMatchingActions(refusal, plan, call));
    }
    await call.progress("The plan is right by its grammar; the warehouse runs it");
    return run(plan as Json, call);
  },
});
