import type { Health, HourOfHealth, OpenAlert, OrphanedEvent, Refresh } from "../../api/health";
import { ConsoleError } from "../warehouse/consoleError";
import { instant, instantOrNull, number, numberOrNull, text, textOrNull } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";
import { showEventsTable } from "./eventsTable";

/** The state of the events table now and over the last day. */
export async function readHealth({ connection, outputs }: Warehouse): Promise<Health> {
  const [row] = await connection.query(`SELECT * FROM ${nameOf(outputs.views, "dtHealthMonitor")}`);
  if (!row) throw new ConsoleError("not-found", `${outputs.tables.events} does not exist: deploy the stack.`);
  return {
    dynamicTable: text(row.DYNAMIC_TABLE),
    schedulingState: text(row.SCHEDULING_STATE),
    suspendReason: textOrNull(row.SUSPEND_REASON),
    targetLagSeconds: number(row.TARGET_LAG_SECONDS),
    lagSeconds: numberOrNull(row.LAG_SECONDS),
    isWithinTarget: row.IS_WITHIN_TARGET === true,
    lagP50Seconds: numberOrNull(row.LAG_P50_SECONDS),
    lagP99Seconds: numberOrNull(row.LAG_P99_SECONDS),
    timeWithinTargetRatio: numberOrNull(row.TIME_WITHIN_TARGET_LAG_RATIO),
    lastRefreshAt: instantOrNull(row.LAST_REFRESH_AT),
    lastRefreshAction: textOrNull(row.LAST_REFRESH_ACTION),
    lastError: textOrNull(row.LAST_ERROR),
    lastErrorAt: instantOrNull(row.LAST_ERROR_AT),
    succeeded24h: number(row.REFRESHES_SUCCEEDED_24H),
    failed24h: number(row.REFRESHES_FAILED_24H),
    full24h: number(row.FULL_REFRESHES_24H),
    rowsPerRefresh: numberOrNull(row.ROWS_PER_REFRESH),
    rowsInserted24h: number(row.ROWS_INSERTED_24H),
  };
}

/** The last refreshes, oldest first. */
export async function readRefreshes(warehouse: Warehouse): Promise<Refresh[]> {
  const { connection, outputs } = warehouse;
  const rows = await connection.query(
    `SELECT REFRESH_START_TIME, REFRESH_END_TIME, DATA_TIMESTAMP, REFRESH_ACTION, REFRESH_TRIGGER, STATE, STATE_MESSAGE,
       STATISTICS:numInsertedRows::NUMBER AS INSERTED, STATISTICS:numDeletedRows::NUMBER AS DELETED
     FROM TABLE(${outputs.database}.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => ?, RESULT_LIMIT => 200))
     ORDER BY REFRESH_START_TIME DESC LIMIT 200`,
    [outputs.tables.events],
  );
  // Without MONITOR the history is empty, which is not the same as no refresh.
  if (rows.length === 0 && (await showEventsTable(warehouse)) === undefined)
    throw new ConsoleError(
      "no-permission",
      `The refreshes of ${outputs.tables.events} are shown to roles with MONITOR on it.`,
    );
  return rows.reverse().map((row) => ({
    startedAt: instant(row.REFRESH_START_TIME),
    endedAt: instantOrNull(row.REFRESH_END_TIME),
    lagSeconds: secondsBetween(row.DATA_TIMESTAMP, row.REFRESH_END_TIME),
    seconds: secondsBetween(row.REFRESH_START_TIME, row.REFRESH_END_TIME),
    action: text(row.REFRESH_ACTION),
    trigger: text(row.REFRESH_TRIGGER),
    state: text(row.STATE),
    rowsInserted: number(row.INSERTED),
    rowsDeleted: number(row.DELETED),
    message: textOrNull(row.STATE_MESSAGE) || null,
  }));
}

function secondsBetween(from: unknown, to: unknown): number | null {
  return from instanceof Date && to instanceof Date ? (to.getTime() - from.getTime()) / 1000 : null;
}

/** Alerts raised in the last 24 hours, the last one first. */
export async function readAlerts({ connection, outputs }: Warehouse): Promise<OpenAlert[]> {
  const rows = await connection.query(
    `SELECT * FROM ${nameOf(outputs.views, "openAlerts")} ORDER BY LAST_RAISED_AT DESC`,
  );
  return rows.map((row) => ({
    kind: text(row.KIND),
    detail: text(row.DETAIL),
    firstAt: instant(row.FIRST_RAISED_AT),
    lastAt: instant(row.LAST_RAISED_AT),
    times: number(row.TIMES_RAISED),
  }));
}

/** Events that wait for a prerequisite, those that wait longest first. */
export async function readOrphans({ connection, outputs }: Warehouse): Promise<OrphanedEvent[]> {
  const rows = await connection.query(
    `SELECT * FROM ${nameOf(outputs.views, "orphanedEvents")} ORDER BY WAITING_SECONDS DESC, EVENT_ID LIMIT 200`,
  );
  return rows.map((row) => ({
    id: text(row.EVENT_ID),
    dependsOn: text(row.DEPENDS_ON_EVENT_ID),
    action: text(row.ACTION),
    actor: textOrNull(row.ACTOR_ID),
    occurredAt: instant(row.OCCURRED_AT),
    waitingSeconds: number(row.WAITING_SECONDS),
  }));
}

/** The last 7 days by the hour, oldest first; hours in which nothing arrived are left out. */
export async function readHours({ connection, outputs }: Warehouse): Promise<HourOfHealth[]> {
  const rows = await connection.query(`SELECT * FROM ${nameOf(outputs.views, "systemHealthHourly")} ORDER BY HOUR`);
  return rows.map((row) => ({
    hour: instant(row.HOUR),
    received: number(row.RECEIVED_COUNT),
    events: number(row.EVENT_COUNT),
    duplicates: number(row.DUPLICATE_COUNT),
    deadLetters: number(row.DEAD_LETTER_COUNT),
    queries: number(row.QUERIES_EXECUTED),
    rejected: number(row.QUERIES_REJECTED),
    alerts: number(row.ALERTS_RAISED),
  }));
}
