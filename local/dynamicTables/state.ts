import type { DynamicTableDoc } from "../catalogue/model";

/** What `DynamicTableDoc.refreshState` holds. Everything is JSON. */
export interface RefreshState {
  /** Milliseconds: what arrived in the bases before this time is in the table. */
  dataTimestamp: number;
  /** Scheduled refreshes that failed, since the last success or RESUME. */
  failures: number;
}

/** Milliseconds; undefined before the first refresh. */
export const dataTimestampOf = (doc: DynamicTableDoc): number | undefined =>
  (doc.refreshState as RefreshState | undefined)?.dataTimestamp;
