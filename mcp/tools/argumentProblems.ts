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
    if ((issue.code === "too_big" || issue.code === "too_small") && typeof found === "number")
      return [
        {
          ...place,
          message: `must be ${issue.code === "too_big" ? `at most ${issue.maximum}` : `at least ${issue.minimum}`}`,
        },
      ];
    return [{ ...place, message: issue.message }];
  });
}

/** Words for arguments that models reach for, with what they mean in the tools that take it. */
const MEANT_NAMES: Readonly<Record<string, readonly string[]>> = {
  id: ["event_id"],
  event: ["event_id", "action"],
  name: ["action"],
  eventname: ["action", "actions"],
  eventtype: ["action", "actions"],
  to: ["other_action"],
  target: ["other_action"],
  related: ["other_action"],
  relatedaction: ["other_action"],
  secondaction: ["other_action"],
  targetaction: ["other_action"],
  actions: ["action"],
  firstaction: ["action"],
  from: ["action"],
  relation: ["relationship"],
  actor: ["actor_id"],
  user: ["actor_id"],
  userid: ["actor_id"],
  person: ["actor_id"],
  object: ["object_id"],
  count: ["limit"],
  top: ["limit"],
  timerange: ["window"],
  period: ["window"],
};

function meantBy(key: string, names: readonly string[]): string {
  if (names.includes("plan") && (PARTS as readonly string[]).includes(key))
    return `; it belongs inside plan, as in {"plan": {"${key}": …}}`;
  const word = key.toLowerCase().replace(/[^a-z]/g, "");
  const known = Object.hasOwn(MEANT_NAMES, word) ? MEANT_NAMES[word]?.find((name) => names.includes(name)) : undefined;
  const meant = known ?? nearest(key, names);
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
