import { lacksOffset, parseInstant } from "../../client/instant";
import { finding, isObject, unknownKeys } from "./findings";
import { WINDOWS } from "./grammar";
import type { Finding } from "./problem";

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
        fix: { value: meant(window) },
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

/** A time that lacks nothing but the offset, or a date: read in UTC. */
export function completed(text: unknown): Finding["fix"] {
  if (typeof text !== "string") return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : lacksOffset(text) ? `${text}Z` : undefined;
  return time !== undefined && parseInstant(time) !== undefined ? { value: time } : undefined;
}

/** The named window that reaches as far as the words do. */
function meant(words: string): (typeof WINDOWS)[number] {
  const [, count = "1", unit = ""] =
    /(\d{1,4})?[ _-]*(h|d|w|m|q|y)/i.exec(words.replace(/last|past|this|previous/gi, "")) ?? [];
  const days = Number(count) * ({ h: 1 / 24, d: 1, w: 7, m: 30, q: 90, y: 365 }[unit.toLowerCase()] ?? 7);
  if (days <= 1) return "last_24h";
  return days <= 7 ? "last_7d" : days <= 30 ? "last_30d" : "last_90d";
}
