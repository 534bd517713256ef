import { randomUUID } from "node:crypto";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { TaskDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { runInternal } from "../execution/internal";
import { fullName } from "../names/resolve";
import { objectParameter } from "../parameters/effective";
import type { Services } from "../services";
import type { Store } from "../store/store";
import { lastRunOf, lastSuccessOf } from "./history";
import { type GraphFacts, runTask, type ScheduledFrom, type TaskRun, type TaskState } from "./run";
import { type TaskRuntime, taskUuid } from "./runtime";

export interface GraphStart {
  scheduledFrom: ScheduledFrom;
  /** Milliseconds. */
  scheduledTime: number;
  /** JSON that is laid over the root's own configuration. */
  config?: string;
  /** The graph run whose failed tasks are run again. */
  retry?: { groupId: string; attempt: number; done: ReadonlyMap<number, TaskRun> };
}

/** Tasks below a root, the root itself not among them. */
export function descendants(catalogue: CatalogueSnapshot, root: TaskDoc): TaskDoc[] {
  const found = new Map<number, TaskDoc>();
  const queue = [root.id];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const task of catalogue.all("TASK")) {
      if (!task.predecessors.includes(at) || found.has(task.id)) continue;
      found.set(task.id, task);
      queue.push(task.id);
    }
  }
  return [...found.values()];
}

const isGood = (state: TaskState): boolean => state === "SUCCEEDED";
const isBad = (state: TaskState): boolean => state.startsWith("FAILED") || state === "CANCELLED";

/**
 * Runs a task and what hangs on it, as it is defined now: a task starts when its predecessors have succeeded, a suspended one
 * counts as done, the finalizer comes last whatever happened.
 * Source: https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
export async function runGraph(services: Services, rootId: number, start: GraphStart): Promise<void> {
  const { catalogue } = services.store;
  const root = catalogue.get("TASK", rootId);
  if (!root || root.droppedOn !== undefined) return;
  const children = descendants(catalogue, root);
  const finalizer = catalogue.all("TASK").find((task) => task.finalizes === root.id && task.state === "started");
  const facts = await graphFacts(services, root, [...children, ...(finalizer ? [finalizer] : [])], start);
  const underWay = graphsUnderWay(services.store);
  underWay.add(facts.groupId);
  try {
    await runAttempts(services, { root, children, finalizer }, facts, start);
  } finally {
    underWay.delete(facts.groupId);
  }
}

const running = new WeakMap<Store, Set<string>>();

/** The groups whose graphs run now. */
export function graphsUnderWay(store: Store): Set<string> {
  const known = running.get(store) ?? new Set();
  running.set(store, known);
  return known;
}

interface Graph {
  root: TaskDoc;
  children: readonly TaskDoc[];
  finalizer: TaskDoc | undefined;
}

/** The first attempt and those that follow it, then the finalizer. */
async function runAttempts(
  services: Services,
  { root, children, finalizer }: Graph,
  facts: GraphFacts,
  start: GraphStart,
): Promise<void> {
  const { catalogue } = services.store;
  const rootId = root.id;
  const lastSuccess = await lastSuccessOf(services.store, rootId);
  const base: Omit<TaskRuntime, "taskName" | "predecessorValues"> = {
    rootName: fullName(catalogue, root),
    rootUuid: taskUuid(root.id),
    groupId: facts.groupId,
    scheduledTime: facts.runId,
    config: facts.config ?? undefined,
    ...(lastSuccess ? { lastSuccess: { groupId: lastSuccess.groupId, scheduledTime: lastSuccess.runId } } : {}),
  };
  const retries = Number(objectParameter(catalogue, root, "TASK_AUTO_RETRY_ATTEMPTS").value);
  const limit = Number(objectParameter(catalogue, root, "SUSPEND_TASK_AFTER_NUM_FAILURES").value);
  const isCounted = start.scheduledFrom === "SCHEDULE" || start.scheduledFrom === "TRIGGER";
  const suspends = isCounted && limit > 0 && (root.failures ?? 0) + 1 >= limit;
  let done = new Map(start.retry?.done);
  for (let left = retries; ; left--) {
    const failedState: TaskState = suspends && left === 0 ? "FAILED_AND_AUTO_SUSPENDED" : "FAILED";
    done = await runOnce(services, root, children, { ...facts }, base, start, failedState, done);
    if (done.get(root.id)?.state === "SKIPPED") return;
    if (left <= 0 || ![...done.values()].some(({ state }) => isBad(state))) break;
    facts.attempt++;
    facts.scheduledFrom = "AUTOMATIC RETRY";
    done = new Map([...done].filter(([, run]) => isGood(run.state)));
  }
  if (finalizer) {
    const scheduledTime = toMillis(services.clock.nowMicros());
    await runTask(
      services,
      finalizer,
      facts,
      { ...base, predecessorValues: new Map() },
      { scheduledTime, failedState: "FAILED" },
    );
  }
  if (isCounted)
    await countOutcome(
      services,
      root.id,
      [...done.values()].some(({ state }) => isBad(state)),
      suspends,
    );
}

/** One attempt; `done` holds what need not run again. Gives the runs by task. */
async function runOnce(
  services: Services,
  root: TaskDoc,
  children: readonly TaskDoc[],
  facts: GraphFacts,
  base: Omit<TaskRuntime, "taskName" | "predecessorValues">,
  start: GraphStart,
  failedState: TaskState,
  done: ReadonlyMap<number, TaskRun>,
): Promise<Map<number, TaskRun>> {
  const runs = new Map(done);
  const byId = new Map([root, ...children].map((task) => [task.id, task]));
  const now = () => toMillis(services.clock.nowMicros());
  const started = new Map<number, Promise<"GOOD" | "PASSED" | "STOP">>();
  const outcome = (id: number): Promise<"GOOD" | "PASSED" | "STOP"> => {
    let known = started.get(id);
    if (!known) {
      known = decide(byId.get(id) as TaskDoc);
      started.set(id, known);
    }
    return known;
  };
  const run = async (task: TaskDoc, scheduledTime: number): Promise<"GOOD" | "STOP"> => {
    const values = task.predecessors.flatMap((id): [string, string][] => {
      const value = runs.get(id)?.returnValue;
      return value === null || value === undefined ? [] : [[byId.get(id)?.name ?? "", value]];
    });
    const result = await runTask(
      services,
      task,
      facts,
      { ...base, predecessorValues: new Map(values) },
      { scheduledTime, failedState, unrecorded: task === root && start.scheduledFrom === "TRIGGER" },
    );
    runs.set(task.id, result);
    return isGood(result.state) ? "GOOD" : "STOP";
  };
  const decide = async (task: TaskDoc): Promise<"GOOD" | "PASSED" | "STOP"> => {
    if (runs.has(task.id)) return "GOOD";
    if (task === root) return run(root, facts.attempt === 1 ? start.scheduledTime : now());
    const before = await Promise.all(task.predecessors.filter((id) => byId.has(id)).map(outcome));
    if (before.includes("STOP")) return "STOP";
    if (task.state !== "started") return "PASSED";
    // Of several predecessors one at least must have run.
    if (before.length > 1 && !before.includes("GOOD")) return "STOP";
    return run(task, now());
  };
  await Promise.all([...byId.keys()].map(outcome));
  return runs;
}

async function graphFacts(
  services: Services,
  root: TaskDoc,
  others: readonly TaskDoc[],
  start: GraphStart,
): Promise<GraphFacts> {
  const graphText = JSON.stringify(
    [root, ...others].map(({ id, definition, condition, predecessors, schedule, config, parameters, warehouseId }) => [
      id,
      definition,
      condition,
      predecessors,
      schedule,
      config,
      parameters,
      warehouseId,
    ]),
  );
  const last = await lastRunOf(services.store, root.id);
  const config = mergedConfig(root.config, start.config);
  return {
    rootId: root.id,
    graphVersion: last === undefined ? 1 : last.graphText === graphText ? last.graphVersion : last.graphVersion + 1,
    graphText,
    runId: Math.trunc(start.scheduledTime),
    scheduledFrom: start.scheduledFrom,
    attempt: (start.retry?.attempt ?? 0) + 1,
    config: config ?? null,
    groupId: start.retry?.groupId ?? randomUUID(),
  };
}

/** The given configuration over the task's own, field by field. */
export function mergedConfig(own: string | undefined, given: string | undefined): string | undefined {
  if (given === undefined || own === undefined) return given ?? own;
  return JSON.stringify(merge(JSON.parse(own), JSON.parse(given)));
}

function merge(own: unknown, given: unknown): unknown {
  const isRecord = (x: unknown): x is Record<string, unknown> =>
    typeof x === "object" && x !== null && !Array.isArray(x);
  if (!isRecord(own) || !isRecord(given)) return given;
  const keys = new Set([...Object.keys(own), ...Object.keys(given)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, key in given ? (key in own ? merge(own[key], given[key]) : given[key]) : own[key]]),
  );
}

/** Counts failures in a row; the last one that is allowed suspends the root. */
async function countOutcome(services: Services, rootId: number, failed: boolean, suspends: boolean): Promise<void> {
  await runInternal(services, { ownerId: null }, (context) =>
    context.write(async (unit) => {
      const root = unit.catalogue.snapshot.get("TASK", rootId);
      if (!root || root.droppedOn !== undefined || (!failed && !root.failures)) return;
      const suspension = {
        state: "suspended" as const,
        lastSuspendedOn: toMillis(context.now),
        lastSuspendedReason: "SUSPENDED_DUE_TO_ERRORS",
      };
      unit.catalogue.update<TaskDoc>(root, {
        failures: failed && !suspends ? (root.failures ?? 0) + 1 : undefined,
        ...(failed && suspends ? suspension : {}),
      });
    }),
  );
}
