import type { OwnedDoc } from "../model";

export type WarehouseSize =
  | "XSMALL"
  | "SMALL"
  | "MEDIUM"
  | "LARGE"
  | "XLARGE"
  | "XXLARGE"
  | "XXXLARGE"
  | "X4LARGE"
  | "X5LARGE"
  | "X6LARGE";

export interface WarehouseDoc extends OwnedDoc {
  kind: "WAREHOUSE";
  type: "STANDARD" | "SNOWPARK-OPTIMIZED";
  size: WarehouseSize;
  minClusterCount: number;
  maxClusterCount: number;
  scalingPolicy: "STANDARD" | "ECONOMY";
  /** Seconds; null = never. */
  autoSuspend: number | null;
  autoResume: boolean;
  resourceMonitorId?: number;
  enableQueryAcceleration: boolean;
  queryAccelerationMaxScaleFactor: number;
  state: "STARTED" | "SUSPENDED";
  /** Milliseconds since the epoch. */
  resumedOn?: number;
  updatedOn: number;
  uuid: string;
}

export interface ResourceMonitorDoc extends OwnedDoc {
  kind: "RESOURCE_MONITOR";
  creditQuota: number | null;
  frequency: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY" | "NEVER" | null;
  startTime: number | null;
  endTime: number | null;
  level: "ACCOUNT" | "WAREHOUSE" | null;
  triggers: { percent: number; action: "NOTIFY" | "SUSPEND" | "SUSPEND_IMMEDIATE" }[];
  notifyUsers: string[];
}

export interface NetworkPolicyDoc extends OwnedDoc {
  kind: "NETWORK_POLICY";
  allowedIpList: string[];
  blockedIpList: string[];
  /** Ids. */
  allowedNetworkRuleList: number[];
  blockedNetworkRuleList: number[];
}
