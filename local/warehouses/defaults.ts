import type { WarehouseDoc } from "../catalogue/model";

/** What CREATE WAREHOUSE leaves out. Source: https://docs.snowflake.com/en/sql-reference/sql/create-warehouse */
export const WAREHOUSE_DEFAULTS = {
  type: "STANDARD",
  size: "XSMALL",
  minClusterCount: 1,
  maxClusterCount: 1,
  scalingPolicy: "STANDARD",
  autoSuspend: 600,
  autoResume: true,
  enableQueryAcceleration: false,
  queryAccelerationMaxScaleFactor: 8,
} satisfies Partial<WarehouseDoc>;
