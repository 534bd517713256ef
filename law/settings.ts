/** What the law governs and what its objects are called. All names as Snowflake stores them. */
export interface LawSettings {
  /** The governed database; default `CLAUDE_BI`. */
  database: string;
  /** The append-only landing table; default `LANDING.RAW_EVENTS`. */
  landing: TableName;
  /** The dynamic table; default `ACTIVITY.EVENTS`. */
  events: TableName;
  /** The lag that the events table must have, in seconds; default 60. */
  targetLagSeconds: number;
  /** The warehouse that refreshes the events table and does nothing else; default `DT_XS_WH`. */
  refreshWarehouse: string;
  /** The only role that writes to the landing table; default `MCP_SERVICE_ROLE`. */
  serviceRole: string;
  /** The role that deploys, and so owns database, schemas and tables; default `TWO_TABLE_DEPLOYER`. */
  deployerRole: string;
  /** The role that makes warehouses, roles and database, and so may hold what that takes; default `ACCOUNTADMIN`. */
  accountRole: string;
  /** The schema of the procedures that write events; default `MCP`. */
  procedureSchema: string;
}

export interface TableName {
  schema: string;
  name: string;
}

export const DEFAULT_SETTINGS: LawSettings = {
  database: "CLAUDE_BI",
  landing: { schema: "LANDING", name: "RAW_EVENTS" },
  events: { schema: "ACTIVITY", name: "EVENTS" },
  targetLagSeconds: 60,
  refreshWarehouse: "DT_XS_WH",
  serviceRole: "MCP_SERVICE_ROLE",
  deployerRole: "TWO_TABLE_DEPLOYER",
  accountRole: "ACCOUNTADMIN",
  procedureSchema: "MCP",
};

/** The settings as a configuration file gives them, under `law`; everything has a default. */
export interface LawConfig {
  database?: string;
  landingTable?: string;
  eventsTable?: string;
  targetLagSeconds?: number;
  refreshWarehouse?: string;
  serviceRole?: string;
  deployerRole?: string;
  accountRole?: string;
  procedureSchema?: string;
}

/**
 * Reads a configuration.
 * @throws Error saying what was found and what was expected
 */
export function lawSettings(config: LawConfig): LawSettings {
  return {
    database: config.database ?? DEFAULT_SETTINGS.database,
    landing: tableName("landingTable", config.landingTable) ?? DEFAULT_SETTINGS.landing,
    events: tableName("eventsTable", config.eventsTable) ?? DEFAULT_SETTINGS.events,
    targetLagSeconds: config.targetLagSeconds ?? DEFAULT_SETTINGS.targetLagSeconds,
    refreshWarehouse: config.refreshWarehouse ?? DEFAULT_SETTINGS.refreshWarehouse,
    serviceRole: config.serviceRole ?? DEFAULT_SETTINGS.serviceRole,
    deployerRole: config.deployerRole ?? DEFAULT_SETTINGS.deployerRole,
    accountRole: config.accountRole ?? DEFAULT_SETTINGS.accountRole,
    procedureSchema: config.procedureSchema ?? DEFAULT_SETTINGS.procedureSchema,
  };
}

function tableName(property: string, value: string | undefined): { schema: string; name: string } | undefined {
  if (value === undefined) return undefined;
  const [schema, name, ...rest] = value.split(".");
  if (!schema || !name || rest.length > 0)
    throw new Error(`two-table-law: ${property} is "${value}"; expected SCHEMA.NAME, such as LANDING.RAW_EVENTS.`);
  return { schema, name };
}
