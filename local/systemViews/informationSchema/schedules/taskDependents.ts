import { parseObjectName } from "../../../../dialect/index";
import type { RoleDoc, TaskDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { fullName, resolveSchemaObject } from "../../../names/resolve";
import { flagArgument, textArgument } from "../../arguments";
import { moment, systemFunctionOf, text } from "../../define";
import { databaseOf, mayOperate, schemaOf } from "./taskDocs";

const predecessors = ({ predecessors }: TaskDoc, { catalogue }: ExecutionContext): string =>
  JSON.stringify(
    predecessors.flatMap((id) => {
      const task = catalogue.get("TASK", id);
      return task ? [fullName(catalogue, task)] : [];
    }),
  );

/** A task and those behind it, its finalizer among them. Source: https://docs.snowflake.com/en/sql-reference/functions/task_dependents */
export const TASK_DEPENDENTS = systemFunctionOf<TaskDoc>(
  "TASK_DEPENDENTS",
  ["TASK_NAME", "RECURSIVE?"],
  [
    moment("CREATED_ON", (doc) => doc.createdOn),
    text("NAME", (doc) => doc.name),
    text("DATABASE_NAME", (doc, context) => databaseOf(context, doc)?.name),
    text("SCHEMA_NAME", (doc, context) => schemaOf(context, doc)?.name),
    text("OWNER", (doc, { catalogue }) =>
      doc.ownerId === null ? null : (catalogue.byId(doc.ownerId) as RoleDoc | undefined)?.name,
    ),
    text("COMMENT", (doc) => doc.comment),
    text("WAREHOUSE", (doc, { catalogue }) => {
      return doc.warehouseId === undefined ? null : catalogue.get("WAREHOUSE", doc.warehouseId)?.name;
    }),
    text("SCHEDULE", (doc) => doc.schedule),
    text("PREDECESSORS", predecessors),
    text("STATE", (doc) => doc.state),
    text("DEFINITION", (doc) => doc.definition),
    text("CONDITION", (doc) => doc.condition),
  ],
  (context, args) => {
    const name = parseObjectName(textArgument(args, "TASK_NAME") ?? "");
    const task = resolveSchemaObject(context, "TASK", name, "TASK_DEPENDENTS");
    const isRecursive = !args.has("RECURSIVE") || flagArgument(args, "RECURSIVE");
    return [task, ...behind(context, task, isRecursive)].filter((doc) => mayOperate(context, doc));
  },
);

/** Level by level, each task once. */
function behind({ catalogue }: ExecutionContext, root: TaskDoc, isRecursive: boolean): TaskDoc[] {
  const found = new Map<number, TaskDoc>();
  let level = [root];
  do {
    const ids = new Set(level.map(({ id }) => id));
    level = [...catalogue.all("TASK")].filter(
      ({ id, predecessors, finalizes }) =>
        id !== root.id &&
        !found.has(id) &&
        (predecessors.some((before) => ids.has(before)) || (finalizes !== undefined && ids.has(finalizes))),
    );
    for (const task of level) found.set(task.id, task);
  } while (isRecursive && level.length > 0);
  return [...found.values()];
}
