import type { Costs, DayOfCosts } from "../../api/costs";
import { instant, number, numberOrNull, text, textOrNull } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";
import { utcText } from "./activity";
import { lagCost } from "./lagCost";

const DAY_MS = 24 * 3_600_000;
const LAGS_MINUTES = [1, 5, 15, 60];
/** Without any refresh on record: what an X-Small usually takes for a small one. */
const USUAL_REFRESH_SECONDS = 2;

/** Credits per warehouse and day, and what other target lags would cost. */
export async function readCosts({ connection, outputs }: Warehouse, now = Date.now()): Promise<Costs> {
  const [rows, arrivals, refreshes] = await Promise.all([
    connection.query(`SELECT * FROM ${nameOf(outputs.views, "costMonitor")} ORDER BY DAY, WAREHOUSE_NAME`),
    connection.query(
      `SELECT DISTINCT DATE_TRUNC('minute', _RECV_AT) AS AT FROM ${nameOf(outputs.views, "readyEvents")} WHERE _RECV_AT >= ?::TIMESTAMP_NTZ ORDER BY AT`,
      [utcText(now - DAY_MS)],
    ),
    connection.query(
      `SELECT AVG(TIMESTAMPDIFF('millisecond', REFRESH_START_TIME, REFRESH_END_TIME)) / 1000 AS SECONDS
       FROM TABLE(${outputs.database}.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => ?, RESULT_LIMIT => 1000))
       WHERE STATE = 'SUCCEEDED' AND REFRESH_ACTION <> 'NO_DATA'`,
      [outputs.tables.events],
    ),
  ]);
  const refreshSeconds = numberOrNull(refreshes[0]?.SECONDS) ?? USUAL_REFRESH_SECONDS;
  const minutes = arrivals.map(({ AT }) => Math.floor(Date.parse(instant(AT)) / 60_000));
  const purposes = new Map(rows.map((row) => [text(row.WAREHOUSE_NAME), text(row.PURPOSE)]));
  return {
    warehouses: [...purposes].map(([name, purpose]) => ({ name, purpose })),
    days: daysOf(rows),
    storageBytes: numberOrNull(rows[0]?.STORAGE_BYTES),
    note: textOrNull(rows[0]?.NOTE),
    lag: LAGS_MINUTES.map((lagMinutes) => lagCost(minutes, lagMinutes, refreshSeconds)),
    refreshSeconds,
  };
}

function daysOf(rows: Record<string, unknown>[]): DayOfCosts[] {
  const days = new Map<string, DayOfCosts>();
  for (const row of rows) {
    const day = instant(row.DAY).slice(0, 10);
    const entry = days.get(day) ?? { day, events: number(row.EVENT_COUNT), credits: {}, creditsPerMillionEvents: null };
    entry.credits[text(row.WAREHOUSE_NAME)] = numberOrNull(row.CREDITS);
    days.set(day, entry);
  }
  for (const entry of days.values()) {
    const credits = Object.values(entry.credits);
    if (entry.events > 0 && credits.every((value) => value !== null))
      entry.creditsPerMillionEvents = (credits.reduce((sum, value) => sum + value, 0) / entry.events) * 1_000_000;
  }
  return [...days.values()];
}
