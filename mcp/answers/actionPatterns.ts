import { standing } from "../permissions";
import { checkPlan } from "../plan/checkPlan";
import { correctPlan } from "../plan/correctPlan";
import { isObject, type Json } from "../plan/findings";
import { MOST } from "../plan/grammar";
import type { ToolCall } from "../tools/tool";
import type { PlanRefusal } from "./refusePlan";

/** `order.*`, `*.failed` or `*`: what permissions know and plans do not. */
const PATTERN = /^(?=.*\*)[a-z0-9_*]+(\.[a-z0-9_*]+)*$/;

/** How many matching actions a problem names. */
const NAMED = 50;

const isPattern = (action: unknown): action is string =>
  typeof action === "string" && action.length <= 200 && PATTERN.test(action);

/**
 * A plan that names actions by a pattern is refused with the actions the pattern stands for, as far as the person may query them, and
 * with a plan that names them all where they are few enough.
 */
export async function withMatchingActions(refusal: PlanRefusal, plan: unknown, call: ToolCall): Promise<PlanRefusal> {
  const asked = isObject(plan) ? [plan.actions].flat() : [];
  if (!isObject(plan) || !asked.some(isPattern)) return refusal;
  const { queries } = call.service;
  const [catalog, permissions] = await Promise.all([queries.actionCatalog(call.run), queries.permissions(call.run)]);
  const known = catalog.map(({ action }) => String(action)).filter((action) => standing(action, permissions).allowed);
  const matching = new Map(asked.filter(isPattern).map((pattern) => [pattern, known.filter(matcher(pattern))]));
  const problems = refusal.problems.map((problem) => {
    const pattern = patternAt(problem.path, asked);
    const actions = pattern === undefined ? undefined : matching.get(pattern);
    if (!actions) return problem;
    return actions.length > 0
      ? { ...problem, message: `${problem.message}; it is no pattern`, allowed: actions.slice(0, NAMED) }
      : { ...problem, message: `${problem.message}; it is no pattern, and you may query no action that matches` };
  });
  return { problems, ...correction(plan, asked, matching) };
}

function patternAt(path: string, asked: readonly unknown[]): string | undefined {
  const [, index] = /^actions(?:\[(\d+)\])?$/.exec(path) ?? [];
  const action =
    path === "actions" && asked.length === 1 ? asked[0] : index === undefined ? undefined : asked[Number(index)];
  return isPattern(action) ? action : undefined;
}

function correction(
  plan: Json,
  asked: readonly unknown[],
  matching: ReadonlyMap<string, string[]>,
): Partial<PlanRefusal> {
  const actions = [
    ...new Set(asked.flatMap((action) => (isPattern(action) ? (matching.get(action) as string[]) : [action]))),
  ];
  const isAnswered = [...matching.values()].every(({ length }) => length > 0);
  if (!isAnswered || actions.length > MOST.actions) return {};
  const expanded = { ...plan, actions };
  if (checkPlan(expanded).length === 0) return { corrected_plan: expanded };
  const { plan: corrected_plan, leftOut = [] } = correctPlan(expanded) ?? {};
  return { corrected_plan, ...(leftOut.length > 0 ? { left_out: leftOut } : {}) };
}

/** A star stands for any number of characters, dots too, as in permissions. */
function matcher(pattern: string): (action: string) => boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  return (action) => {
    if (!action.startsWith(first) || !action.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = action.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= action.length - last.length;
  };
}
