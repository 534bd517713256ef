import { unsupportedFeature } from "../errors";
import { sessionParameter } from "../parameters/effective";
import { constantText } from "../translate/bound";
import { varchar } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

const LEVELS: ReadonlySet<string> = new Set(["TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL"]);

/** There is no event table here: what would be kept in one is refused, what is not kept is nothing. */
function unkept(call: Call, parameter: "LOG_LEVEL" | "TRACE_LEVEL") {
  const { context } = call.binder;
  const { value } = sessionParameter(context.catalogue, context.session, parameter);
  if (String(value).toUpperCase() !== "OFF")
    throw unsupportedFeature(`${call.name} with ${parameter} = ${String(value)}`);
  // Arguments are read all the same, so that what is wrong with them shows.
  const given = call.args.map(({ sql }) => `(${sql}) IS NULL`).join(" AND ");
  return call.result(`CASE WHEN ${given} THEN NULL::VARCHAR END`, varchar(), true);
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions/system_log */
const log = scalar(
  2,
  2,
  (call) => {
    const level = constantText(call.arg(0));
    if (level !== undefined && !LEVELS.has(level.toUpperCase()))
      throw call.error("001015", "22023", `Invalid level '${level}' for function '${call.name}'`);
    return unkept(call, "LOG_LEVEL");
  },
  { volatile: true },
);

const logAt: FunctionEntry = scalar(1, 1, (call) => unkept(call, "LOG_LEVEL"), { volatile: true });

export const telemetryFunctions: FunctionTable = {
  SYSTEM$LOG: log,
  SYSTEM$LOG_TRACE: logAt,
  SYSTEM$LOG_DEBUG: logAt,
  SYSTEM$LOG_INFO: logAt,
  SYSTEM$LOG_WARN: logAt,
  SYSTEM$LOG_ERROR: logAt,
  SYSTEM$LOG_FATAL: logAt,
  SYSTEM$SET_SPAN_ATTRIBUTES: scalar(1, 1, (call) => unkept(call, "TRACE_LEVEL"), { volatile: true }),
  SYSTEM$ADD_EVENT: scalar(1, 2, (call) => unkept(call, "TRACE_LEVEL"), { volatile: true }),
};
