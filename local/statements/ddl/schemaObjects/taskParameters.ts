import type { TaskDoc, WarehouseSize } from "../../../catalogue/model";
import { invalidValue, taskError } from "../../../errors";
import { intervalOf, SHORTEST } from "../../../schedules/nextRun";
import { compareSizes, warehouseSize } from "../../../warehouses/sizes";

type Parameters = Readonly<Record<string, string | number | boolean>>;
type Task = Pick<TaskDoc, "name" | "predecessors"> & Partial<Pick<TaskDoc, "warehouseId" | "finalizes" | "parameters">>;

const INITIAL = "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE";
const MINIMUM = "SERVERLESS_TASK_MIN_STATEMENT_SIZE";
const MAXIMUM = "SERVERLESS_TASK_MAX_STATEMENT_SIZE";

const DAY = 24 * 3600 * 1000;

/**
 * Looks at what a CREATE or an ALTER … SET says of a task's parameters, `given`, and at the task as it would be with them.
 * Errors: 001008 for a value that none has; 091089 for what tasks, or tasks of its place, do not have.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-task
 */
export function checkTaskParameters(task: Task, given: Parameters): void {
  if ("SEARCH_PATH" in given) throw notForTasks("SEARCH_PATH");
  if (given["AUTOCOMMIT"] === false) throw notForTasks("AUTOCOMMIT = false");
  for (const name of [INITIAL, MINIMUM, MAXIMUM]) {
    if (name in given && task.warehouseId !== undefined)
      throw taskError(`Cannot set ${name} on a non-serverless task.`);
  }
  const interval = given["TARGET_COMPLETION_INTERVAL"];
  if (interval !== undefined) {
    const period = intervalOf(String(interval)) ?? 0;
    if (period < SHORTEST || period > DAY) throw invalidValue(String(interval), "TARGET_COMPLETION_INTERVAL");
  }
  checkSizes(task.parameters ?? {});
  if ("TASK_AUTO_RETRY_ATTEMPTS" in given && (task.predecessors.length > 0 || task.finalizes !== undefined)) {
    throw taskError(
      `Cannot set parameter TASK_AUTO_RETRY_ATTEMPTS on non-root task ${task.name}. Non-root tasks use the parameter setting from their root task. Please set this on the root task for this task instead.`,
    );
  }
}

const notForTasks = (parameter: string) =>
  taskError(`The parameter ${parameter} is not supported with Tasks. Remove the parameter and try again.`);

/** The least size is none above the first one, and that none above the greatest. */
function checkSizes(parameters: Parameters): void {
  const pair = (small: string, large: string): [WarehouseSize, WarehouseSize] | undefined => {
    const [a, b] = [small, large].map((name) => warehouseSize(String(parameters[name] ?? "")));
    return a && b && compareSizes(a, b) > 0 ? [a, b] : undefined;
  };
  const above = pair(MINIMUM, MAXIMUM);
  if (above) throw taskError(`${MINIMUM} (${above[0]}) cannot be greater than ${MAXIMUM} (${above[1]}).`);
  const least = pair(MINIMUM, INITIAL);
  if (least) throw taskError(`${INITIAL} (${least[1]}) cannot be less than ${MINIMUM} (${least[0]}).`);
  const most = pair(INITIAL, MAXIMUM);
  if (most) throw taskError(`${INITIAL} (${most[0]}) cannot be greater than ${MAXIMUM} (${most[1]}).`);
}
