import type { SchemaObjectDoc } from "../model";

export interface AlertDoc extends SchemaObjectDoc {
  kind: "ALERT";
  warehouseId?: number;
  /** `10 MINUTE` or `USING CRON … TZ`; absent for alerts on new data. */
  schedule?: string;
  condition: string;
  action: string;
  state: "started" | "suspended";
  /** Milliseconds; last time resumed, the base of interval schedules. */
  resumedOn?: number;
  lastSuspendedOn?: number;
}

export interface TaskDoc extends SchemaObjectDoc {
  kind: "TASK";
  warehouseId?: number;
  schedule?: string;
  /** Task ids. */
  predecessors: number[];
  finalizes?: number;
  condition?: string;
  definition: string;
  config?: string;
  allowOverlappingExecution?: boolean;
  state: "started" | "suspended";
  resumedOn?: number;
  lastSuspendedOn?: number;
  lastSuspendedReason?: string;
  /** Scheduled runs of the graph that failed in a row. */
  failures?: number;
}
