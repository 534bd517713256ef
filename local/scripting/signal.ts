import type { Position } from "../errors";
import type { StatementResult } from "../execution/result";
import type { Value } from "../execution/value";

/** How a statement of a script ended, other than by going on to the next one. */
export type Signal =
  | { type: "return"; value?: Value; at?: Position; table?: StatementResult }
  | { type: "break"; label?: string }
  | { type: "continue"; label?: string };

/** What a loop makes of a signal from its body: go on, stop, or hand it outwards. */
export function loopOutcome(signal: Signal | undefined, label: string | undefined): "next" | "stop" | "outwards" {
  if (!signal) return "next";
  if (signal.type === "return") return "outwards";
  if (signal.label !== undefined && signal.label !== label) return "outwards";
  return signal.type === "continue" ? "next" : "stop";
}
