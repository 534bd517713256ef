import { type AlterAction, type Name, type PropertyValue, parseObjectName } from "../../../../dialect/index";
import type { AlertDoc, ObjectDoc, RoleDoc, TaskDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { accessControlError, invalidValue, taskError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { fullName } from "../../../names/resolve";
import { hasGlobal, ownerRights } from "../../../privileges/index";
import type { WriteUnit } from "../../../store/writeUnit";
import { descendants } from "../../../tasks/graph";
import { readAlert } from "../schemaObjects/alert";
import { finalizedId, predecessorIds, readTask, requireRootFor } from "../schemaObjects/task";
import { asNewRoot, refuseStarted } from "../schemaObjects/taskGraph";
import { checkTaskParameters } from "../schemaObjects/taskParameters";
import { Properties } from "../support/properties";
import { sourceText } from "../support/text";
import { commonChanges, unsetCommon } from "./common";
import type { AlterOutcome } from "./index";

/** A schedule runs with its owner's rights, so the owner must be allowed to run it at all. */
function requireExecute(context: ExecutionContext, doc: TaskDoc | AlertDoc, privilege: string): void {
  if (hasGlobal({ catalogue: context.catalogue, rights: ownerRights(context, doc) }, privilege)) return;
  const owner = doc.ownerId === null ? undefined : (context.catalogue.byId(doc.ownerId) as RoleDoc | undefined);
  const message = `Cannot execute ${doc.kind.toLowerCase()} , ${privilege} privilege must be granted to owner role`;
  throw doc.kind === "TASK" ? taskError(message) : accessControlError(`${message}${owner ? ` '${owner.name}'` : ""}`);
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
          throw taskError(`Cannot resume task ${doc.name}: it has neither a schedule nor predecessors.`);
        }
        requireOneGraph(context, doc);
        return doc.state === "started"
          ? { doc }
          : put({ ...resume(context), lastSuspendedReason: undefined, failures: undefined });
      }
      if (action.action === "SUSPEND") {
        return doc.state === "suspended"
          ? { doc }
          : put({ ...suspend(context), lastSuspendedReason: "USER_SUSPENDED" });
      }
      if (action.action === "UNSET FINALIZE")
        return put({ finalizes: undefined, ...asNewRoot(context, doc, "FINALIZER_BECAME_ROOT") });
      if (action.action === "REMOVE WHEN") return put({ condition: undefined });
      return undefined;
    case "SetProperties": {
      refuseStarted(context, doc);
      const properties = new Properties(context, action.properties);
      const finalize = nameOf(properties.take("FINALIZE")?.value);
      const changes: Partial<TaskDoc> = {
        ...readTask(context, properties),
        ...(commonChanges(doc, properties) as Partial<TaskDoc>),
      };
      properties.finish(doc.kind);
      if (finalize) changes.finalizes = finalizedId(context, doc, finalize);
      if (doc.predecessors.length > 0 || doc.finalizes !== undefined) requireRootFor(context, doc, changes);
      checkTaskParameters({ ...doc, ...changes }, newParameters(doc, changes));
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
            OVERLAP_POLICY: { allowOverlappingExecution: undefined },
            FINALIZE: { finalizes: undefined, ...asNewRoot(context, doc, "FINALIZER_BECAME_ROOT") },
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
      refuseStarted(context, doc);
      const ids = predecessorIds(context, action.verb === "ADD" ? doc : { ...doc, name: "" }, action.tasks);
      if (action.verb === "ADD") requireRootFor(context, doc, doc);
      const foreign = action.verb === "ADD" ? undefined : ids.find((id) => !doc.predecessors.includes(id));
      if (foreign !== undefined) {
        const name = context.catalogue.byId(foreign)?.name;
        throw taskError(`Task ${doc.name} does not have predecessor ${name}.`);
      }
      if (action.verb === "ADD") return put({ predecessors: [...new Set([...doc.predecessors, ...ids])] });
      const predecessors = doc.predecessors.filter((id) => !ids.includes(id));
      return put({ predecessors, ...(predecessors.length > 0 ? {} : asNewRoot(context, doc, "CHILD_BECAME_ROOT")) });
    }
    default:
      return undefined;
  }
}

/** The task that FINALIZE names, as a name or as text. */
function nameOf(value: PropertyValue | undefined): Name | undefined {
  if (value === undefined || value.kind === "ObjectName" || value.kind === "IdentifierFunction") return value;
  if (value.kind === "StringLiteral") return parseObjectName(value.value);
  throw invalidValue(value.kind, "FINALIZE");
}

/** What an ALTER … SET says of parameters. */
const newParameters = (doc: TaskDoc, changes: Partial<TaskDoc>) =>
  Object.fromEntries(
    Object.entries(changes.parameters ?? {}).filter(([name, value]) => doc.parameters?.[name] !== value),
  );

/** A graph that can start has one root, and no task in it comes before itself. Children may be resumed before it is so. */
function requireOneGraph(context: ExecutionContext, root: TaskDoc): void {
  if (root.predecessors.length > 0) return;
  const { catalogue } = context;
  const graph = new Map([root, ...descendants(catalogue, root)].map((task) => [task.id, task]));
  const done = new Set<number>();
  for (let left = graph.size; left > 0; left = graph.size) {
    for (const task of graph.values()) {
      if (task.predecessors.some((id) => graph.has(id))) continue;
      graph.delete(task.id);
      done.add(task.id);
    }
    const [stuck] = graph.values();
    if (stuck && graph.size === left) {
      throw taskError(`Graph has at least one cycle containing task ${fullName(catalogue, stuck)}.`);
    }
  }
  const isForeign = (id: number): boolean => {
    const task = catalogue.get("TASK", id);
    return !done.has(id) && task !== undefined && task.droppedOn === undefined;
  };
  if (descendants(catalogue, root).some(({ predecessors }) => predecessors.some(isForeign))) {
    throw taskError("The graph has more than one root task (one without predecessors).");
  }
}
