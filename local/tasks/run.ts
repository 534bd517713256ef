import { parseExpression } from "../../dialect/index";
import type { TaskDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { runInternal } from "../execution/internal";
import { asSnowflakeError } from "../execution/runStatement";
import { fullName } from "../names/resolve";
import { PARAMETERS } from "../parameters/definitions";
import { objectParameter } from "../parameters/effective";
import { beginRun, type Run } from "../schedules/runHistory";
import type { Services } from "../services";
import { evaluate } from "../translate/index";
import { setTaskRuntime, type TaskRuntime } from "./runtime";

export type TaskState = "EXECUTING" | "SUCCEEDED" | "FAILED" | "FAILED_AND_AUTO_SUSPENDED" | "CANCELLED" | "SKIPPED";

export type ScheduledFrom = "SCHEDULE" | "EXECUTE_TASK" | "MANUAL RETRY" | "AUTOMATIC RETRY" | "TRIGGER";

/** One run as TASK_HISTORY shows it. Times in milliseconds. */
export interface TaskRun extends Run {
  state: TaskState;
  name: string;
  queryId: string | null;
  queryText: string;
  conditionText: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  queryStartTime: number | null;
  rootId: number;
  graphVersion: number;
  /** What the graph consisted of, to tell versions apart. */
  graphText: string;
  /** When the root was scheduled. */
  runId: number;
  returnValue: string | null;
  scheduledFrom: ScheduledFrom;
  attempt: number;
  config: string | null;
  groupId: string;
}

/** What all tasks of a run of a graph share. */
export type GraphFacts = Pick<
  TaskRun,
  "rootId" | "graphVersion" | "graphText" | "runId" | "scheduledFrom" | "attempt" | "config" | "groupId"
>;

/**
 * Runs one task with the rights of its owner. Never rejects; `failedState` is what a failure is called in the history.
 * `unrecorded`: a condition that does not hold leaves no trace (triggered tasks).
 */
export async function runTask(
  services: Services,
  doc: TaskDoc,
  facts: GraphFacts,
  runtime: Omit<TaskRuntime, "taskName">,
  options: { scheduledTime: number; failedState: TaskState; unrecorded?: boolean },
): Promise<TaskRun> {
  const { clock, store } = services;
  const now = () => toMillis(clock.nowMicros());
  const begun: TaskRun = {
    ...facts,
    objectId: doc.id,
    name: doc.name,
    state: "EXECUTING",
    queryId: null,
    queryText: doc.definition,
    conditionText: doc.condition ?? null,
    errorCode: null,
    errorMessage: null,
    scheduledTime: options.scheduledTime,
    queryStartTime: null,
    completedTime: null,
    returnValue: null,
  };
  const own: TaskRuntime = { ...runtime, taskName: fullName(store.catalogue, doc) };
  const outcome: Partial<TaskRun> = {};
  if (options.unrecorded && !(await holds(services, doc, own, outcome)))
    return { ...begun, ...outcome, state: "SKIPPED" };
  const finish = beginRun<TaskRun>(store, "TASK_RUN", begun);
  const isDue = options.unrecorded ? outcome.errorCode === undefined : await holds(services, doc, own, outcome);
  if (outcome.errorCode !== undefined) outcome.state = options.failedState;
  else if (!isDue) outcome.state = "SKIPPED";
  else {
    outcome.queryStartTime = now();
    await attempt(services, doc, own, outcome, async (context) => {
      try {
        await context.executeText(doc.definition);
      } finally {
        outcome.queryId = context.session.queryIds.at(-1) ?? null;
      }
    });
    outcome.state = outcome.errorCode === undefined ? "SUCCEEDED" : options.failedState;
    outcome.returnValue = own.returnValue ?? null;
  }
  return finish({ ...outcome, completedTime: now() });
}

/** WHEN: true without one. An error is left in `outcome`. */
async function holds(
  services: Services,
  doc: TaskDoc,
  runtime: TaskRuntime,
  outcome: Partial<TaskRun>,
): Promise<boolean> {
  const { condition } = doc;
  if (condition === undefined) return true;
  const found = await attempt(services, doc, runtime, outcome, async (context) => {
    const { value } = await evaluate(context.nested({ ownQueryId: false }), parseExpression(condition));
    return value === true || value === "true";
  });
  return found === true || outcome.errorCode !== undefined;
}

const timedOut = (milliseconds: number) =>
  new SnowflakeError(
    "000630",
    "57014",
    `Statement reached its statement or warehouse timeout of ${milliseconds / 1000} second(s) and was canceled.`,
  );

/** Work in the name of the task; a failure is noted in `outcome`. */
async function attempt<T>(
  services: Services,
  doc: TaskDoc,
  runtime: TaskRuntime,
  outcome: Partial<TaskRun>,
  work: (context: ExecutionContext) => Promise<T>,
): Promise<T | undefined> {
  const { catalogue } = services.store;
  const schema = catalogue.get("SCHEMA", doc.parentId);
  const limit = Number(objectParameter(catalogue, doc, "USER_TASK_TIMEOUT_MS").value);
  try {
    return await runInternal(
      services,
      {
        ownerId: doc.ownerId,
        warehouseId: doc.warehouseId ?? null,
        serverless: doc.warehouseId === undefined,
        text: doc.condition ?? doc.definition,
        frame: "session",
        ...(schema ? { namespace: { databaseId: schema.parentId, schemaId: schema.id } } : {}),
      },
      async (context) => {
        for (const [name, value] of Object.entries(doc.parameters ?? {})) {
          if (PARAMETERS.get(name)?.levels.includes("SESSION")) context.session.parameters.set(name, value);
        }
        setTaskRuntime(context.session, runtime);
        const cancel = () => services.running.cancel(context.rootQueryId, timedOut(limit));
        const timer = limit > 0 ? services.clock.setTimer(limit, cancel) : undefined;
        try {
          return await work(context);
        } finally {
          timer?.cancel();
        }
      },
    );
  } catch (error) {
    const { code, message } = error instanceof SnowflakeError ? error : asSnowflakeError(error);
    Object.assign(outcome, { errorCode: code, errorMessage: message });
    return undefined;
  }
}
