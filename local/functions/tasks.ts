import { parseObjectName } from "../../dialect/index";
import type { TaskDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { resolveSchemaObject } from "../names/resolve";
import { requireAny } from "../privileges/index";
import { descendants } from "../tasks/graph";
import { type TaskRuntime, taskRuntime } from "../tasks/runtime";
import { constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

function runtimeOf(call: Call): TaskRuntime {
  const runtime = taskRuntime(call.binder.context.session);
  if (!runtime) throw call.error("091085", "22023", `Function ${call.name} must be called from within a task.`);
  return runtime;
}

function constant(call: Call, index: number): string {
  const text = constantText(call.arg(index));
  if (text === undefined) throw call.error("001015", "22023", `${call.name} expects a constant text`);
  return text;
}

const answer = (call: Call, text: string | undefined) =>
  call.result(text === undefined ? "NULL::VARCHAR" : quote(text), varchar(), text === undefined);

const stamp = (millis: number): string => new Date(millis).toISOString().replace("T", " ").replace("Z", "");

/** Source: https://docs.snowflake.com/en/sql-reference/functions/system_task_runtime_info */
const RUNTIME: Record<string, (runtime: TaskRuntime) => string | undefined> = {
  CURRENT_ROOT_TASK_UUID: (r) => r.rootUuid,
  CURRENT_ROOT_TASK_NAME: (r) => r.rootName,
  CURRENT_TASK_NAME: (r) => r.taskName,
  CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP: (r) => stamp(r.scheduledTime),
  LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP: (r) => r.lastSuccess && stamp(r.lastSuccess.scheduledTime),
  CURRENT_TASK_GRAPH_RUN_GROUP_ID: (r) => r.groupId,
  LAST_SUCCESSFUL_TASK_GRAPH_RUN_GROUP_ID: (r) => r.lastSuccess?.groupId,
};

/** A field of the configuration by a path `a.b`; texts bare, everything else as JSON. */
function configField(config: string, path: string): string | undefined {
  let at: unknown = JSON.parse(config);
  for (const key of path.split("."))
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return at === undefined || at === null ? undefined : typeof at === "string" ? at : JSON.stringify(at);
}

/** Changes the state of a root and all below it, with the rights of the caller, before the statement reads. */
const dependents = (state: TaskDoc["state"]) => (call: Call) => {
  const { context, shared } = call.binder;
  const name = parseObjectName(constant(call, 0));
  shared.prerequisites.push(() =>
    context.write(async (unit) => {
      const root = resolveSchemaObject(context, "TASK", name, call.name);
      const now = toMillis(context.now);
      const times =
        state === "started"
          ? { resumedOn: now, lastSuspendedReason: undefined, failures: undefined }
          : { lastSuspendedOn: now, lastSuspendedReason: "USER_SUSPENDED" };
      for (const task of [...descendants(context.catalogue, root), root]) {
        requireAny(context, ["OPERATE"], task);
        if (task.state !== state) unit.catalogue.update<TaskDoc>(task, { state, ...times });
      }
    }),
  );
  return call.result("'true'", varchar(), false);
};

export const taskFunctions: FunctionTable = {
  SYSTEM$SET_RETURN_VALUE: scalar(
    1,
    1,
    (call) => {
      const runtime = runtimeOf(call);
      const value = constant(call, 0);
      call.binder.shared.prerequisites.push(async () => {
        runtime.returnValue = value;
      });
      return call.result("NULL::VARCHAR", varchar(), true);
    },
    { volatile: true },
  ),
  SYSTEM$GET_PREDECESSOR_RETURN_VALUE: scalar(
    0,
    1,
    (call) => {
      const { predecessorValues } = runtimeOf(call);
      if (!call.has(0)) return answer(call, [...predecessorValues.values()][0]);
      const name = parseObjectName(constant(call, 0));
      const wanted = name.kind === "ObjectName" ? name.parts.at(-1)?.value : undefined;
      return answer(call, predecessorValues.get(wanted ?? ""));
    },
    { volatile: true },
  ),
  SYSTEM$GET_TASK_GRAPH_CONFIG: scalar(
    0,
    1,
    (call) => {
      const { config } = runtimeOf(call);
      if (config === undefined || !call.has(0)) return answer(call, config);
      return answer(call, configField(config, constant(call, 0)));
    },
    { volatile: true },
  ),
  SYSTEM$TASK_RUNTIME_INFO: scalar(
    1,
    1,
    (call) => {
      const wanted = constant(call, 0).toUpperCase();
      const field = Object.hasOwn(RUNTIME, wanted) ? RUNTIME[wanted] : undefined;
      if (!field) throw call.error("001008", "22023", `invalid value [${wanted}] for parameter '${call.name}'`);
      return answer(call, field(runtimeOf(call)));
    },
    { volatile: true },
  ),
  SYSTEM$TASK_DEPENDENTS_ENABLE: scalar(1, 1, dependents("started"), { volatile: true }),
  SYSTEM$TASK_DEPENDENTS_DISABLE: scalar(1, 1, dependents("suspended"), { volatile: true }),
};
