import type { AlterAction, ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseStandaloneStatement } from "./scriptStatement";
import { parseExists } from "./task";

/**
 * What only tasks and alerts have: MODIFY AS, MODIFY WHEN, REMOVE WHEN, ADD | REMOVE AFTER, MODIFY CONDITION, MODIFY ACTION.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-task, https://docs.snowflake.com/en/sql-reference/sql/alter-alert
 */
export function acceptTaskAction(cursor: Cursor, objectType: ObjectType): AlterAction | undefined {
  const { start } = cursor;
  if (objectType !== "TASK" && objectType !== "ALERT") return undefined;
  if (cursor.acceptSequence("MODIFY", "AS") || cursor.acceptSequence("MODIFY", "ACTION"))
    return { kind: "ModifyBody", body: parseStandaloneStatement(cursor), span: cursor.span(start) };
  if (cursor.acceptSequence("MODIFY", "WHEN"))
    return { kind: "ModifyWhen", condition: cursor.expression(), span: cursor.span(start) };
  if (cursor.acceptSequence("REMOVE", "WHEN")) return { kind: "ModifyWhen", span: cursor.span(start) };
  if (cursor.acceptSequence("MODIFY", "CONDITION"))
    return { kind: "ModifyCondition", condition: parseExists(cursor), span: cursor.span(start) };
  for (const verb of ["ADD", "REMOVE"] as const)
    if (cursor.acceptSequence(verb, "AFTER")) {
      const tasks = cursor.list(() => cursor.name());
      return { kind: "TaskPredecessors", verb, tasks, span: cursor.span(start) };
    }
  return undefined;
}
