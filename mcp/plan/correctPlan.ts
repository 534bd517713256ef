import { checkPlan, renameParts } from "./checkPlan";
import { isObject, type Json } from "./findings";
import type { Finding } from "./problem";

/**
 * A plan without what is wrong with this one, as near to it as can be: words replaced by the nearest allowed ones, what nothing
 * is near to left out. Only ever shown, never run instead.
 * @returns undefined when there is none
 */
export function correctPlan(plan: unknown): Json | undefined {
  let corrected = isObject(plan) ? renameParts(structuredClone(plan)) : undefined;
  // A mended name can make another one right or wrong.
  for (let round = 0; corrected !== undefined && round < 4; round++) {
    const findings = checkPlan(corrected);
    if (findings.length === 0) return corrected;
    corrected = applied(corrected, findings);
  }
  return undefined;
}

function applied(plan: Json, findings: Finding[]): Json | undefined {
  const removals: (readonly (string | number)[])[] = [];
  for (const { at, fix } of findings) {
    if (fix === undefined) {
      // What cannot be mended is left out, save the plan and its actions as a whole.
      if (at[0] === undefined || (at[0] === "actions" && at.length === 1)) return undefined;
      removals.push(at.length > 2 ? at.slice(0, 2) : at.slice(0, 1));
    } else if (fix === "remove") removals.push(at);
    else put(plan, at, fix.value);
  }
  // From the end, so that places stay where they are.
  for (const at of [...removals].sort((a, b) => Number(b[1] ?? 0) - Number(a[1] ?? 0))) remove(plan, at);
  return plan;
}

function parentOf(
  plan: Json,
  at: readonly (string | number)[],
): Record<string | number, unknown> | unknown[] | undefined {
  let place: unknown = plan;
  for (const key of at.slice(0, -1)) place = isObject(place) || Array.isArray(place) ? (place as Json)[key] : undefined;
  return isObject(place) || Array.isArray(place) ? (place as Json) : undefined;
}

function put(plan: Json, at: readonly (string | number)[], value: unknown): void {
  const parent = parentOf(plan, at) as Json | undefined;
  if (parent)
    Object.defineProperty(parent, at.at(-1) as string, { value, writable: true, enumerable: true, configurable: true });
}

function remove(plan: Json, at: readonly (string | number)[]): void {
  const parent = parentOf(plan, at);
  const key = at.at(-1) as string | number;
  if (Array.isArray(parent)) parent.splice(key as number, 1);
  else if (parent) delete parent[key];
}
