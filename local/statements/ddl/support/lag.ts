import { durationSeconds } from "../../../../dialect/index";
import type { DynamicTableDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
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

/** TARGET_LAG, which Snowpark writes with its older name LAG. */
const lagOf = (properties: Properties): string | undefined => properties.text("TARGET_LAG") ?? properties.text("LAG");

type Scheduling = Pick<DynamicTableDoc, "targetLag" | "scheduler">;

export const missingOption = (property: string) =>
  compilationError("002719", "22023", `Missing option(s): [${property}] for dynamic table.`);

/**
 * TARGET_LAG and SCHEDULER belong together: what is not scheduled has no lag, what is scheduled must have one. `before` is what holds where a
 * property is not given. Errors 001420 and 002719.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table
 */
export function schedulingOf(properties: Properties, before?: Scheduling): Scheduling {
  const lag = lagOf(properties);
  const word = properties.word("SCHEDULER", ["ENABLE", "DISABLE", "ENABLED", "DISABLED"]);
  const given = word === undefined ? undefined : word.startsWith("DISABLE") ? "DISABLE" : "ENABLE";
  const scheduler = given ?? before?.scheduler;
  if (scheduler === "DISABLE") {
    if (lag === undefined) return { scheduler, targetLag: null };
    throw compilationError(
      "001420",
      "22023",
      "invalid property 'TARGET_LAG' for 'DYNAMIC_TABLE': a dynamic table with SCHEDULER = DISABLE has no target lag. Set SCHEDULER = ENABLE too, or leave TARGET_LAG out.",
    );
  }
  const targetLag = lag === undefined ? before?.targetLag : parseTargetLag(lag);
  if (targetLag === undefined || targetLag === null) throw missingOption("TARGET_LAG");
  return { scheduler, targetLag };
}
