import type { ObjectKind } from "../catalogue/model";

/**
 * What can be granted on what. Data, not code: GRANT, REVOKE, ALL PRIVILEGES, SHOW GRANTS and the tests read this table.
 * Source: https://docs.snowflake.com/en/user-guide/security-access-control-privileges
 */
export interface ObjectPrivileges {
  /** As SQL says it, `DYNAMIC TABLE`. */
  type: string;
  kind: ObjectKind;
  /** All grantable privileges but OWNERSHIP; what ALL stands for. */
  privileges: readonly string[];
  level: "ACCOUNT OBJECT" | "DATABASE" | "SCHEMA" | "SCHEMA OBJECT" | "DATABASE OBJECT";
  /** `GRANT … ON FUTURE` is possible. */
  future: boolean;
  /** The privilege that creates one: on the schema, the database or the account. */
  create?: string;
}

/** Classes of Snowflake: instances of them cannot be made here. */
const CLASSES = [
  "SNOWFLAKE.CORE.BUDGET",
  "SNOWFLAKE.DATA_PRIVACY.CLASSIFICATION_PROFILE",
  "SNOWFLAKE.DATA_PRIVACY.CUSTOM_CLASSIFIER",
  "SNOWFLAKE.ML.ANOMALY_DETECTION",
  "SNOWFLAKE.ML.CLASSIFICATION",
  "SNOWFLAKE.ML.DOCUMENT_INTELLIGENCE",
  "SNOWFLAKE.ML.FORECAST",
  "SNOWFLAKE.ML.TOP_INSIGHTS",
].map((name) => `CREATE ${name}`);

const SCHEMA_PRIVILEGES = [
  "EXECUTE AUTO CLASSIFICATION",
  "ADD SEARCH OPTIMIZATION",
  "APPLYBUDGET",
  "CREATE AGENT",
  "CREATE AGGREGATION POLICY",
  "CREATE ALERT",
  "CREATE AUTHENTICATION POLICY",
  "CREATE CONTACT",
  "CREATE CORTEX SEARCH SERVICE",
  "CREATE DATA METRIC FUNCTION",
  "CREATE DATASET",
  "CREATE DBT PROJECT",
  "CREATE DYNAMIC TABLE",
  "CREATE EVENT TABLE",
  "CREATE EXTERNAL TABLE",
  "CREATE FILE FORMAT",
  "CREATE FUNCTION",
  "CREATE GIT REPOSITORY",
  "CREATE HYBRID TABLE",
  "CREATE ICEBERG TABLE",
  "CREATE IMAGE REPOSITORY",
  "CREATE INTERACTIVE TABLE",
  "CREATE JOIN POLICY",
  "CREATE MASKING POLICY",
  "CREATE MATERIALIZED VIEW",
  "CREATE MCP SERVER",
  "CREATE MODEL",
  "CREATE NETWORK RULE",
  "CREATE NOTEBOOK",
  "CREATE ONLINE FEATURE TABLE",
  "CREATE PACKAGES POLICY",
  "CREATE PASSWORD POLICY",
  "CREATE PIPE",
  "CREATE PRIVACY POLICY",
  "CREATE PROCEDURE",
  "CREATE PROJECTION POLICY",
  "CREATE ROW ACCESS POLICY",
  "CREATE SECRET",
  "CREATE SEMANTIC VIEW",
  "CREATE SEQUENCE",
  "CREATE SERVICE",
  "CREATE SESSION POLICY",
  "CREATE SNAPSHOT",
  "CREATE STAGE",
  "CREATE STORAGE LIFECYCLE POLICY",
  "CREATE STREAM",
  "CREATE STREAMLIT",
  "CREATE TABLE",
  "CREATE TAG",
  "CREATE TASK",
  "CREATE TEMPORARY TABLE",
  "CREATE TYPE",
  "CREATE VIEW",
  "CREATE WORKSPACE",
  "MANAGE GRANTS",
  "MODIFY",
  "MONITOR",
  "USAGE",
  ...CLASSES,
];

/** Of the organization's administrator: no role of an account without one may grant them. */
export const OF_ORGANIZATION: readonly string[] = [
  "MANAGE LISTING AUTO FULFILLMENT",
  "MANAGE ORGANIZATION SUPPORT CASES",
];

export const GLOBAL_PRIVILEGES: readonly string[] = [
  "APPLY AGGREGATION POLICY",
  "APPLY AUTHENTICATION POLICY",
  "APPLY CONTACT",
  "APPLY JOIN POLICY",
  "APPLY MASKING POLICY",
  "APPLY PACKAGES POLICY",
  "APPLY PASSWORD POLICY",
  "APPLY PRIVACY POLICY",
  "APPLY PROJECTION POLICY",
  "APPLY ROW ACCESS POLICY",
  "APPLY SESSION POLICY",
  "APPLY STORAGE LIFECYCLE POLICY",
  "APPLY TAG",
  "ATTACH POLICY",
  "AUDIT",
  "BIND SERVICE ENDPOINT",
  "CANCEL QUERY",
  "CREATE ACCOUNT",
  "CREATE APPLICATION",
  "CREATE APPLICATION PACKAGE",
  "CREATE COMPUTE POOL",
  "CREATE DATABASE",
  "CREATE EXTERNAL VOLUME",
  "CREATE FAILOVER GROUP",
  "CREATE INTEGRATION",
  "CREATE LISTING",
  "CREATE NETWORK POLICY",
  "CREATE NOTIFICATION INTEGRATION",
  "CREATE ORGANIZATION LISTING",
  "CREATE ORGANIZATION PROFILE",
  "CREATE REPLICATION GROUP",
  "CREATE ROLE",
  "CREATE SHARE",
  "CREATE STORAGE INTEGRATION",
  "CREATE USER",
  "CREATE WAREHOUSE",
  "EXECUTE ALERT",
  "EXECUTE DATA METRIC FUNCTION",
  "EXECUTE MANAGED ALERT",
  "EXECUTE MANAGED TASK",
  "EXECUTE TASK",
  "IMPORT ORGANIZATION LISTING",
  "IMPORT SHARE",
  "MANAGE ACCOUNT SUPPORT CASES",
  "MANAGE CALLER GRANTS",
  "MANAGE GRANTS",
  ...OF_ORGANIZATION,
  "MANAGE SHARE TARGET",
  "MANAGE USER SUPPORT CASES",
  "MANAGE VISIBILITY",
  "MANAGE WAREHOUSES",
  "MODIFY LOG EVENT LEVEL",
  "MODIFY LOG LEVEL",
  "MODIFY METRIC LEVEL",
  "MODIFY SESSION LOG LEVEL",
  "MODIFY SESSION METRIC LEVEL",
  "MODIFY SESSION TRACE LEVEL",
  "MODIFY TRACE LEVEL",
  "MONITOR",
  "MONITOR EXECUTION",
  "MONITOR ROLE",
  "MONITOR SECURITY",
  "MONITOR USAGE",
  "MONITOR USER",
  "OVERRIDE SHARE RESTRICTIONS",
  "PURCHASE DATA EXCHANGE LISTING",
  "READ SESSION",
  "RESOLVE ALL",
  "USE AI FUNCTIONS",
  "VIEW LINEAGE",
];

/** Global privileges that MANAGE GRANTS does not pass on: the account administrator grants them. */
export const ACCOUNTADMIN_GRANTS: ReadonlySet<string> = new Set([
  "BIND SERVICE ENDPOINT",
  "CREATE ACCOUNT",
  "CREATE APPLICATION",
  "CREATE APPLICATION PACKAGE",
  "CREATE COMPUTE POOL",
  "CREATE DATABASE",
  "CREATE FAILOVER GROUP",
  "CREATE INTEGRATION",
  "CREATE LISTING",
  "CREATE NOTIFICATION INTEGRATION",
  "CREATE REPLICATION GROUP",
  "CREATE SHARE",
  "CREATE STORAGE INTEGRATION",
  "CREATE WAREHOUSE",
  "EXECUTE ALERT",
  "EXECUTE MANAGED TASK",
  "EXECUTE TASK",
  "IMPORT SHARE",
  "MANAGE WAREHOUSES",
  "MONITOR EXECUTION",
  "MONITOR USAGE",
  "READ SESSION",
]);

const schemaObject = (kind: ObjectKind, privileges: readonly string[], future = true): ObjectPrivileges => {
  const type = kind.replaceAll("_", " ");
  return { type, kind, privileges, level: "SCHEMA OBJECT", future, create: `CREATE ${type}` };
};

const accountObject = (kind: ObjectKind, privileges: readonly string[], create = true): ObjectPrivileges => {
  const type = kind.replaceAll("_", " ");
  return {
    type,
    kind,
    privileges,
    level: "ACCOUNT OBJECT",
    future: false,
    ...(create ? { create: `CREATE ${type}` } : {}),
  };
};

/** Tables and views are granted the same things, whether these make sense on a view or not. */
const RELATION_PRIVILEGES: readonly string[] = [
  "APPLYBUDGET",
  "DELETE",
  "DELETE ERROR TABLE",
  "EVOLVE SCHEMA",
  "INSERT",
  "REBUILD",
  "REFERENCES",
  "SELECT",
  "SELECT ERROR TABLE",
  "TRUNCATE",
  "UPDATE",
];

/** Grantable, but not part of ALL. */
export const NOT_IN_ALL: ReadonlySet<string> = new Set([
  "MANAGE GRANTS",
  "REFERENCE_USAGE",
  ...CLASSES,
  ...OF_ORGANIZATION,
]);

const TABLE_LIKE = ["APPLYBUDGET", "DELETE", "INSERT", "REFERENCES", "SELECT", "TRUNCATE", "UPDATE"];

/** Kinds that there are none of here: ON ALL of them is ON nothing, ON FUTURE of them is kept and shown. */
const ABSENT: Readonly<Record<string, readonly string[]>> = {
  AGENT: ["MODIFY", "MONITOR", "USAGE"],
  "CORTEX SEARCH SERVICE": ["OPERATE", "USAGE"],
  DATASET: ["USAGE"],
  "DBT PROJECT": ["MONITOR", "USAGE"],
  "EVENT TABLE": ["APPLYBUDGET", "DELETE", "REFERENCES", "SELECT", "TRUNCATE"],
  "EXTERNAL TABLE": ["REFERENCES", "SELECT"],
  "GIT REPOSITORY": ["READ", "WRITE"],
  "ICEBERG TABLE": TABLE_LIKE,
  "IMAGE REPOSITORY": ["READ", "WRITE"],
  MODEL: ["READ", "USAGE"],
  NOTEBOOK: ["USAGE"],
  "SEMANTIC VIEW": ["MONITOR", "REFERENCES", "SELECT"],
  SERVICE: ["MONITOR", "OPERATE", "USAGE"],
};

/** What could be granted on objects of a kind that there are none of here. */
export function privilegesOfAbsent(type: string): ObjectPrivileges | undefined {
  const privileges = ABSENT[type];
  if (!privileges) return undefined;
  const kind = type.replaceAll(" ", "_") as ObjectKind;
  return { type, kind, privileges, level: "SCHEMA OBJECT", future: true };
}

export const OBJECT_PRIVILEGES: readonly ObjectPrivileges[] = [
  { type: "ACCOUNT", kind: "ACCOUNT", privileges: GLOBAL_PRIVILEGES, level: "ACCOUNT OBJECT", future: false },
  {
    type: "DATABASE",
    kind: "DATABASE",
    privileges: [
      "APPLYBUDGET",
      "CREATE DATABASE ROLE",
      "CREATE SCHEMA",
      "EXECUTE AUTO CLASSIFICATION",
      "MANAGE GRANTS",
      "MODIFY",
      "MONITOR",
      "REFERENCE_USAGE",
      "USAGE",
    ],
    level: "DATABASE",
    future: false,
    create: "CREATE DATABASE",
  },
  {
    type: "SCHEMA",
    kind: "SCHEMA",
    privileges: SCHEMA_PRIVILEGES,
    level: "SCHEMA",
    future: true,
    create: "CREATE SCHEMA",
  },
  {
    type: "DATABASE ROLE",
    kind: "DATABASE_ROLE",
    privileges: [],
    level: "DATABASE OBJECT",
    future: false,
    create: "CREATE DATABASE ROLE",
  },
  accountObject("WAREHOUSE", ["APPLYBUDGET", "MODIFY", "MONITOR", "OPERATE", "USAGE"]),
  accountObject("ROLE", []),
  accountObject("USER", ["IMPERSONATE", "MODIFY PROGRAMMATIC AUTHENTICATION METHODS", "MONITOR"]),
  accountObject("NETWORK_POLICY", ["USAGE"]),
  accountObject("INTEGRATION", ["USAGE", "USE_ANY_ROLE"]),
  accountObject("SHARE", []),
  accountObject("CONNECTION", ["FAILOVER"], false),
  // Only an account administrator may create resource monitors; there is no privilege for it.
  accountObject("RESOURCE_MONITOR", ["MODIFY", "MONITOR"], false),
  schemaObject("TABLE", RELATION_PRIVILEGES),
  schemaObject("VIEW", [...RELATION_PRIVILEGES, "VIEW EXPANDED QUERY PROFILE"]),
  schemaObject("MATERIALIZED_VIEW", ["APPLYBUDGET", "REFERENCES", "SELECT"]),
  schemaObject("DYNAMIC_TABLE", ["MONITOR", "OPERATE", "SELECT"]),
  schemaObject("STREAM", ["SELECT"]),
  schemaObject("SEQUENCE", ["USAGE"]),
  schemaObject("PROCEDURE", ["MONITOR", "USAGE"]),
  schemaObject("FUNCTION", ["MONITOR", "USAGE"]),
  schemaObject("STAGE", ["READ", "USAGE", "WRITE"]),
  schemaObject("FILE_FORMAT", ["USAGE"]),
  schemaObject("PIPE", ["APPLYBUDGET", "MONITOR", "OPERATE"]),
  schemaObject("ALERT", ["MONITOR", "OPERATE"]),
  schemaObject("TASK", ["APPLYBUDGET", "MONITOR", "OPERATE"]),
  schemaObject("NETWORK_RULE", ["USAGE"]),
  schemaObject("SECRET", ["READ", "USAGE"]),
  schemaObject("PASSWORD_POLICY", []),
  schemaObject("AUTHENTICATION_POLICY", []),
  schemaObject("STREAMLIT", ["USAGE"]),
  schemaObject("MASKING_POLICY", ["APPLY"]),
  schemaObject("ROW_ACCESS_POLICY", ["APPLY"]),
  schemaObject("TAG", ["APPLY", "APPLYBUDGET", "MODIFY", "MONITOR", "READ"], false),
];

const byType = new Map(OBJECT_PRIVILEGES.map((entry) => [entry.type, entry]));
const byKind = new Map(OBJECT_PRIVILEGES.map((entry) => [entry.kind, entry]));

/** By the words of GRANT, singular, upper case; undefined for kinds of objects that do not exist here. */
export const privilegesOfType = (type: string): ObjectPrivileges | undefined => byType.get(type);

export const privilegesOfKind = (kind: ObjectKind): ObjectPrivileges | undefined => byKind.get(kind);

/** Kinds that can be granted in general: all but the grants themselves. */
export const isSecurable = (kind: ObjectKind): boolean => byKind.has(kind);
