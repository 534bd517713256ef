import type { z } from "zod";
import { PARTS } from "../plan/grammar";
import { nearest } from "../plan/nearest";
import { type Problem, pathText, show } from "../plan/problem";

/**
 * What zod found wrong with arguments, with what stands there and what may.
 * @param names of the tool's arguments
 */
export function argumentProblems(error: z.ZodError, args: unknown, names: readonly string[] = []): Problem[] {
  return error.issues.slice(0, 20).flatMap((issue): Problem[] => {
    const at = issue.path as (string | number)[];
    const found = valueAt(args, at);
    const place = { path: pathText(at), found: show(found) };
    if (issue.code === "unrecognized_keys")
      return issue.keys.slice(0, 20).map((key) => ({
        path: pathText([...at, key]),
        message: `is not known here${at.length === 0 ? meantBy(key, names) : ""}`,
        found: show((found as Record<string, unknown>)[key]),
        ...(at.length === 0 && names.length > 0 ? { allowed: names } : {}),
      }));
    if (issue.code === "invalid_value") {
      const allowed = issue.values.map(String);
      const meant = typeof found === "string" ? nearest(found, allowed) : undefined;
      return [
        { ...place, message: `must be one of the allowed values${meant ? `; did you mean ${meant}?` : ""}`, allowed },
      ];
    }
    if (found === undefined) return [{ ...place, message: "is missing" }];
    return [{ ...place, message: issue.message }];
  });
}

function meantBy(key: string, names: readonly string[]): string {
  if (names.includes("plan") && (PARTS as readonly string[]).includes(key))
    return `; it belongs inside plan, as in {"plan": {"${key}": …}}`;
  const meant = nearest(key, names);
  return meant ? `; did you mean ${meant}?` : "";
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let place = value;
  for (const key of path) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<string | number, unknown>)[key];
  }
  return place;
}
