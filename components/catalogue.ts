import type { RoleKey, SchemaKey } from "./names";

/** A view: one query in `sql/views/<name in lower case>.sql`. */
export interface ViewEntry {
  name: string;
  schema: SchemaKey;
  /** Roles that may read it, besides its owner and who inherits them. */
  readers: readonly RoleKey[];
  /** Other views it reads, which must exist first. */
  reads?: readonly string[];
  /** INFORMATION_SCHEMA shows a view what its owner may see: only the deployer sees every table. The service role is the default. */
  owner?: "deployer";
}

/** A procedure: one statement in `sql/procedures/<name in lower case>.sql`. */
export interface ProcedureEntry {
  name: string;
  /** Argument types as they identify the procedure, without sizes. */
  arguments: readonly string[];
  /** Roles that may call it, and who inherits them. */
  callers: readonly RoleKey[];
  /** The deployer owns what needs ownership of the events table; all else belongs to the service role (the default). */
  owner?: "deployer";
  /** Exists only where users are managed by the warehouse. */
  userManagement?: true;
}

/** An alert: one condition in `sql/alerts/<name in lower case>.sql`, whose header is what the alert says. */
export interface AlertEntry {
  name: string;
  /** Minutes between two looks at the condition. */
  everyMinutes: number;
}

/** Every view of the warehouse, in the order they are created. */
export const VIEWS: readonly ViewEntry[] = [
  { name: "READY_EVENTS", schema: "ACTIVITY", readers: ["monitor"] },
  { name: "ENTITY_STREAM", schema: "ACTIVITY", readers: ["monitor"] },
  { name: "DT_HEALTH_MONITOR", schema: "MCP", readers: ["monitor", "user"] },
  { name: "COST_MONITOR", schema: "MCP", readers: ["monitor"] },
  { name: "CURRENT_CONFIG", schema: "MCP", readers: ["monitor"] },
  { name: "CURRENT_PERMISSIONS", schema: "MCP", readers: ["monitor"] },
  { name: "MY_PERMISSIONS", schema: "MCP", readers: ["monitor", "user"], reads: ["CURRENT_PERMISSIONS"] },
  { name: "TABLE_COMPLIANCE_CHECK", schema: "MCP", readers: ["monitor", "service"], owner: "deployer" },
  { name: "DEAD_LETTERS", schema: "MCP", readers: ["monitor"] },
  { name: "ORPHANED_EVENTS", schema: "MCP", readers: ["monitor"] },
  { name: "RECEIVED_EVENTS", schema: "MCP", readers: ["admin"] },
  { name: "ACTION_CATALOG", schema: "MCP", readers: ["monitor", "user"] },
  { name: "EVENT_ID_SPEC", schema: "MCP", readers: ["monitor", "user"] },
  { name: "QUERY_ACTIVITY_LAST_24H", schema: "MCP", readers: ["monitor"] },
  {
    name: "USER_RUNTIME_LAST_24H",
    schema: "MCP",
    readers: ["monitor"],
    reads: ["CURRENT_PERMISSIONS", "CURRENT_CONFIG"],
  },
  { name: "PERMISSION_CHANGES_LAST_30D", schema: "MCP", readers: ["monitor"] },
  { name: "QUERY_REJECTIONS_LAST_7D", schema: "MCP", readers: ["monitor"] },
  { name: "SYSTEM_HEALTH_HOURLY", schema: "MCP", readers: ["monitor"] },
  { name: "SCHEMA_VERSION_MAP", schema: "MCP", readers: ["monitor"] },
  { name: "EVENT_TIME_QUALITY", schema: "MCP", readers: ["monitor"], reads: ["CURRENT_CONFIG"] },
  { name: "OPEN_ALERTS", schema: "MCP", readers: ["monitor", "user"] },
];

/** Every procedure of the warehouse. */
export const PROCEDURES: readonly ProcedureEntry[] = [
  { name: "SAFE_INSERT_EVENT", arguments: ["VARIANT", "VARCHAR"], callers: ["ingest"] },
  { name: "INGEST_EVENTS", arguments: ["VARIANT", "VARCHAR"], callers: ["ingest"] },
  { name: "VALIDATE_QUERY_PLAN", arguments: ["VARIANT"], callers: ["user", "monitor"] },
  { name: "EXECUTE_QUERY_PLAN", arguments: ["VARIANT"], callers: ["user", "monitor"] },
  { name: "RECORD_TOOL_CALLS", arguments: ["VARIANT"], callers: ["user", "admin"] },
  {
    name: "GRANT_USER_PERMISSION",
    arguments: ["VARCHAR", "VARCHAR", "NUMBER", "NUMBER", "NUMBER", "VARCHAR", "VARCHAR", "VARCHAR"],
    callers: ["admin"],
  },
  {
    name: "DENY_USER_PERMISSION",
    arguments: ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"],
    callers: ["admin"],
  },
  { name: "REVOKE_USER_PERMISSION", arguments: ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"], callers: ["admin"] },
  { name: "ADD_GROUP_MEMBER", arguments: ["VARCHAR", "VARCHAR"], callers: ["admin"] },
  { name: "REMOVE_GROUP_MEMBER", arguments: ["VARCHAR", "VARCHAR"], callers: ["admin"] },
  { name: "CREATE_MCP_USER", arguments: ["VARCHAR", "VARCHAR", "VARCHAR"], callers: ["admin"], userManagement: true },
  { name: "ENABLE_MCP_USER", arguments: ["VARCHAR"], callers: ["admin"], userManagement: true },
  { name: "DISABLE_MCP_USER", arguments: ["VARCHAR"], callers: ["admin"], userManagement: true },
  { name: "SET_CONFIG", arguments: ["VARCHAR", "VARIANT"], callers: ["admin"] },
  { name: "EXPORT_EVENTS", arguments: ["VARCHAR", "VARCHAR", "VARCHAR"], callers: ["admin"] },
  { name: "BACKFILL_EVENTS", arguments: ["VARCHAR", "NUMBER"], callers: ["admin"] },
  { name: "REFRESH_NOW", arguments: [], callers: ["admin"], owner: "deployer" },
  { name: "RECORD_ALERT", arguments: ["VARCHAR", "VARIANT"], callers: ["admin"] },
  { name: "RUN_EDGE_CASE_TESTS", arguments: [], callers: ["admin"] },
  { name: "STRESS_TEST_INSERTS", arguments: ["NUMBER", "NUMBER"], callers: ["admin"] },
];

/** Every alert of the warehouse; each calls RECORD_ALERT with its name. */
export const ALERTS: readonly AlertEntry[] = [
  { name: "REFRESH_LAG", everyMinutes: 5 },
  { name: "REFRESH_FAILURE", everyMinutes: 5 },
  { name: "DEAD_LETTERS", everyMinutes: 15 },
  { name: "THIRD_TABLE", everyMinutes: 60 },
  { name: "CREDIT_BUDGET", everyMinutes: 60 },
];

/** Columns of the landing table, in order. */
export const LANDING_COLUMNS = ["PAYLOAD", "_SOURCE_LANE", "_RECV_AT"] as const;
