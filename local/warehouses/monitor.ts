import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ResourceMonitorDoc, WarehouseDoc } from "../catalogue/model";
import { SnowflakeError } from "../errors";
import { type CreditEntry, creditsSince } from "./credits";

/*
 * Source: https://docs.snowflake.com/en/user-guide/resource-monitors
 */

/** The monitor of the warehouse itself and the one of the account, if any. */
export function monitorsOf(catalogue: CatalogueSnapshot, warehouse: WarehouseDoc): ResourceMonitorDoc[] {
  return catalogue
    .all("RESOURCE_MONITOR")
    .filter((monitor) => monitor.level === "ACCOUNT" || monitor.id === warehouse.resourceMonitorId);
}

/** When the current period of a monitor began, milliseconds. Periods begin at midnight UTC, counted from the monitor's start. */
export function periodStart(monitor: ResourceMonitorDoc, now: number): number {
  const start = monitor.startTime ?? monitor.createdOn;
  if (monitor.frequency === "NEVER" || now < start) return start;
  const date = new Date(start);
  let current = start;
  for (let step = 1; ; step++) {
    const next = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
    if (monitor.frequency === "DAILY") next.setUTCDate(next.getUTCDate() + step);
    else if (monitor.frequency === "WEEKLY") next.setUTCDate(next.getUTCDate() + 7 * step);
    else if (monitor.frequency === "YEARLY") next.setUTCFullYear(next.getUTCFullYear() + step);
    else next.setUTCMonth(next.getUTCMonth() + step);
    if (next.getTime() > now) return current;
    current = next.getTime();
  }
}

export type MonitorAction = "SUSPEND" | "SUSPEND_IMMEDIATE";

/**
 * What a monitor demands now, the strictest of its triggers that are reached; undefined when it is content.
 * `running` is what is not in the history yet, by warehouse.
 */
export async function demandOf(
  context: Parameters<typeof creditsSince>[0],
  catalogue: CatalogueSnapshot,
  monitor: ResourceMonitorDoc,
  running: ReadonlyMap<number, CreditEntry>,
  now: number,
): Promise<MonitorAction | undefined> {
  if (monitor.creditQuota === null || (monitor.endTime !== null && now >= monitor.endTime)) return undefined;
  const credits = await creditsSince(context, periodStart(monitor, now), running);
  let used = 0;
  for (const warehouse of catalogue.all("WAREHOUSE")) {
    if (monitor.level !== "ACCOUNT" && warehouse.resourceMonitorId !== monitor.id) continue;
    used += credits.get(warehouse.id) ?? 0;
  }
  const { creditQuota } = monitor;
  const reached = monitor.triggers.filter(({ percent }) => used >= (creditQuota * percent) / 100);
  if (reached.some(({ action }) => action === "SUSPEND_IMMEDIATE")) return "SUSPEND_IMMEDIATE";
  return reached.some(({ action }) => action === "SUSPEND") ? "SUSPEND" : undefined;
}

export const quotaExceeded = (warehouse: string, monitor: string) =>
  new SnowflakeError(
    "090073",
    "22000",
    `Warehouse '${warehouse}' cannot be resumed because resource monitor '${monitor}' has exceeded its quota.`,
  );
