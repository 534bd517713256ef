import { parseObjectName } from "../../../../dialect/index";
import type { TaskDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { runsBetween } from "../../../schedules/runHistory";
import type { TaskRun } from "../../../tasks/run";
import { taskUuid } from "../../../tasks/runtime";
import { isRoot, taskDueOn } from "../../../tasks/scheduler";
import { number } from "../../../types/dataType";
import { flagArgument, numberArgument, textArgument } from "../../arguments";
import { type Arguments, count, json, moment, none, type SystemColumn, systemFunctionOf, text } from "../../define";
import { scheduledSpan } from "./span";
import { databaseOf, mayRead, schemaOf } from "./taskDocs";

interface Item {
  doc: TaskDoc;
  run: Omit<TaskRun, "state"> & { state: TaskRun["state"] | "SCHEDULED" };
}

const nextTime = ({ run }: Item, context: ExecutionContext): number | undefined => {
  const root = context.catalogue.get("TASK", run.rootId);
  return root?.state === "started" ? taskDueOn(context.services, root) : undefined;
};

const COLUMNS: SystemColumn<Item>[] = [
  text("QUERY_ID", ({ run }) => run.queryId),
  text("NAME", ({ run }) => run.name),
  text("DATABASE_NAME", ({ doc }, context) => databaseOf(context, doc)?.name),
  text("SCHEMA_NAME", ({ doc }, context) => schemaOf(context, doc)?.name),
  text("QUERY_TEXT", ({ run }) => run.queryText),
  text("CONDITION_TEXT", ({ run }) => run.conditionText),
  text("STATE", ({ run }) => run.state),
  count("ERROR_CODE", ({ run }) => (run.errorCode === null ? null : Number(run.errorCode))),
  text("ERROR_MESSAGE", ({ run }) => run.errorMessage),
  moment("SCHEDULED_TIME", ({ run }) => run.scheduledTime),
  moment("QUERY_START_TIME", ({ run }) => run.queryStartTime),
  moment("NEXT_SCHEDULED_TIME", nextTime),
  moment("COMPLETED_TIME", ({ run }) => run.completedTime),
  text("ROOT_TASK_ID", ({ run }) => taskUuid(run.rootId)),
  count("GRAPH_VERSION", ({ run }) => run.graphVersion),
  count("RUN_ID", ({ run }) => run.runId),
  text("RETURN_VALUE", ({ run }) => run.returnValue),
  text("SCHEDULED_FROM", ({ run }) => run.scheduledFrom),
  count("ATTEMPT_NUMBER", ({ run }) => run.attempt),
  text("CONFIG", ({ run }) => run.config),
  none("QUERY_HASH"),
  none("QUERY_HASH_VERSION", number(38, 0)),
  none("QUERY_PARAMETERIZED_HASH"),
  none("QUERY_PARAMETERIZED_HASH_VERSION", number(38, 0)),
  text("GRAPH_RUN_GROUP_ID", ({ run }) => run.groupId),
  json("BACKFILL_INFO", () => null),
];

/** A name given as text: upper case unless it is in double quotes. */
function nameOf(args: Arguments, argument: string): string | undefined {
  const text = textArgument(args, argument);
  if (text === undefined) return undefined;
  const name = parseObjectName(text);
  return name.kind === "ObjectName" ? name.parts.at(-1)?.value : text;
}

/** Runs of tasks and the next one of each root, the latest first. Source: …/functions/task_history */
export const TASK_HISTORY = systemFunctionOf<Item>(
  "TASK_HISTORY",
  [
    "SCHEDULED_TIME_RANGE_START?",
    "SCHEDULED_TIME_RANGE_END?",
    "RESULT_LIMIT?",
    "TASK_NAME?",
    "DATABASE_NAME?",
    "SCHEMA_NAME?",
    "ERROR_ONLY?",
    "ROOT_TASK_ID?",
  ],
  COLUMNS,
  async (context, args) => {
    const { from, to, withNext } = scheduledSpan(context, args);
    const limit = numberArgument(args, "RESULT_LIMIT", 100, 1, 10_000);
    const name = textArgument(args, "TASK_NAME")?.toUpperCase();
    const database = nameOf(args, "DATABASE_NAME");
    const schema = nameOf(args, "SCHEMA_NAME");
    const root = textArgument(args, "ROOT_TASK_ID");
    const errorOnly = flagArgument(args, "ERROR_ONLY");
    const runs = await runsBetween<TaskRun>(context, "TASK_RUN", from, to);
    const items: Item[] = runs.flatMap((run) => {
      const doc = context.catalogue.get("TASK", run.objectId);
      return doc ? [{ doc, run }] : [];
    });
    if (withNext) items.push(...context.catalogue.all("TASK").flatMap((doc) => scheduled(context, doc, to)));
    return items
      .filter(
        ({ doc, run }) =>
          (name === undefined || run.name.toUpperCase() === name) &&
          (database === undefined || databaseOf(context, doc)?.name === database) &&
          (schema === undefined || schemaOf(context, doc)?.name === schema) &&
          (root === undefined || taskUuid(run.rootId) === root) &&
          (!errorOnly || run.state.startsWith("FAILED") || run.state === "CANCELLED") &&
          mayRead(context, doc),
      )
      .sort((a, b) => b.run.scheduledTime - a.run.scheduledTime)
      .slice(0, limit);
  },
);

function scheduled(context: ExecutionContext, doc: TaskDoc, to: number): Item[] {
  const isDue = doc.state === "started" && isRoot(doc) && doc.schedule !== undefined;
  const at = isDue ? taskDueOn(context.services, doc) : undefined;
  if (at === undefined || at > to) return [];
  const run: Item["run"] = {
    objectId: doc.id,
    name: doc.name,
    state: "SCHEDULED",
    queryId: null,
    queryText: doc.definition,
    conditionText: doc.condition ?? null,
    errorCode: null,
    errorMessage: null,
    scheduledTime: at,
    queryStartTime: null,
    completedTime: null,
    rootId: doc.id,
    graphVersion: 1,
    graphText: "",
    runId: at,
    returnValue: null,
    scheduledFrom: "SCHEDULE",
    attempt: 1,
    config: doc.config ?? null,
    groupId: "",
  };
  return [{ doc, run }];
}
