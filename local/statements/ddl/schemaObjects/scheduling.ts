import type { TaskDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { requirePrivilege } from "../../../privileges/index";
import type { Properties } from "../support/properties";
import { checkedSchedule } from "../support/schedule";
import { accountObject } from "../support/target";

/** What tasks and alerts share: warehouse, schedule, comment. Changes only. */
export function readScheduling(
  context: ExecutionContext,
  properties: Properties,
): Pick<TaskDoc, "warehouseId" | "schedule" | "comment"> {
  const changes: ReturnType<typeof readScheduling> = {};
  const warehouse = properties.name("WAREHOUSE")?.at(-1);
  if (warehouse !== undefined) {
    const doc = accountObject(context, "WAREHOUSE", warehouse);
    requirePrivilege(context, "USAGE", doc);
    changes.warehouseId = doc.id;
  }
  const schedule = properties.text("SCHEDULE");
  if (schedule !== undefined) changes.schedule = checkedSchedule(schedule);
  if (properties.has("COMMENT")) changes.comment = properties.text("COMMENT");
  return changes;
}
