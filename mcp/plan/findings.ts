import { MOST } from "./grammar";
import { type Finding, pathText, show } from "./problem";

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as text; that of an object is empty, since it may say by itself what its text is, and that it has none. */
export const wordOf = (value: unknown): string => (typeof value === "object" && value !== null ? "" : String(value));

/** Builds a finding; the path is spelled from the place. */
export function finding(
  at: readonly (string | number)[],
  message: string,
  more: { found?: unknown; allowed?: readonly string[]; fix?: Finding["fix"] } = {},
): Finding {
  return { at, path: pathText(at), message, ...more, found: "found" in more ? show(more.found) : undefined };
}

/** Whether a part is left out or a list of at most so many; else why not. */
export function checkList(plan: Json, part: "filters" | "group_by" | "measures" | "order_by" | "relate"): Finding[] {
  const value = plan[part];
  if (value === undefined || value === null) return [];
  const most = MOST[part];
  if (!Array.isArray(value)) {
    const fix = typeof value === "string" || isObject(value) ? { value: [value] } : ("remove" as const);
    return [finding([part], `must be a list of at most ${most}`, { found: value, fix })];
  }
  if (value.length <= most) return [];
  // Of what would be left out nobody knows how much it matters.
  return [finding([part], `must be a list of at most ${most}, found ${value.length}`)];
}

export const listOf = (plan: Json, part: string): unknown[] => (Array.isArray(plan[part]) ? plan[part] : []);

/** Keys an object may not have. */
export function unknownKeys(item: Json, at: readonly (string | number)[], allowed: readonly string[]): Finding[] {
  return Object.keys(item)
    .filter((key) => !allowed.includes(key))
    .map((key) => finding([...at, key], "is not known here", { found: item[key], allowed, fix: "remove" }));
}
