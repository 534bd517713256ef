import type { AlterAction } from "../../../../dialect/index";
import type { AlertDoc, ObjectDoc, RoleDoc, TaskDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { accessControlError, compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { hasGlobal, ownerRights } from "../../../privileges/index";
import type { WriteUnit } from "../../../store/writeUnit";
import { readAlert } from "../schemaObjects/alert";
import { readTask, refuseCycle, taskIds } from "../schemaObjects/task";
import { Properties } from "../support/properties";
import { sourceText } from "../support/text";
import { commonChanges, unsetCommon } from "./common";
import type { AlterOutcome } from "./index";

/** A schedule runs with its owner's rights, so the owner must be allowed to run it at all. */
function requireExecute(context: ExecutionContext, doc: TaskDoc | AlertDoc, privilege: string): void {
  if (hasGlobal({ catalogue: context.catalogue, rights: ownerRights(context, doc) }, privilege)) return;
  const owner = doc.ownerId === null ? undefined : (context.catalogue.byId(doc.ownerId) as RoleDoc | undefined);
  throw accessControlError(
    `Cannot execute ${doc.kind.toLowerCase()} , ${privilege} privilege must be granted to owner role${owner ? ` '${owner.name}'` : ""}`,
  );
}

const resume = (context: ExecutionContext) => ({ state: "started" as const, resumedOn: toMillis(context.now) });
const suspend = (context: ExecutionContext) => ({
  state: "suspended" as const,
  lastSuspendedOn: toMillis(context.now),
});

export async function alterAlert(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: AlertDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const put = (changes: Partial<AlertDoc>): AlterOutcome => ({ doc: unit.catalogue.update<AlertDoc>(doc, changes) });
  switch (action.kind) {
    case "Action":
      if (action.action === "RESUME") {
        requireExecute(context, doc, "EXECUTE ALERT");
        return doc.state === "started" ? { doc } : put(resume(context));
      }
      if (action.action === "SUSPEND") return doc.state === "suspended" ? { doc } : put(suspend(context));
      return undefined;
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      const changes = { ...readAlert(context, properties), ...commonChanges(doc, properties) };
      properties.finish(doc.kind);
      return put(changes as Partial<AlertDoc>);
    }
    case "UnsetProperties":
      return { doc: unit.catalogue.update<ObjectDoc>(doc, unsetCommon(doc, action.names)) };
    case "ModifyCondition":
      return put({ condition: sourceText(context, action.condition) });
    case "ModifyBody":
      return put({ action: sourceText(context, action.body) });
    default:
      return undefined;
  }
}

export async function alterTask(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: TaskDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const put = (changes: Partial<TaskDoc>): AlterOutcome => ({ doc: unit.catalogue.update<TaskDoc>(doc, changes) });
  switch (action.kind) {
    case "Action":
      if (action.action === "RESUME") {
        requireExecute(context, doc, "EXECUTE TASK");
        if (!doc.schedule && doc.predecessors.length === 0 && doc.finalizes === undefined && !doc.condition) {
          throw compilationError(
            "091089",
            "22023",
            `Cannot resume task ${doc.name}: it has neither a schedule nor predecessors.`,
          );
        }
        return doc.state === "started"
          ? { doc }
          : put({ ...resume(context), lastSuspendedReason: undefined, failures: undefined });
      }
      if (action.action === "SUSPEND") {
        return doc.state === "suspended"
          ? { doc }
          : put({ ...suspend(context), lastSuspendedReason: "USER_SUSPENDED" });
      }
      if (action.action === "UNSET FINALIZE") return put({ finalizes: undefined });
      if (action.action === "REMOVE WHEN") return put({ condition: undefined });
      return undefined;
    case "SetProperties": {
      refuseStarted(context, doc);
      const properties = new Properties(context, action.properties);
      const finalize = properties.take("FINALIZE")?.value;
      const changes: Partial<TaskDoc> = {
        ...readTask(context, properties),
        ...(commonChanges(doc, properties) as Partial<TaskDoc>),
      };
      properties.finish(doc.kind);
      if (finalize && (finalize.kind === "ObjectName" || finalize.kind === "IdentifierFunction")) {
        changes.finalizes = taskIds(context, [finalize])[0];
      }
      return put(changes);
    }
    case "UnsetProperties":
      refuseStarted(context, doc);
      return {
        doc: unit.catalogue.update<ObjectDoc>(
          doc,
          unsetCommon(doc, action.names, {
            WAREHOUSE: { warehouseId: undefined },
            SCHEDULE: { schedule: undefined },
            CONFIG: { config: undefined },
            ALLOW_OVERLAPPING_EXECUTION: { allowOverlappingExecution: undefined },
            FINALIZE: { finalizes: undefined },
          }),
        ),
      };
    case "ModifyBody":
      refuseStarted(context, doc);
      return put({ definition: sourceText(context, action.body) });
    case "ModifyWhen":
      refuseStarted(context, doc);
      return put({ condition: action.condition && sourceText(context, action.condition) });
    case "TaskPredecessors": {
      const ids = taskIds(context, action.tasks);
      if (action.verb === "ADD") refuseCycle(context, doc, ids);
      return put({
        predecessors:
          action.verb === "ADD"
            ? [...new Set([...doc.predecessors, ...ids])]
            : doc.predecessors.filter((id) => !ids.includes(id)),
      });
    }
    default:
      return undefined;
  }
}

/** Snowflake changes a task only while its root is suspended. */
function refuseStarted(context: ExecutionContext, task: TaskDoc): void {
  const seen = new Set<number>();
  const queue: TaskDoc[] = [task];
  for (let at = queue.pop(); at; at = queue.pop()) {
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    if (at.predecessors.length === 0 && at.state === "started") {
      throw compilationError(
        "091089",
        "22023",
        `Unable to update graph with root task ${at.name} since that root task is not suspended.`,
      );
    }
    for (const id of at.predecessors) {
      const before = context.catalogue.get("TASK", id);
      if (before) queue.push(before);
    }
  }
}
