import { checkPlan } from "./checkPlan";
import { isObject, type Json } from "./findings";
import { renamed } from "./meantNames";
import { type Finding, pathText } from "./problem";

type Place = readonly (string | number)[];

/** A plan that is right and asks the same, but for what is told. */
export interface Correction {
  plan: Json;
  /** Places of the wrong plan that this one does without. */
  leftOut: string[];
}

/**
 * A plan without what is wrong with this one: words replaced by the ones that were meant. What decides which events are counted, and
 * what is computed of them, is never left out: that would be the right answer to another question. Only ever shown, never run instead.
 * @returns undefined when there is none
 */
export function correctPlan(plan: unknown): Correction | undefined {
  let corrected = isObject(plan) ? renamed(structuredClone(plan)) : undefined;
  const leftOut: string[] = [];
  // A mended name can make another one right or wrong.
  for (let round = 0; corrected !== undefined && round < 4; round++) {
    const findings = checkPlan(corrected);
    if (findings.length === 0) return { plan: corrected, leftOut };
    corrected = applied(corrected, findings, leftOut);
  }
  return undefined;
}

function applied(plan: Json, all: Finding[], leftOut: string[]): Json | undefined {
  const removals: Place[] = [];
  const findings = settled(all);
  const mended = findings.filter(({ fix }) => isObject(fix));
  for (const { at, fix } of findings) {
    if (isObject(fix)) continue;
    // What stands in a place that is replaced as a whole is mended with it.
    if (mended.some((other) => other.at.length < at.length && other.at.every((key, depth) => key === at[depth])))
      continue;
    const place = placeToRemove(plan, at, fix);
    if (place === undefined) return undefined;
    if (!isNothing(plan, place)) leftOut.push(pathText(place));
    removals.push(place);
  }
  for (const { at, fix } of mended) put(plan, at, (fix as { value: unknown }).value);
  // From the end, so that places stay where they are.
  for (const at of [...removals].sort((a, b) => Number(b[1] ?? 0) - Number(a[1] ?? 0))) remove(plan, at);
  return plan;
}

/** Without what depends on names that are not right yet: relations name columns, and columns what is sorted by. */
function settled(findings: Finding[]): Finding[] {
  const has = (...parts: unknown[]) => findings.some(({ at: [part] }) => parts.includes(part));
  const later = has("relate") ? ["group_by", "measures", "order_by"] : has("group_by", "measures") ? ["order_by"] : [];
  return findings.filter(({ at: [part] }) => !later.includes(part as string));
}

/** Parts without which the answer has the same rows, or more of them in another order. */
const DISPENSABLE = new Set<unknown>(["limit", "order_by"]);
/** Parts that say which events are asked about and what for. */
const ESSENTIAL = new Set<unknown>(["actions", "window", "filters", "group_by", "measures", "relate"]);

/** What may be taken away of a wrong plan; undefined when that would ask something else. */
function placeToRemove(plan: Json, at: Place, fix: Finding["fix"]): Place | undefined {
  const [part] = at;
  if (part === undefined) return undefined;
  if (DISPENSABLE.has(part)) return fix === "remove" ? at : at.slice(0, 2);
  if (!ESSENTIAL.has(part)) return at;
  if (fix !== "remove") return undefined;
  const isName = at.length === 3 && at[2] === "as";
  const isFlag = at.length === 3 && part === "filters" && at[2] === "value";
  return isName || isFlag || isNothing(plan, at) ? at : undefined;
}

/** Whether a place says nothing that is not said without it: an empty part, or an item that stands twice. */
function isNothing(plan: Json, at: Place): boolean {
  const [part, index] = at;
  if (at.length !== 2 || typeof index !== "number") return false;
  const list = plan[part as string] as unknown[];
  const same = JSON.stringify(list[index]);
  return list.some((item, other) => other < index && JSON.stringify(item) === same);
}

function parentOf(plan: Json, at: Place): Record<string | number, unknown> | unknown[] | undefined {
  let place: unknown = plan;
  for (const key of at.slice(0, -1)) place = isObject(place) || Array.isArray(place) ? (place as Json)[key] : undefined;
  return isObject(place) || Array.isArray(place) ? (place as Json) : undefined;
}

function put(plan: Json, at: Place, value: unknown): void {
  const parent = parentOf(plan, at) as Json | undefined;
  if (parent)
    Object.defineProperty(parent, at.at(-1) as string, { value, writable: true, enumerable: true, configurable: true });
}

function remove(plan: Json, at: Place): void {
  const parent = parentOf(plan, at);
  const key = at.at(-1) as string | number;
  if (Array.isArray(parent)) parent.splice(key as number, 1);
  else if (parent) delete parent[key];
}
