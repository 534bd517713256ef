import type { PolicyConfigSchema } from "@pulumi/policy";
import { DEFAULT_SETTINGS, type LawSettings } from "../law/index";

/** What `--policy-pack-config` may say under `law`; everything has a default. */
export interface LawConfig {
  database?: string;
  landingTable?: string;
  eventsTable?: string;
  targetLagSeconds?: number;
  refreshWarehouse?: string;
  serviceRole?: string;
  deployerRole?: string;
  procedureSchema?: string;
}

const text = (description: string, fallback: string) => ({ type: "string" as const, description, default: fallback });

export const LAW_CONFIG_SCHEMA: PolicyConfigSchema = {
  properties: {
    database: text("The governed database.", DEFAULT_SETTINGS.database),
    landingTable: text("SCHEMA.NAME of the landing table.", "LANDING.RAW_EVENTS"),
    eventsTable: text("SCHEMA.NAME of the events table.", "ACTIVITY.EVENTS"),
    targetLagSeconds: {
      type: "number",
      description: "The lag of the events table.",
      default: DEFAULT_SETTINGS.targetLagSeconds,
    },
    refreshWarehouse: text("The warehouse that refreshes the events table alone.", DEFAULT_SETTINGS.refreshWarehouse),
    serviceRole: text("The only role that writes to the landing table.", DEFAULT_SETTINGS.serviceRole),
    deployerRole: text("The role that owns database, schemas and tables.", DEFAULT_SETTINGS.deployerRole),
    procedureSchema: text("The schema of the procedures.", DEFAULT_SETTINGS.procedureSchema),
  },
};

/** Reads the configuration; a malformed table name is an error that says what was expected. */
export function lawSettings(config: LawConfig): LawSettings {
  return {
    database: config.database ?? DEFAULT_SETTINGS.database,
    landing: tableName("landingTable", config.landingTable) ?? DEFAULT_SETTINGS.landing,
    events: tableName("eventsTable", config.eventsTable) ?? DEFAULT_SETTINGS.events,
    targetLagSeconds: config.targetLagSeconds ?? DEFAULT_SETTINGS.targetLagSeconds,
    refreshWarehouse: config.refreshWarehouse ?? DEFAULT_SETTINGS.refreshWarehouse,
    serviceRole: config.serviceRole ?? DEFAULT_SETTINGS.serviceRole,
    deployerRole: config.deployerRole ?? DEFAULT_SETTINGS.deployerRole,
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
