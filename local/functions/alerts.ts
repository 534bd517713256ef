import { alertTimes } from "../alerts/run";
import { timestampLtz } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

/** A time of the alert that runs the statement, or Snowflake's refusal outside of one. */
const time = (which: "scheduled" | "lastSuccessful") => (call: Call) => {
  const times = alertTimes(call.binder.context.session);
  if (!times)
    throw call.error("001015", "22023", `${call.name} can be called only in the condition or action of an alert.`);
  return call.result(`make_timestamptz(${Math.trunc(times[which])} * 1000)`, timestampLtz(), false);
};

/** Source: https://docs.snowflake.com/en/sql-reference/functions/scheduled_time */
export const alertFunctions: FunctionTable = {
  "SNOWFLAKE.ALERT.SCHEDULED_TIME": scalar(0, 0, time("scheduled"), { volatile: true }),
  "SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME": scalar(0, 0, time("lastSuccessful"), { volatile: true }),
};
