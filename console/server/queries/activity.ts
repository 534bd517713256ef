import type { Activity } from "../../api/activity";
import { instant, number, text } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";

const MINUTES = 60;
const TOP_ACTIONS = 8;

/** What arrived in the last hour, minute by minute, and which actions were the most frequent of the last day. */
export async function readActivity({ connection, outputs }: Warehouse, now = Date.now()): Promise<Activity> {
  const events = nameOf(outputs.views, "readyEvents");
  const [perMinute, perAction] = await Promise.all([
    connection.query(
      `SELECT DATE_TRUNC('minute', _RECV_AT) AS AT, COUNT(*) AS N FROM ${events} WHERE _RECV_AT >= ?::TIMESTAMP_NTZ GROUP BY 1`,
      [utcText(firstMinute(now))],
    ),
    connection.query(
      `SELECT ACTION, COUNT(*) AS N FROM ${events} WHERE _RECV_AT >= ?::TIMESTAMP_NTZ GROUP BY 1 ORDER BY N DESC, ACTION`,
      [utcText(now - 24 * 3_600_000)],
    ),
  ]);
  const counts = new Map(perMinute.map((row) => [instant(row.AT), number(row.N)]));
  return {
    minutes: minutesUntil(now).map((at) => ({ at, count: counts.get(at) ?? 0 })),
    topActions: perAction.slice(0, TOP_ACTIONS).map((row) => ({ action: text(row.ACTION), count: number(row.N) })),
    eventsLast24h: perAction.reduce((sum, row) => sum + number(row.N), 0),
  };
}

const firstMinute = (now: number) => Math.floor(now / 60_000) * 60_000 - (MINUTES - 1) * 60_000;

const minutesUntil = (now: number) =>
  Array.from({ length: MINUTES }, (_, index) => new Date(firstMinute(now) + index * 60_000).toISOString());

/** A time as a bound value that no session parameter changes the meaning of. */
export const utcText = (millis: number): string => new Date(millis).toISOString().slice(0, 23).replace("T", " ");
