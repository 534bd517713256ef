import type { StatementHandlers } from "../handler";
import { block } from "./block";
import { call } from "./call";
import { callWithProcedure } from "./callWithProcedure";
import { executeAlert } from "./executeAlert";
import { executeImmediate } from "./executeImmediate";
import { executeImmediateFrom } from "./executeImmediateFrom";
import { executeTask } from "./executeTask";

/** CALL, EXECUTE IMMEDIATE, anonymous blocks, EXECUTE TASK and ALERT. */
export const proceduralHandlers: StatementHandlers = {
  Block: block,
  Call: call,
  CallWithProcedure: callWithProcedure,
  ExecuteImmediate: executeImmediate,
  ExecuteImmediateFrom: executeImmediateFrom,
  ExecuteAlert: executeAlert,
  ExecuteTask: executeTask,
};
