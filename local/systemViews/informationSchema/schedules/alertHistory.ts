import type { AlertRun } from "../../../alerts/run";
import { alertDueOn } from "../../../alerts/scheduler";
import type { AlertDoc, ObjectDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { has, hasSystemRole } from "../../../privileges/index";
import { runsBetween } from "../../../schedules/runHistory";
import { numberArgument, textArgument } from "../../arguments";
import { count, moment, none, type SystemColumn, systemFunctionOf, text, truth } from "../../define";
import { scheduledSpan } from "./span";

interface Item {
  doc: AlertDoc;
  run: Omit<AlertRun, "state"> & { state: AlertRun["state"] | "SCHEDULED" };
}

const parentOf = (context: ExecutionContext, doc: ObjectDoc | undefined): ObjectDoc | undefined =>
  doc && "parentId" in doc ? context.catalogue.byId(doc.parentId) : undefined;

const COLUMNS: SystemColumn<Item>[] = [
  text("NAME", ({ run }) => run.name),
  text("DATABASE_NAME", ({ doc }, context) => parentOf(context, parentOf(context, doc))?.name),
  text("SCHEMA_NAME", ({ doc }, context) => parentOf(context, doc)?.name),
  text("CONDITION", ({ run }) => run.condition),
  text("CONDITION_QUERY_ID", ({ run }) => run.conditionQueryId),
  text("ACTION", ({ run }) => run.action),
  text("ACTION_QUERY_ID", ({ run }) => run.actionQueryId),
  text("STATE", ({ run }) => run.state),
  count("SQL_ERROR_CODE", ({ run }) => (run.errorCode === null ? null : Number(run.errorCode))),
  text("SQL_ERROR_MESSAGE", ({ run }) => run.errorMessage),
  moment("SCHEDULED_TIME", ({ run }) => run.scheduledTime),
  moment("COMPLETED_TIME", ({ run }) => run.completedTime),
  text("SCHEDULED_FROM", ({ run }) => run.scheduledFrom),
  none("RUNBOOK"),
  truth("WAS_AUTO_SUSPENDED", () => false),
  none("CONFIG"),
];

const mayRead = (context: ExecutionContext, doc: AlertDoc): boolean =>
  hasSystemRole(context, "ACCOUNTADMIN") || has(context, "OWNERSHIP", doc) || has(context, "MONITOR", doc);

/** Runs of alerts and the next one of each, the latest first. Source: …/functions/alert_history */
export const ALERT_HISTORY = systemFunctionOf<Item>(
  "ALERT_HISTORY",
  ["SCHEDULED_TIME_RANGE_START?", "SCHEDULED_TIME_RANGE_END?", "RESULT_LIMIT?", "ALERT_NAME?"],
  COLUMNS,
  async (context, args) => {
    const { from, to, withNext } = scheduledSpan(context, args);
    const limit = numberArgument(args, "RESULT_LIMIT", 100, 1, 10_000);
    const name = textArgument(args, "ALERT_NAME")?.toUpperCase();
    const docOf = (id: number): AlertDoc | undefined => context.catalogue.get("ALERT", id);
    const runs = await runsBetween<AlertRun>(context, "ALERT_RUN", from, to);
    const items: Item[] = runs.flatMap((run) => {
      const doc = docOf(run.objectId);
      return doc ? [{ doc, run }] : [];
    });
    if (withNext) items.push(...context.catalogue.all("ALERT").flatMap((doc) => scheduled(context, doc, to)));
    return items
      .filter(({ doc, run }) => (name === undefined || run.name.toUpperCase() === name) && mayRead(context, doc))
      .sort((a, b) => b.run.scheduledTime - a.run.scheduledTime)
      .slice(0, limit);
  },
);

function scheduled(context: ExecutionContext, doc: AlertDoc, to: number): Item[] {
  const at = doc.state === "started" ? alertDueOn(context.services, doc) : undefined;
  if (at === undefined || at > to) return [];
  const run: Item["run"] = {
    objectId: doc.id,
    name: doc.name,
    state: "SCHEDULED",
    condition: doc.condition,
    conditionQueryId: null,
    action: doc.action,
    actionQueryId: null,
    errorCode: null,
    errorMessage: null,
    scheduledTime: at,
    completedTime: null,
    scheduledFrom: "SCHEDULE",
  };
  return [{ doc, run }];
}
