import { describeAction } from "./describe-action";
import { listActions } from "./list-actions";
import { myPermissions } from "./my-permissions";
import { runPlan } from "./run-plan";
import type { Tool } from "./tool";
import { validatePlan } from "./validate-plan";
import { warehouseHealth } from "./warehouse-health";

/** Every tool, in the order clients list them: from looking around to asking to writing. A new one is a file and a line here. */
export const TOOLS: readonly Tool[] = [
  listActions,
  describeAction,
  validatePlan,
  runPlan,
  warehouseHealth,
  myPermissions,
];
