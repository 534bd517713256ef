import { SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { KEPT_MS } from "../../../schedules/runHistory";
import { timeArgument } from "../../arguments";
import type { Arguments } from "../../define";

const AHEAD_MS = 8 * 86_400_000;

export interface Span {
  from: number;
  to: number;
  /** Runs that are still to come belong to it. */
  withNext: boolean;
}

/** SCHEDULED_TIME_RANGE_START and _END: within the last seven days; without an end also what comes next. */
export function scheduledSpan(context: ExecutionContext, args: Arguments): Span {
  const now = Number(context.now / 1000n);
  const from = timeArgument(args, "SCHEDULED_TIME_RANGE_START") ?? now - KEPT_MS;
  const end = timeArgument(args, "SCHEDULED_TIME_RANGE_END");
  if (from < now - KEPT_MS - 60_000 || (end !== undefined && end < from))
    throw new SnowflakeError(
      "001008",
      "22023",
      "SQL compilation error:\nThe time range of SCHEDULED_TIME_RANGE_START and SCHEDULED_TIME_RANGE_END must lie within the last 7 days.",
    );
  const to = end ?? now + AHEAD_MS;
  return { from, to, withNext: to > now };
}
