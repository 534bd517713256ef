import type { DynamicTableDoc } from "../catalogue/model";
import type { Store } from "../store/store";
import type { WriteUnit } from "../store/writeUnit";
import type { ChangedInput, RefreshAction } from "./refreshRows";

/** The kind of these entries in `meta.history`. */
export const REFRESHES = "DYNAMIC_TABLE_REFRESH";
/** Milliseconds that entries are kept. */
export const KEPT_MS = 7 * 86_400_000;

export type RefreshTrigger = "SCHEDULED" | "MANUAL" | "CREATION";

/** One refresh as DYNAMIC_TABLE_REFRESH_HISTORY shows it. Times are milliseconds. */
export interface RefreshEntry {
  tableId: number;
  state: "EXECUTING" | "SUCCEEDED" | "FAILED" | "UPSTREAM_FAILED";
  stateCode: string;
  stateMessage: string;
  queryId: string;
  dataTimestamp: number;
  startTime: number;
  endTime: number | null;
  /** By when it had to be done to keep the lag. */
  completionTarget: number | null;
  action: RefreshAction | null;
  reinitReason: string | null;
  trigger: RefreshTrigger;
  targetLagSeconds: number | null;
  statistics: Record<string, number>;
  inputs: ChangedInput[] | null;
}

/** Refreshes that run now, by table. */
const running = new WeakMap<Store, Map<number, RefreshEntry>>();

export function runningRefreshes(store: Store): Map<number, RefreshEntry> {
  const known = running.get(store) ?? new Map<number, RefreshEntry>();
  running.set(store, known);
  return known;
}

export const lagSeconds = ({ targetLag }: DynamicTableDoc): number | null =>
  targetLag === "DOWNSTREAM" ? null : (targetLag?.seconds ?? null);

const INSERT = "INSERT INTO meta.history VALUES ($1, $2, $3, $4)";
const values = (entry: RefreshEntry) =>
  [REFRESHES, BigInt(entry.tableId), BigInt(entry.dataTimestamp), JSON.stringify(entry)] as const;

/** Together with the rows that the refresh wrote. */
export async function recordRefresh(unit: WriteUnit, entry: RefreshEntry): Promise<void> {
  await unit.run(INSERT, values(entry));
}

/** Of a refresh that left nothing else behind. */
export const noteRefresh = (store: Store, entry: RefreshEntry): Promise<void> =>
  store.note((connection) => connection.run(INSERT, values(entry)));

/** Takes out what is older than the time that history covers. */
export const forgetRefreshes = (store: Store, now: number): Promise<void> =>
  store.note((connection) =>
    connection.run("DELETE FROM meta.history WHERE kind = $1 AND time < $2", [REFRESHES, BigInt(now - KEPT_MS)]),
  );
