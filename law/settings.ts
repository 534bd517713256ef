import { parseObjectName } from "./acts/objectName";

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
 * Reads a configuration. Names are read as Snowflake reads them: `claude_bi` is CLAUDE_BI, `"claude_bi"` in double quotes is kept.
 * @throws Error with every problem of it, each saying what was found and what was expected
 */
export function lawSettings(config: LawConfig): LawSettings {
  const problems = Object.keys(config)
    .filter((key) => !(key in READERS))
    .map((key) => `${key} is no setting; there are ${Object.keys(READERS).join(", ")}.`);
  const settings = { ...DEFAULT_SETTINGS };
  for (const [key, read] of Object.entries(READERS)) {
    const value = config[key as keyof LawConfig] as unknown;
    if (value !== undefined && !read(value, settings))
      problems.push(`${key} is ${JSON.stringify(value)}; ${EXPECTED[key] ?? A_NAME}.`);
  }
  if (problems.length > 0) throw new Error(problems.map((problem) => `two-table-law: ${problem}`).join("\n"));
  return settings;
}

const A_NAME = 'expected a name, such as MY_NAME, or one in double quotes such as "my-name"';
const A_TABLE = "expected SCHEMA.NAME, such as LANDING.RAW_EVENTS";

const EXPECTED: Partial<Record<string, string>> = {
  landingTable: A_TABLE,
  eventsTable: A_TABLE,
  targetLagSeconds: "expected a number of seconds, such as 60",
};

/** Puts a value where it belongs; false when it is none. */
type Reader = (value: unknown, settings: LawSettings) => boolean;

const READERS: Record<keyof LawConfig, Reader> = {
  database: name("database"),
  landingTable: table("landing"),
  eventsTable: table("events"),
  targetLagSeconds(value, settings) {
    if (typeof value !== "number" || !(value > 0) || value === Number.POSITIVE_INFINITY) return false;
    settings.targetLagSeconds = value;
    return true;
  },
  refreshWarehouse: name("refreshWarehouse"),
  serviceRole: name("serviceRole"),
  deployerRole: name("deployerRole"),
  accountRole: name("accountRole"),
  procedureSchema: name("procedureSchema"),
};

function name(
  property: "database" | "refreshWarehouse" | "serviceRole" | "deployerRole" | "accountRole" | "procedureSchema",
): Reader {
  return (value, settings) => {
    const [only, ...rest] = partsOf(value);
    if (!only || rest.length > 0) return false;
    settings[property] = only;
    return true;
  };
}

function table(property: "landing" | "events"): Reader {
  return (value, settings) => {
    const [schema, tableName, ...rest] = partsOf(value);
    if (!schema || !tableName || rest.length > 0) return false;
    settings[property] = { schema, name: tableName };
    return true;
  };
}

const partsOf = (value: unknown): string[] => (typeof value === "string" ? (parseObjectName(value) ?? []) : []);
