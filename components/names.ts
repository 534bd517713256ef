/** The five roles the warehouse knows, and the one that deploys it. */
export type RoleKey = "service" | "admin" | "monitor" | "user" | "ingest" | "deployer";
export type WarehouseKey = "query" | "refresh";
export type SchemaKey = "LANDING" | "ACTIVITY" | "MCP";

/** Every account-level and database name of one environment. */
export interface Names {
  database: string;
  schemas: readonly SchemaKey[];
  warehouses: Record<WarehouseKey, string>;
  roles: Record<RoleKey, string>;
  resourceMonitor: string;
  /** What the stream is about: `CUSTOMER` gives `ACTIVITY.CUSTOMER_STREAM`. */
  entity: string;
}

/** What the names are made of; all are plain upper-case identifiers already. */
export interface NameArgs {
  /** Base name of the database, e.g. `CLAUDE_BI`. */
  database: string;
  /** Appended with an underscore to every account-level name, so that environments share an account; may be empty. */
  environment: string;
  /** Base name of the role that owns database and tables. */
  deployerRole: string;
  /** Entity of the Activity Schema stream. */
  entity: string;
}

/** Roles, warehouses and monitors live in the account, not in the database: the environment tells them apart. */
export function namesOf({ database, environment, deployerRole, entity }: NameArgs): Names {
  const scoped = (base: string) => (environment === "" ? base : `${base}_${environment}`);
  return {
    database: scoped(database),
    schemas: ["LANDING", "ACTIVITY", "MCP"],
    warehouses: { query: scoped("CLAUDE_WAREHOUSE"), refresh: scoped("DT_XS_WH") },
    roles: {
      service: scoped("MCP_SERVICE_ROLE"),
      admin: scoped("MCP_ADMIN_ROLE"),
      monitor: scoped("MCP_MONITOR_ROLE"),
      user: scoped("MCP_USER_ROLE"),
      ingest: scoped("MCP_INGEST_ROLE"),
      deployer: scoped(deployerRole),
    },
    resourceMonitor: scoped(`${database}_CREDITS`),
    entity,
  };
}

/** `DT_HEALTH_MONITOR` → `dtHealthMonitor`: the spelling of an object in the stack outputs. */
export function outputKey(objectName: string): string {
  return objectName.toLowerCase().replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of a view in the database: that of the stream carries the entity. */
export function viewName(catalogueName: string, { entity }: Names): string {
  return catalogueName.replace(/^ENTITY_/, `${entity}_`);
}
