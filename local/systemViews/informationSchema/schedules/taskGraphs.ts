import type { TaskDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { runsBetween } from "../../../schedules/runHistory";
import { graphsUnderWay } from "../../../tasks/graph";
import type { TaskRun } from "../../../tasks/run";
import { taskUuid } from "../../../tasks/runtime";
import { isRoot, taskDueOn } from "../../../tasks/scheduler";
import { flagArgument, numberArgument, textArgument } from "../../arguments";
import { type Arguments, count, json, moment, type SystemColumn, systemFunctionOf, text } from "../../define";
import { databaseOf, mayRead, schemaOf } from "./taskDocs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One attempt of one run of a graph, or the next one to come. Times in milliseconds. */
interface GraphRun {
  root: TaskDoc;
  state: "SCHEDULED" | "EXECUTING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  scheduledTime: number;
  queryStartTime: number | null;
  completedTime: number | null;
  firstError: TaskRun | undefined;
  facts: Pick<TaskRun, "scheduledFrom" | "graphVersion" | "runId" | "attempt" | "config" | "groupId">;
}

const nextTime = ({ root }: GraphRun, context: ExecutionContext): number | undefined =>
  root.state === "started" ? taskDueOn(context.services, root) : undefined;

const code = ({ firstError }: GraphRun): number | null =>
  firstError?.errorCode === undefined || firstError.errorCode === null ? null : Number(firstError.errorCode);

const HEAD: SystemColumn<GraphRun>[] = [
  text("ROOT_TASK_NAME", ({ root }) => root.name),
  text("DATABASE_NAME", ({ root }, context) => databaseOf(context, root)?.name),
  text("SCHEMA_NAME", ({ root }, context) => schemaOf(context, root)?.name),
  text("STATE", ({ state }) => state),
  text("SCHEDULED_FROM", ({ facts }) => facts.scheduledFrom),
  text("FIRST_ERROR_TASK_NAME", ({ firstError }) => firstError?.name),
  count("FIRST_ERROR_CODE", code),
  text("FIRST_ERROR_MESSAGE", ({ firstError }) => firstError?.errorMessage),
  moment("SCHEDULED_TIME", ({ scheduledTime }) => scheduledTime),
  moment("QUERY_START_TIME", ({ queryStartTime }) => queryStartTime),
  moment("NEXT_SCHEDULED_TIME", nextTime),
];

const TAIL: SystemColumn<GraphRun>[] = [
  text("ROOT_TASK_ID", ({ root }) => taskUuid(root.id)),
  count("GRAPH_VERSION", ({ facts }) => facts.graphVersion),
  count("RUN_ID", ({ facts }) => facts.runId),
  count("ATTEMPT_NUMBER", ({ facts }) => facts.attempt),
  text("CONFIG", ({ facts }) => facts.config),
  text("GRAPH_RUN_GROUP_ID", ({ facts }) => facts.groupId || null),
  json("BACKFILL_INFO", () => null),
];

/** Runs by graph and attempt: one whose root was skipped is none. */
async function graphRuns(context: ExecutionContext): Promise<GraphRun[]> {
  const now = Number(context.now / 1000n);
  const runs = await runsBetween<TaskRun>(context, "TASK_RUN", now - 8 * DAY, now + DAY);
  const groups = grouped(runs, ({ groupId }) => groupId);
  return [...groups.values()].flatMap((group) => {
    const root = context.catalogue.get("TASK", group[0]!.rootId);
    return root ? attemptsOf(context, root, group) : [];
  });
}

function grouped<K>(runs: readonly TaskRun[], key: (run: TaskRun) => K): Map<K, TaskRun[]> {
  const groups = new Map<K, TaskRun[]>();
  for (const run of runs) groups.set(key(run), [...(groups.get(key(run)) ?? []), run]);
  return groups;
}

function attemptsOf(context: ExecutionContext, root: TaskDoc, group: TaskRun[]): GraphRun[] {
  const ofRoot = group.filter(({ objectId }) => objectId === root.id);
  if (ofRoot.at(-1)?.state === "SKIPPED") return [];
  const last = Math.max(...group.map(({ attempt }) => attempt));
  return [...grouped(group, ({ attempt }) => attempt)].map(([attempt, runs]) => {
    const isUnderWay = attempt === last && graphsUnderWay(context.services.store).has(group[0]!.groupId);
    // A retry need not run the root again.
    const own = ofRoot.find((run) => run.attempt === attempt) ?? ofRoot.at(-1) ?? (runs[0] as TaskRun);
    const failures = runs.filter(({ errorCode }) => errorCode !== null);
    return {
      root,
      state: isUnderWay ? "EXECUTING" : outcomeOf(runs),
      scheduledTime: own.scheduledTime,
      queryStartTime: own.queryStartTime,
      completedTime: isUnderWay ? null : Math.max(...runs.map(({ completedTime }) => completedTime ?? 0)),
      firstError: failures.sort((a, b) => (a.completedTime ?? 0) - (b.completedTime ?? 0))[0],
      facts: runs[0] as TaskRun,
    };
  });
}

function outcomeOf(runs: readonly TaskRun[]): GraphRun["state"] {
  if (runs.some(({ state }) => state.startsWith("FAILED"))) return "FAILED";
  return runs.some(({ state }) => state === "CANCELLED") ? "CANCELLED" : "SUCCEEDED";
}

function nextRuns(context: ExecutionContext): GraphRun[] {
  const until = Number(context.now / 1000n) + 8 * DAY;
  return [...context.catalogue.all("TASK")].flatMap((root): GraphRun[] => {
    const isDue = root.state === "started" && isRoot(root) && root.schedule !== undefined;
    const at = isDue ? taskDueOn(context.services, root) : undefined;
    if (at === undefined || at > until) return [];
    const facts = { graphVersion: 1, runId: at, attempt: 1, config: root.config ?? null, groupId: "" };
    return [
      {
        root,
        state: "SCHEDULED",
        scheduledTime: at,
        queryStartTime: null,
        completedTime: null,
        firstError: undefined,
        facts: { ...facts, scheduledFrom: "SCHEDULE" },
      },
    ];
  });
}

/** What the arguments and the rights of the roles leave, the latest first. */
function selected(
  context: ExecutionContext,
  args: Arguments,
  runs: readonly GraphRun[],
  time: (run: GraphRun) => number,
): GraphRun[] {
  const limit = numberArgument(args, "RESULT_LIMIT", 1000, 1, 10_000);
  const name = textArgument(args, "ROOT_TASK_NAME")?.toUpperCase();
  return runs
    .filter(({ root }) => (name === undefined || root.name.toUpperCase() === name) && mayRead(context, root))
    .sort((a, b) => time(b) - time(a))
    .slice(0, limit);
}

/** Runs of graphs that ended within the last hour. Source: …/functions/complete_task_graphs */
export const COMPLETE_TASK_GRAPHS = systemFunctionOf<GraphRun>(
  "COMPLETE_TASK_GRAPHS",
  ["RESULT_LIMIT?", "ROOT_TASK_NAME?", "ERROR_ONLY?"],
  [...HEAD, moment("COMPLETED_TIME", ({ completedTime }) => completedTime), ...TAIL],
  async (context, args) => {
    const since = Number(context.now / 1000n) - HOUR;
    const errorOnly = flagArgument(args, "ERROR_ONLY");
    const ended = (await graphRuns(context)).filter(
      ({ state, completedTime }) =>
        completedTime !== null && completedTime >= since && (!errorOnly || state !== "SUCCEEDED"),
    );
    return selected(context, args, ended, ({ completedTime }) => completedTime ?? 0);
  },
);

/** Graphs that run now and the next run of each root within eight days. Source: …/functions/current_task_graphs */
export const CURRENT_TASK_GRAPHS = systemFunctionOf<GraphRun>(
  "CURRENT_TASK_GRAPHS",
  ["RESULT_LIMIT?", "ROOT_TASK_NAME?"],
  [...HEAD, ...TAIL],
  async (context, args) => {
    const underWay = (await graphRuns(context)).filter(({ state }) => state === "EXECUTING");
    return selected(context, args, [...underWay, ...nextRuns(context)], ({ scheduledTime }) => scheduledTime);
  },
);
