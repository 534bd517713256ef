import { checkPlan } from "../plan/checkPlan";
import { correctPlan } from "../plan/correctPlan";
import { isObject, type Json } from "../plan/findings";
import type { Problem } from "../plan/problem";
import { show } from "../plan/problem";
import { ToolError } from "../toolError";
import type { ToolCall } from "../tools/tool";
import type { PlanError } from "../warehouse/queries";
import { type Denial, explainDenial } from "./explainDenial";

export interface PlanRefusal {
  problems: Problem[];
  corrected_plan?: Json;
  /** Places of the refused plan that the corrected one does without. */
  left_out?: string[];
  denials?: Denial[];
}

/** What is wrong with a plan by its grammar, and the plan that was meant; undefined when nothing is. */
export function grammarRefusal(plan: unknown): PlanRefusal | undefined {
  const findings = checkPlan(plan);
  if (findings.length === 0) return undefined;
  const problems = findings.slice(0, 30).map(({ at: _, fix: __, ...problem }) => problem);
  const { plan: corrected_plan, leftOut = [] } = correctPlan(plan) ?? {};
  return { problems, corrected_plan, ...(leftOut.length > 0 ? { left_out: leftOut } : {}) };
}

/** What the warehouse refused, with what stands there; a missing permission with what would give it. */
export async function warehouseRefusal(plan: Json, errors: readonly PlanError[], call: ToolCall): Promise<PlanRefusal> {
  const problems = errors.map(({ path, message }): Problem => {
    const words = message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
    return { path, message: words, found: path === "" ? undefined : show(valueAt(plan, path)) };
  });
  const denied = problems.filter(({ message }) => /^you (are denied|have no permission)/.test(message));
  const refused = new Set(denied.map(({ path }) => valueAt(plan, path) as string));
  if (refused.size === 0) return { problems };
  const permissions = await call.service.queries.permissions(call.run);
  const denials = await Promise.all([...refused].map((action) => explainDenial(action, permissions, call)));
  const corrected_plan = denied.length === problems.length ? withoutActions(plan, refused) : undefined;
  return { problems, denials, corrected_plan, ...(corrected_plan ? { left_out: denied.map(({ path }) => path) } : {}) };
}

/** The error a refused plan is answered with. */
export function refusedPlan({ problems, ...details }: PlanRefusal): ToolError {
  const isDenied = details.denials !== undefined && problems.length === details.denials.length;
  const { corrected_plan, left_out } = details;
  const next = corrected_plan
    ? left_out
      ? `corrected_plan does without ${left_out.join(", ")}, so it asks something else; send it only if that is what you want to know, and say what is missing.`
      : "Look at corrected_plan; send it with run-plan if it says what you want to know."
    : isDenied
      ? "Tell your person what is missing and who can grant it; do not try other spellings."
      : "Mend every problem at its path and send the plan again; the resource warehouse://plan-grammar has the whole grammar.";
  return new ToolError(
    isDenied ? "denied" : "invalid_plan",
    `The plan was refused: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}.`,
    { problems, ...details, next },
  );
}

/** What is left when actions are left out; undefined when nothing is. */
function withoutActions(plan: Json, refused: ReadonlySet<unknown>): Json | undefined {
  const actions = (plan.actions as unknown[]).filter((action) => !refused.has(action));
  const relate = Array.isArray(plan.relate) ? plan.relate : [];
  if (actions.length === 0 || relate.some((relation) => isObject(relation) && refused.has(relation.action)))
    return undefined;
  return { ...plan, actions };
}

/** The value at `filters[0].op`. */
function valueAt(plan: unknown, path: string): unknown {
  let place = plan;
  for (const [, index, key] of path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)) {
    if (typeof place !== "object" || place === null) return undefined;
    place = (place as Record<string, unknown>)[(index ?? key) as string];
  }
  return place;
}
