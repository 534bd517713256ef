import { durationSeconds } from "../../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { Properties } from "./properties";

const MIN_SECONDS = 60;

/** `'5 minutes'`, `'16 hours, 40 minutes'` as GET_DDL writes it, or DOWNSTREAM. The text is kept as written, for SHOW prints it. */
export function parseTargetLag(text: string): { seconds: number; text: string } | "DOWNSTREAM" {
  if (text.trim().toUpperCase() === "DOWNSTREAM") return "DOWNSTREAM";
  const seconds = durationSeconds(text);
  if (seconds === undefined)
    throw compilationError("001008", "22023", `invalid value '${text}' for property 'TARGET_LAG'`);
  if (seconds < MIN_SECONDS) {
    throw compilationError(
      "002722",
      "22023",
      `Invalid value specified for property 'TARGET_LAG': '${text}'. Target lag must be at least ${MIN_SECONDS} seconds.`,
    );
  }
  return { seconds, text };
}

/**
 * SCHEDULER = ENABLE says what holds without it. A table that only ALTER … REFRESH fills there is not here yet.
 * Source: https://docs.snowflake.com/en/release-notes/2026/other/2026-03-26-dynamic-table-scheduler-attribute
 */
export function requireScheduler(properties: Properties): void {
  const word = properties.word("SCHEDULER", ["ENABLE", "DISABLE", "ENABLED", "DISABLED"]);
  if (word?.startsWith("DISABLE")) throw unsupportedFeature("SCHEDULER = DISABLE of a dynamic table");
}

/** TARGET_LAG, which Snowpark writes with its older name LAG. */
export const lagOf = (properties: Properties): string | undefined =>
  properties.text("TARGET_LAG") ?? properties.text("LAG");
