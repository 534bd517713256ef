import { z } from "zod";
import { grammarRefusal, refusedPlan } from "../answers/refusePlan";
import { runPlan } from "../answers/runPlan";
import { MATCHES, RELATIONSHIP_NAMES, RELATIONSHIPS } from "../plan/grammar";
import { actionSchema, planSchema } from "../plan/planSchema";
import { ToolError } from "../toolError";
import { planAnswerShape } from "./run-plan";
import { defineExplainingTool, READS } from "./tool";

const { window, filters, group_by, measures, order_by, limit } = planSchema.shape;

const words = Object.entries(RELATIONSHIPS)
  .map(([name, meaning]) => `${name}: ${meaning}`)
  .join("; ");

const input = z.strictObject({
  action: actionSchema.describe("The events to start from"),
  relationship: z.enum(RELATIONSHIP_NAMES).describe(`"It" is an event of action. ${words}`),
  other_action: actionSchema.describe("What to look for around each of them"),
  match: z
    .enum(MATCHES)
    .optional()
    .describe("What both share: the person (when left out), or the object they were done to"),
  window,
  filters,
  group_by,
  measures,
  order_by,
  limit,
});

/** The relationships of Activity Schema in words. */
export const relateActions = defineExplainingTool({
  name: "relate-actions",
  title: "Relate two actions",
  description: `Answers what the same person did, or what was done to the same object, before, after or between: for each event of action it appends the other action's event, or how often it happened, under related (related.event_id, related.occurred_at, related.seconds between both, related.count …). Group by and measure related.<field> as any other. Only action must lie in the window. The ten relationships: ${Object.keys(RELATIONSHIPS).join(", ")}.`,
  input,
  accepts: z.strictObject({
    action: z.unknown().optional(),
    relationship: z.unknown().optional(),
    other_action: z.unknown().optional(),
    match: z.unknown().optional(),
    window: z.unknown().optional(),
    filters: z.unknown().optional(),
    group_by: z.unknown().optional(),
    measures: z.unknown().optional(),
    order_by: z.unknown().optional(),
    limit: z.unknown().optional(),
  }),
  output: z.object({ meaning: z.string().describe("What was asked, in words"), ...planAnswerShape }),
  annotations: READS,
  async answer({ action, relationship, other_action, match, ...rest }, call) {
    const plan = {
      actions: [action],
      relate: [{ relationship, action: other_action, as: "related", ...(match === undefined ? {} : { match }) }],
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    };
    const refusal = grammarRefusal(plan);
    if (refusal) throw refusedArguments(refusedPlan(refusal));
    await call.progress("The warehouse relates the events");
    const words = RELATIONSHIPS[relationship as keyof typeof RELATIONSHIPS];
    const meaning = `Of each ${action}: ${match === "object" ? onObject(words) : words} (the other action is ${other_action}).`;
    const answer = await runPlan(plan, call).catch((error) => {
      throw error instanceof ToolError ? refusedArguments(error) : error;
    });
    return { meaning, ...answer };
  },
});

/** The words of a relationship by person, for one by object. */
const onObject = (words: string): string =>
  words
    .replace("that the same person did", "that was done to the same object")
    .replace("the person did it again", "it was done to the object again")
    .replace("the person did the other action", "the other action was done to the object");

/** A refusal of the plan that the arguments stand for, in places of the arguments. */
function refusedArguments({ code, message, details: { problems, left_out, ...details } }: ToolError): ToolError {
  return new ToolError(code, message, {
    ...(problems ? { problems: problems.map((problem) => ({ ...problem, path: asArgument(problem.path) })) } : {}),
    ...(left_out ? { left_out: left_out.map(asArgument) } : {}),
    ...details,
  });
}

/** Where a place in the plan stands among the arguments. */
const asArgument = (path: string): string =>
  path
    .replace(/^actions\[0\]/, "action")
    .replace(/^relate\[0\]\.action/, "other_action")
    .replace(/^relate\[0\]\./, "");
