import { z } from "zod";
import { PROCEDURES, VIEWS } from "./catalogue";
import { type Names, outputKey, viewName } from "./names";
import { ACCOUNTADMIN, type Settings } from "./settings";

/** Version of the canonical event id: the first field that is hashed. */
const EVENT_ID_VERSION = "v2";

/** What a stack tells the apps: how to reach the account and what everything is called. Holds no secret. */
export const outputsSchema = z.object({
  account: z.object({
    account: z.string().describe("ORGANIZATION-ACCOUNT"),
    host: z.string().describe("Host name of the account's endpoint"),
    protocol: z.enum(["https", "http"]),
    port: z.number().int(),
  }),
  database: z.string(),
  schemas: z.object({ landing: z.string(), activity: z.string(), mcp: z.string() }).describe("Fully qualified"),
  warehouses: z.object({ query: z.string(), refresh: z.string() }),
  roles: z.object({
    service: z.string(),
    admin: z.string(),
    monitor: z.string().optional().describe("Watches; stacks deployed before it was there have none"),
    user: z.string(),
    ingest: z.string(),
    deployer: z.string(),
    account: z.string().default(ACCOUNTADMIN).describe("Makes warehouses, roles and the database"),
  }),
  tables: z.object({ rawEvents: z.string(), events: z.string() }).describe("The two tables, fully qualified"),
  views: z.record(z.string(), z.string()).describe("Name in camel case → fully qualified name"),
  procedures: z.record(z.string(), z.string()).describe("Name in camel case → fully qualified name"),
  targetLag: z.string(),
  eventIdVersion: z.literal(EVENT_ID_VERSION),
});

export type WarehouseOutputs = z.output<typeof outputsSchema>;

/** Computes the outputs from settings and names alone. */
export function outputsOf(settings: Settings, names: Names): WarehouseOutputs {
  const { database } = names;
  const protocol = settings.protocol;
  return {
    account: {
      account: settings.account,
      host: settings.host ?? `${settings.account.toLowerCase().replace(/_/g, "-")}.snowflakecomputing.com`,
      protocol,
      port: settings.port ?? (protocol === "https" ? 443 : 80),
    },
    database,
    schemas: { landing: `${database}.LANDING`, activity: `${database}.ACTIVITY`, mcp: `${database}.MCP` },
    warehouses: names.warehouses,
    roles: { ...names.roles, account: settings.accountRole },
    tables: { rawEvents: `${database}.LANDING.RAW_EVENTS`, events: `${database}.ACTIVITY.EVENTS` },
    views: Object.fromEntries(
      VIEWS.map((entry) => [outputKey(entry.name), `${database}.${entry.schema}.${viewName(entry.name, names)}`]),
    ),
    procedures: Object.fromEntries(PROCEDURES.map(({ name }) => [outputKey(name), `${database}.MCP.${name}`])),
    targetLag: settings.targetLag,
    eventIdVersion: EVENT_ID_VERSION,
  };
}
