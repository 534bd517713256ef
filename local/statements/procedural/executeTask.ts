import type { ExecuteTask } from "../../../dialect/index";
import type { TaskDoc } from "../../catalogue/model";
import { invalidValue, taskError } from "../../errors";
import { statusResult } from "../../execution/result";
import { fullName, resolveSchemaObject } from "../../names/resolve";
import { hasGlobal, ownerRights, requireAny, requirePrivilege } from "../../privileges/index";
import type { GraphStart } from "../../tasks/graph";
import { graphRuns, lastGraphRun } from "../../tasks/history";
import type { TaskRun } from "../../tasks/run";
import { executeTaskNow, isRoot } from "../../tasks/scheduler";
import { Properties } from "../ddl/support/properties";
import type { StatementHandler } from "../handler";

/** EXECUTE TASK: starts one run of a graph, which goes on by itself. Source: https://docs.snowflake.com/en/sql-reference/sql/execute-task */
export const executeTask: StatementHandler<ExecuteTask> = {
  async run(context, statement) {
    const { catalogue, services } = context;
    const doc = resolveSchemaObject(context, "TASK", statement.name, "EXECUTE TASK");
    requireAny(context, ["OPERATE"], doc);
    const owner = { catalogue, rights: ownerRights(context, doc) };
    if (!hasGlobal(owner, "EXECUTE TASK"))
      throw taskError("Cannot execute task , EXECUTE TASK privilege must be granted to owner role");
    const warehouse = doc.warehouseId === undefined ? undefined : catalogue.get("WAREHOUSE", doc.warehouseId);
    if (warehouse) requirePrivilege(owner, "USAGE", warehouse);
    if (!isRoot(doc))
      throw taskError(
        `Execute task cannot be called on non-root task ${fullName(context.catalogue, doc)}. Call EXECUTE TASK on the root task of its graph instead.`,
      );
    const properties = new Properties(context, statement.properties);
    const config = properties.text("CONFIG");
    const group = properties.text("RETRY GRAPH RUN GROUP");
    properties.finish();
    if (config !== undefined && !isJsonObject(config)) throw invalidValue(config, "CONFIG");
    const { store } = services;
    const retried = statement.retryLast
      ? await lastGraphRun(store, doc.id)
      : group === undefined
        ? undefined
        : await graphRuns(store, doc.id, group);
    const start: Omit<GraphStart, "scheduledTime"> = retried
      ? { scheduledFrom: "MANUAL RETRY", retry: failedRun(doc, retried) }
      : { scheduledFrom: "EXECUTE_TASK", ...(config === undefined ? {} : { config }) };
    executeTaskNow(services, doc.id, start);
    return statusResult(`Task ${doc.name} is scheduled to run immediately.`);
  },
};

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A graph run that failed: what succeeded in it need not run again. */
function failedRun(doc: TaskDoc, runs: readonly TaskRun[]): NonNullable<GraphStart["retry"]> {
  const latest = new Map<number, TaskRun>();
  for (const run of runs) latest.set(run.objectId, run);
  const failed = [...latest.values()].some((run) => run.state.startsWith("FAILED") || run.state === "CANCELLED");
  const [first] = runs;
  if (!failed || !first)
    throw taskError(`Cannot perform retry: no suitable run of graph with root task ${doc.name} to retry.`);
  return {
    groupId: first.groupId,
    attempt: Math.max(...runs.map((run) => run.attempt)),
    done: new Map([...latest].filter(([, run]) => run.state === "SUCCEEDED")),
  };
}
