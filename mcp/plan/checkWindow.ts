import { lacksOffset, parseInstant } from "../../client/instant";
import { finding, isObject, unknownKeys } from "./findings";
import { WINDOWS } from "./grammar";
import type { Finding } from "./problem";
import { windowOfWords } from "./windowWords";

const EXAMPLE = { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" };

export function checkWindow(window: unknown): Finding[] {
  if (window === undefined || window === null) return [];
  const allowed = [...WINDOWS, JSON.stringify(EXAMPLE)];
  if (typeof window === "string") {
    if ((WINDOWS as readonly string[]).includes(window)) return [];
    return [
      finding(["window"], "must be a named window or from and to", {
        found: window,
        allowed,
        fix: fixed(windowOfWords(window)),
      }),
    ];
  }
  if (!isObject(window))
    return [finding(["window"], "must be a named window or from and to", { found: window, allowed, fix: "remove" })];
  const found = unknownKeys(window, ["window"], ["from", "to"]);
  const times = (["from", "to"] as const).map((key) => {
    const text = window[key];
    const time = typeof text === "string" ? parseInstant(text) : undefined;
    if (time === undefined)
      found.push(
        finding(["window", key], "must be an ISO 8601 time with an offset, such as 2026-03-01T00:00:00Z", {
          found: text,
          fix: completed(text),
        }),
      );
    return time;
  });
  const [from, to] = times;
  if (from !== undefined && to !== undefined && from >= to)
    found.push(
      finding(["window"], "must begin before it ends", {
        found: window,
        fix: from > to ? { value: { from: window.to, to: window.from } } : "remove",
      }),
    );
  return found;
}

/** A time that lacks nothing but the offset, or a date: read in UTC. `now` is now. */
export function completed(text: unknown): Finding["fix"] {
  if (typeof text !== "string") return undefined;
  if (/^now(\(\))?$/i.test(text.trim())) return { value: `${new Date().toISOString().slice(0, 19)}Z` };
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : lacksOffset(text) ? `${text}Z` : undefined;
  return time !== undefined && parseInstant(time) !== undefined ? { value: time } : undefined;
}

const fixed = (value: unknown): Finding["fix"] => (value === undefined ? undefined : { value });
