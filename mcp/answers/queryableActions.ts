import { standing } from "../permissions";
import { MOST } from "../plan/grammar";
import { show } from "../plan/problem";
import { ToolError } from "../toolError";
import type { ToolCall } from "../tools/tool";
import { explainDenial } from "./explainDenial";

/** Plans a question about all actions may be split into: five of twenty actions. */
const MOST_PLANS = 5;

/**
 * The actions to look through, in plans of twenty: those that were named, else all the person may query, the lately active first.
 * @param since ISO time; actions not seen since then are left out
 * @throws ToolError when a named one is denied, or when there is none
 */
export async function queryableActions(
  named: readonly string[] | undefined,
  since: string,
  call: ToolCall,
): Promise<{ plans: string[][]; leftOut: number }> {
  const { queries } = call.service;
  const permissions = await queries.permissions(call.run);
  if (named !== undefined) {
    const refused = named.filter((action) => !standing(action, permissions).allowed);
    if (refused.length === 0) return { plans: chunks([...new Set(named)]), leftOut: 0 };
    const denials = await Promise.all(refused.map((action) => explainDenial(action, permissions, call)));
    throw new ToolError("denied", `You may not query ${refused.map(show).join(", ")}.`, {
      denials,
      next: "Tell your person what is missing and who can grant it; do not try other spellings.",
    });
  }
  const catalog = await queries.actionCatalog(call.run);
  const queryable = catalog
    .filter(
      ({ action, last_seen_at }) => String(last_seen_at) >= since && standing(String(action), permissions).allowed,
    )
    .sort((a, b) => (String(a.last_seen_at) < String(b.last_seen_at) ? 1 : -1))
    .map(({ action }) => String(action));
  const plans = chunks(queryable.slice(0, MOST_PLANS * MOST.actions));
  return { plans, leftOut: Math.max(0, queryable.length - MOST_PLANS * MOST.actions) };
}

const chunks = (actions: string[]): string[][] =>
  Array.from({ length: Math.ceil(actions.length / MOST.actions) }, (_, at) =>
    actions.slice(at * MOST.actions, (at + 1) * MOST.actions),
  );
