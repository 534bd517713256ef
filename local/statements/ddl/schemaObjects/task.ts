import type { CreateTask, Name } from "../../../../dialect/index";
import type { ObjectDoc, TaskDoc } from "../../../catalogue/model";
import { compilationError, SnowflakeError, taskError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { fullName, printName, resolvePlace, resolveSchemaObject } from "../../../names/resolve";
import { accountOf, requireAny, requirePrivilege } from "../../../privileges/index";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText } from "../support/text";
import { createInSchema } from "./place";
import { readScheduling } from "./scheduling";
import { passDependents, refuseStarted, refuseUnfitReplacement } from "./taskGraph";
import { checkTaskParameters } from "./taskParameters";

/** Where a task is, or is to be. */
export type TaskPlace = Pick<TaskDoc, "name" | "parentId"> & { finalizes?: number | undefined };

const qualified = (context: ExecutionContext, { name, parentId }: TaskPlace): string =>
  `${fullName(context.catalogue, context.catalogue.byId(parentId) as ObjectDoc)}.${printName(name)}`;

/** What only the root of a graph has: a schedule, a configuration, runs that overlap. Errors: 091089. */
export function requireRootFor(context: ExecutionContext, task: TaskPlace, given: Partial<TaskDoc>): void {
  if (given.schedule !== undefined) {
    throw taskError(
      task.finalizes === undefined
        ? `Task ${task.name} cannot have both a schedule and a predecessor.`
        : `Task ${task.name} cannot have a schedule and be a finalizer task.`,
    );
  }
  if (given.config !== undefined) {
    throw taskError(`Task ${qualified(context, task)} cannot both be a non-root task and have a config.`);
  }
  if (given.allowOverlappingExecution) {
    throw taskError(`Cannot set allow_overlapping_execution on non-root task ${qualified(context, task)}.`);
  }
}

/** `role`: what the tasks are to the one that names them. Errors: 091089 for what is no task. */
function taskIds(context: ExecutionContext, names: readonly Name[], role: string): number[] {
  return names.map((name) => {
    const task = orInvalid(context, name, role);
    requireAny(context, ["OWNERSHIP"], task);
    return task.id;
  });
}

function orInvalid(context: ExecutionContext, name: Name, role: string): TaskDoc {
  try {
    return resolveSchemaObject(context, "TASK", name, "CREATE TASK");
  } catch (error) {
    if (!(error instanceof SnowflakeError) || error.code !== "002003") throw error;
    throw taskError(`Invalid ${role} ${printName(...nameParts(context, name))} was specified.`);
  }
}

/** Predecessors of a task. Errors: 091089 for the task itself and for one of another schema. */
export function predecessorIds(context: ExecutionContext, task: TaskPlace, names: readonly Name[]): number[] {
  const ids = taskIds(context, names, "predecessor");
  for (const id of ids) {
    const before = context.catalogue.get("TASK", id) as TaskDoc;
    if (before.parentId !== task.parentId) {
      throw taskError(`Cannot have predecessor ${before.name} from a different schema.`);
    }
    if (before.name === task.name) throw taskError(`Task ${task.name} cannot use itself as its predecessor.`);
    if (before.finalizes !== undefined) {
      throw taskError(`Task ${fullName(context.catalogue, before)} cannot have children as a finalizer task.`);
    }
  }
  return ids;
}

/** The root that a task comes last of. Errors: 091089 for what is no root, or the task itself. */
export function finalizedId(context: ExecutionContext, task: TaskPlace, name: Name): number | undefined {
  const [id] = taskIds(context, [name], "finalized root task");
  const root = id === undefined ? undefined : context.catalogue.get("TASK", id);
  if (!root) return undefined;
  if (root.predecessors.length > 0 || root.finalizes !== undefined) {
    throw taskError(
      `Task ${qualified(context, task)} cannot finalize a non-root task ${fullName(context.catalogue, root)}.`,
    );
  }
  if (root.parentId === task.parentId && root.name === task.name) {
    throw taskError(`Task ${task.name} cannot finalize itself.`);
  }
  const last = context.catalogue.all("TASK").find(({ finalizes }) => finalizes === root.id);
  if (last && !(last.parentId === task.parentId && last.name === task.name)) {
    throw taskError(`Finalize target ${root.name} already have finalizer.`);
  }
  return id;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Warehouse, schedule, config: what SET takes too. Changes only. */
export function readTask(context: ExecutionContext, properties: Properties): Partial<TaskDoc> {
  const changes: Partial<TaskDoc> = readScheduling(context, properties);
  const config = properties.text("CONFIG");
  if (config !== undefined) {
    if (!isObject(config)) {
      throw taskError("Invalid config. Must be a string representation of a valid JSON Object.");
    }
    changes.config = config;
  }
  const overlap = properties.boolean("ALLOW_OVERLAPPING_EXECUTION");
  if (overlap !== undefined) changes.allowOverlappingExecution = overlap;
  const policy = properties.word("OVERLAP_POLICY", ["NO_OVERLAP", "ALLOW_CHILD_OVERLAP", "ALLOW_ALL_OVERLAP"]);
  if (policy === "ALLOW_ALL_OVERLAP") throw unsupportedFeature("OVERLAP_POLICY = ALLOW_ALL_OVERLAP");
  if (policy !== undefined) {
    const allowed = policy === "ALLOW_CHILD_OVERLAP";
    if (overlap !== undefined && overlap !== allowed) {
      throw taskError(
        "Cannot specify ALLOW_OVERLAPPING_EXECUTION and OVERLAP_POLICY to different values in the same command.",
      );
    }
    changes.allowOverlappingExecution = allowed;
  }
  for (const name of ["ERROR_INTEGRATION", "SUCCESS_INTEGRATION"]) {
    if (properties.has(name)) throw unsupportedFeature(`${name} of a task`);
  }
  return changes;
}

export function createTask(context: ExecutionContext, statement: CreateTask): Promise<StatementResult> {
  if (statement.clone) throw unsupportedFeature("CREATE TASK … CLONE");
  const read = () => {
    const properties = new Properties(context, statement.properties);
    const { set } = readParameters("TASK", properties);
    const settings = readTask(context, properties);
    properties.finish("TASK");
    const { body } = statement;
    if (!body) throw compilationError("001003", "42000", "syntax error: a task needs a statement after AS.");
    const { name, schema } = resolvePlace(context, statement.name, "CREATE TASK");
    const place: TaskPlace = { name, parentId: schema.id };
    const predecessors = predecessorIds(context, place, statement.after);
    const finalizes = statement.finalize && finalizedId(context, place, statement.finalize);
    if (finalizes !== undefined && predecessors.length > 0) {
      throw taskError(`Task ${qualified(context, place)} cannot have predecessors as a finalizer task.`);
    }
    if (finalizes !== undefined || predecessors.length > 0) requireRootFor(context, { ...place, finalizes }, settings);
    if (settings.warehouseId === undefined) {
      requirePrivilege(context, "EXECUTE MANAGED TASK", accountOf(context.catalogue));
    }
    const parameters = mergeParameters(undefined, { set });
    checkTaskParameters({ ...settings, name, predecessors, finalizes, parameters }, set);
    return {
      ...settings,
      parameters,
      predecessors,
      ...(finalizes === undefined ? {} : { finalizes }),
      ...(statement.when ? { condition: sourceText(context, statement.when) } : {}),
      definition: sourceText(context, body),
    };
  };
  return createInSchema(context, statement, "TASK", (unit) => {
    const place = resolvePlace(context, statement.name, "CREATE TASK");
    const old = statement.orReplace ? unit.catalogue.snapshot.find("TASK", place.schema.id, place.name) : undefined;
    return {
      draft: () => {
        const draft = read();
        if (old) refuseUnfitReplacement(context, old, draft);
        const before = [...draft.predecessors, ...(draft.finalizes === undefined ? [] : [draft.finalizes])];
        for (const id of before) {
          const task = context.catalogue.get("TASK", id);
          if (task) refuseStarted(context, task);
        }
        return { ...draft, state: "suspended" as const, tags: tagValues(context, statement.tags) };
      },
      async after(_unit, doc) {
        if (old) passDependents(unit, old, doc);
      },
      async alter(unit, doc) {
        unit.catalogue.update<TaskDoc>(doc, {
          warehouseId: undefined,
          schedule: undefined,
          config: undefined,
          condition: undefined,
          allowOverlappingExecution: undefined,
          comment: undefined,
          ...read(),
        });
      },
    };
  });
}
