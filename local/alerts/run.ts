import type { AlertDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { runInternal } from "../execution/internal";
import { rowCount } from "../execution/result";
import { asSnowflakeError } from "../execution/runStatement";
import { beginRun, type Run } from "../schedules/runHistory";
import type { Services } from "../services";
import type { Session } from "../session/session";

export type AlertState =
  | "EXECUTING"
  | "FAILED"
  | "CONDITION_FALSE"
  | "CONDITION_FAILED"
  | "ACTION_FAILED"
  | "TRIGGERED";

/** One run as ALERT_HISTORY shows it. */
export interface AlertRun extends Run {
  state: AlertState;
  name: string;
  condition: string;
  conditionQueryId: string | null;
  action: string;
  actionQueryId: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  scheduledFrom: "SCHEDULE" | "EXECUTE ALERT";
}

/** Times that the condition and action of a running alert can ask for; milliseconds. */
interface AlertTimes {
  scheduled: number;
  lastSuccessful: number;
}

const times = new WeakMap<Session, AlertTimes>();

/** Undefined outside of an alert. */
export const alertTimes = (session: Session): AlertTimes | undefined => times.get(session);

/** Last scheduled time whose condition could be evaluated, by alert. */
const successes = new WeakMap<Services, Map<number, number>>();

function successesIn(services: Services): Map<number, number> {
  const known = successes.get(services) ?? new Map<number, number>();
  successes.set(services, known);
  return known;
}

/**
 * Evaluates the condition with the rights of the alert's owner and runs the action when it gives rows. Never rejects: what
 * happened is in the history. Source: https://docs.snowflake.com/en/user-guide/alerts
 */
export async function runAlert(
  services: Services,
  doc: AlertDoc,
  scheduledTime: number,
  scheduledFrom: AlertRun["scheduledFrom"],
): Promise<void> {
  const { store, clock } = services;
  const finish = beginRun<AlertRun>(store, "ALERT_RUN", {
    objectId: doc.id,
    name: doc.name,
    state: "EXECUTING",
    condition: doc.condition,
    conditionQueryId: null,
    action: doc.action,
    actionQueryId: null,
    errorCode: null,
    errorMessage: null,
    scheduledTime,
    completedTime: null,
    scheduledFrom,
  });
  const known = successesIn(services);
  const lastSuccessful = known.get(doc.id) ?? doc.createdOn;
  const outcome: Partial<AlertRun> = {};
  const step = async (text: string, failed: AlertState, key: "conditionQueryId" | "actionQueryId") => {
    try {
      return await asOwner(services, doc, text, async (context) => {
        times.set(context.session, { scheduled: scheduledTime, lastSuccessful });
        try {
          return rowCount((await context.executeText(text)).rows);
        } finally {
          outcome[key] = context.session.queryIds.at(-1) ?? null;
        }
      });
    } catch (error) {
      const { code, message } = error instanceof SnowflakeError ? error : asSnowflakeError(error);
      Object.assign(outcome, { state: failed, errorCode: code, errorMessage: message });
      return undefined;
    }
  };
  const rows = await step(doc.condition, "CONDITION_FAILED", "conditionQueryId");
  if (rows !== undefined) known.set(doc.id, scheduledTime);
  if (rows === 0) outcome.state = "CONDITION_FALSE";
  else if (rows !== undefined) {
    const done = await step(doc.action, "ACTION_FAILED", "actionQueryId");
    if (done !== undefined) outcome.state = "TRIGGERED";
  }
  await finish({ ...outcome, completedTime: toMillis(clock.nowMicros()) });
}

function asOwner<T>(
  services: Services,
  doc: AlertDoc,
  text: string,
  work: (context: ExecutionContext) => Promise<T>,
): Promise<T> {
  const schema = services.store.catalogue.get("SCHEMA", doc.parentId);
  return runInternal(
    services,
    {
      ownerId: doc.ownerId,
      warehouseId: doc.warehouseId ?? null,
      serverless: doc.warehouseId === undefined,
      text,
      frame: "session",
      ...(schema ? { namespace: { databaseId: schema.parentId, schemaId: schema.id } } : {}),
    },
    work,
  );
}
