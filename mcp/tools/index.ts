import { describeAction } from "./describe-action";
import { explainDenial } from "./explain-denial";
import { listActions } from "./list-actions";
import { lookupEvent } from "./lookup-event";
import { myPermissions } from "./my-permissions";
import { recentEvents } from "./recent-events";
import { recordEvent } from "./record-event";
import { relateActions } from "./relate-actions";
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
  relateActions,
  recentEvents,
  lookupEvent,
  warehouseHealth,
  myPermissions,
  explainDenial,
  recordEvent,
];
