import type { PolicyConfigSchema } from "@pulumi/policy";
import { DEFAULT_SETTINGS } from "../law/index";

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
    accountRole: text("The role that makes warehouses, roles and database.", DEFAULT_SETTINGS.accountRole),
    procedureSchema: text("The schema of the procedures.", DEFAULT_SETTINGS.procedureSchema),
  },
};
