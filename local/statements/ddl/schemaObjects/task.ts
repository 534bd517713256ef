import type { CreateTask, Name } from "../../../../dialect/index";
import type { TaskDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { fullName, resolveSchemaObject } from "../../../names/resolve";
import { accountOf, requireAny, requirePrivilege } from "../../../privileges/index";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText } from "../support/text";
import { createInSchema } from "./place";
import { readScheduling } from "./scheduling";

export function taskIds(context: ExecutionContext, names: readonly Name[]): number[] {
  return names.map((name) => {
    const task = resolveSchemaObject(context, "TASK", name, "CREATE TASK");
    requireAny(context, ["OWNERSHIP"], task);
    return task.id;
  });
}

/** A task cannot run after itself, not even by way of others. */
export function refuseCycle(context: ExecutionContext, task: TaskDoc, predecessors: readonly number[]): void {
  const seen = new Set<number>();
  const queue = [...predecessors];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === task.id) {
      const name = fullName(context.catalogue, task);
      throw compilationError("001420", "22023", `Graph has at least one cycle containing task ${name}.`);
    }
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(context.catalogue.get("TASK", id)?.predecessors ?? []));
  }
}

/** Warehouse, schedule, config: what SET takes too. Changes only. */
export function readTask(context: ExecutionContext, properties: Properties): Partial<TaskDoc> {
  const changes: Partial<TaskDoc> = readScheduling(context, properties);
  const config = properties.text("CONFIG");
  if (config !== undefined) changes.config = config;
  const overlap = properties.boolean("ALLOW_OVERLAPPING_EXECUTION");
  if (overlap !== undefined) changes.allowOverlappingExecution = overlap;
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
    if (settings.schedule && statement.after.length > 0) {
      throw compilationError("001420", "22023", "SCHEDULE cannot be set on a task with predecessors.");
    }
    if (statement.finalize && (settings.schedule || statement.after.length > 0)) {
      throw compilationError("001420", "22023", "A finalizer task can have neither SCHEDULE nor AFTER.");
    }
    if (settings.warehouseId === undefined) {
      requirePrivilege(context, "EXECUTE MANAGED TASK", accountOf(context.catalogue));
    }
    return {
      ...settings,
      parameters: mergeParameters(undefined, { set }),
      predecessors: taskIds(context, statement.after),
      ...(statement.finalize ? { finalizes: taskIds(context, [statement.finalize])[0] } : {}),
      ...(statement.when ? { condition: sourceText(context, statement.when) } : {}),
      definition: sourceText(context, body),
    };
  };
  return createInSchema(context, statement, "TASK", () => ({
    draft: () => ({ ...read(), state: "suspended" as const, tags: tagValues(context, statement.tags) }),
    async alter(unit, doc) {
      const next = read();
      refuseCycle(context, doc, next.predecessors);
      unit.catalogue.update<TaskDoc>(doc, {
        warehouseId: undefined,
        schedule: undefined,
        config: undefined,
        condition: undefined,
        allowOverlappingExecution: undefined,
        comment: undefined,
        ...next,
      });
    },
  }));
}
