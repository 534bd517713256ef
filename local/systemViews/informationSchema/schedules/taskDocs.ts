import type { ObjectDoc, TaskDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { has, hasGlobal, hasSystemRole } from "../../../privileges/index";

const parentOf = (context: ExecutionContext, doc: ObjectDoc | undefined): ObjectDoc | undefined =>
  doc && "parentId" in doc ? context.catalogue.byId(doc.parentId) : undefined;

export const schemaOf = (context: ExecutionContext, doc: TaskDoc) => parentOf(context, doc);
export const databaseOf = (context: ExecutionContext, doc: TaskDoc) => parentOf(context, schemaOf(context, doc));

export const mayOperate = (context: ExecutionContext, doc: TaskDoc): boolean =>
  ["OWNERSHIP", "MONITOR", "OPERATE"].some((privilege) => has(context, privilege, doc));

/** Who may see the runs of a task. Source: https://docs.snowflake.com/en/sql-reference/functions/task_history */
export const mayRead = (context: ExecutionContext, doc: TaskDoc): boolean =>
  hasSystemRole(context, "ACCOUNTADMIN") || hasGlobal(context, "MONITOR EXECUTION") || mayOperate(context, doc);
