import type { DynamicTableDoc } from "../catalogue/model";

/** What `DynamicTableDoc.refreshState` holds. Everything is JSON. */
export interface RefreshState {
  /** Milliseconds: what arrived in the bases before this time is in the table. */
  dataTimestamp: number;
  /** Scheduled refreshes that failed, since the last success or RESUME. */
  failures: number;
  /** Table id → how far its changes are taken up. */
  bases: Record<string, BaseState>;
  /** The shape of the query's parts, whose states lie in `data.s<id>_<n>`; absent when the query is computed anew each time. */
  shape?: string;
  /** Version of the last build from scratch: who reads this table must then build too, for old images are gone. */
  epoch: string;
}

export interface BaseState {
  /** Version of the last commit that was seen. */
  version: string;
  /** Of a dynamic table: its own epoch at that time. */
  epoch?: string;
}

export const stateOf = (doc: DynamicTableDoc): RefreshState | undefined => doc.refreshState as RefreshState | undefined;

/** Milliseconds; undefined before the first refresh. */
export const dataTimestampOf = (doc: DynamicTableDoc): number | undefined => stateOf(doc)?.dataTimestamp;

/** It has had its first refresh, or has the rows of the table it was cloned from. */
export const isInitialized = (doc: DynamicTableDoc): boolean =>
  doc.hasClonedRows === true || dataTimestampOf(doc) !== undefined;
