import type { ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";

/**
 * Every kind of object that has a page in Snowflake's reference, singular.
 * https://docs.snowflake.com/en/sql-reference/sql-all
 */
const SINGULAR = [
  "ACCOUNT",
  "AGENT",
  "AGGREGATION POLICY",
  "AI FUNCTION",
  "ALERT",
  "API INTEGRATION",
  "APPLICATION",
  "APPLICATION PACKAGE",
  "APPLICATION ROLE",
  "APPLICATION SERVICE",
  "ARTIFACT REPOSITORY",
  "AUTHENTICATION POLICY",
  "BACKUP POLICY",
  "BACKUP SET",
  "BACKUP",
  "CATALOG INTEGRATION",
  "CHANNEL",
  "CLASS",
  "CODE BUNDLE",
  "COLUMN",
  "COMPUTE POOL",
  "CONFIGURATION",
  "CONNECTION",
  "CONTACT",
  "CORTEX EXTENSION",
  "CORTEX SEARCH SERVICE",
  "DATA EXCHANGE",
  "DATA EXCHANGE LISTING",
  "DATA EXCHANGE PROFILE",
  "DATA METRIC FUNCTION",
  "DATA MOVEMENT POLICY",
  "DATA MOVEMENT RULE",
  "DATABASE",
  "DATABASE ROLE",
  "DATASET",
  "DBT PROJECT",
  "DCM PROJECT",
  "DIRECTORY TABLE",
  "DYNAMIC ICEBERG TABLE",
  "DYNAMIC TABLE",
  "EVENT ROUTING TABLE",
  "EVENT TABLE",
  "EXPERIMENT",
  "EXTERNAL ACCESS INTEGRATION",
  "EXTERNAL AGENT",
  "EXTERNAL CONSUMER",
  "EXTERNAL FUNCTION",
  "EXTERNAL LISTING",
  "EXTERNAL TABLE",
  "EXTERNAL VOLUME",
  "FAILOVER GROUP",
  "FEATURE POLICY",
  "FILE FORMAT",
  "FUNCTION",
  "GATEWAY",
  "GIT REPOSITORY",
  "HYBRID TABLE",
  "ICEBERG TABLE",
  "IMAGE REPOSITORY",
  "INDEX",
  "INSTANCE",
  "INTEGRATION",
  "INTERACTIVE MATERIALIZED VIEW",
  "INTERACTIVE TABLE",
  "INTERACTIVE WAREHOUSE",
  "JOIN POLICY",
  "LISTING",
  "MAINTENANCE POLICY",
  "MANAGED ACCOUNT",
  "MASKING POLICY",
  "MATERIALIZED VIEW",
  "MCP SERVER",
  "MODEL",
  "MODEL MONITOR",
  "MULTI PARTY APPROVAL POLICY",
  "NETWORK POLICY",
  "NETWORK RULE",
  "NOTEBOOK",
  "NOTEBOOK PROJECT",
  "NOTIFICATION INTEGRATION",
  "OFFER",
  "ONLINE FEATURE TABLE",
  "OPENFLOW CONNECTOR",
  "OPENFLOW DATA PLANE",
  "OPENFLOW DATA PLANE INTEGRATION",
  "OPENFLOW DEPLOYMENT",
  "OPENFLOW RUNTIME",
  "ORGANIZATION",
  "ORGANIZATION ACCOUNT",
  "ORGANIZATION LISTING",
  "ORGANIZATION PROFILE",
  "ORGANIZATION USER",
  "ORGANIZATION USER GROUP",
  "PACKAGES POLICY",
  "PASSWORD POLICY",
  "PIPE",
  "POSTGRES INSTANCE",
  "PRIVACY POLICY",
  "PROCEDURE",
  "PROJECTION POLICY",
  "PROVISIONED THROUGHPUT",
  "REPLICATION GROUP",
  "RESOURCE MONITOR",
  "RESTRICTED SESSION SCOPE",
  "ROLE",
  "ROW ACCESS POLICY",
  "SCHEMA",
  "SECRET",
  "SECURITY INTEGRATION",
  "SEMANTIC VIEW",
  "SEQUENCE",
  "SERVICE",
  "SERVICE ROLE",
  "SESSION POLICY",
  "SHARE",
  "SNAPSHOT",
  "SNAPSHOT POLICY",
  "SNAPSHOT SET",
  "SNOWFLAKE INTELLIGENCE",
  "SPECIFICATION",
  "STAGE",
  "STORAGE INTEGRATION",
  "STORAGE LIFECYCLE POLICY",
  "STREAM",
  "STREAMLIT",
  "TABLE",
  "TAG",
  "TASK",
  "TRANSACTION",
  "TYPE",
  "USER",
  "VERSIONED SCHEMA",
  "VIEW",
  "WAREHOUSE",
  "WORKSPACE",
] as const;

/** Objects that store rows of their own, and so count as tables. */
export const TABLE_TYPES: ReadonlySet<ObjectType> = new Set([
  "TABLE",
  "HYBRID TABLE",
  "EXTERNAL TABLE",
  "ICEBERG TABLE",
  "EVENT TABLE",
  "INTERACTIVE TABLE",
  "DIRECTORY TABLE",
  "ONLINE FEATURE TABLE",
  "DYNAMIC TABLE",
  "DYNAMIC ICEBERG TABLE",
  "INTERACTIVE MATERIALIZED VIEW",
  "MATERIALIZED VIEW",
]);

/** Objects of an account: their names have one part. https://docs.snowflake.com/en/sql-reference/name-resolution */
const OF_ACCOUNT: ReadonlySet<ObjectType> = new Set([
  "APPLICATION",
  "APPLICATION PACKAGE",
  "COMPUTE POOL",
  "DATABASE",
  "EXTERNAL VOLUME",
  "FAILOVER GROUP",
  "INTERACTIVE WAREHOUSE",
  "MANAGED ACCOUNT",
  "REPLICATION GROUP",
  "RESOURCE MONITOR",
  "ROLE",
  "SHARE",
  "USER",
  "WAREHOUSE",
]);

/** Objects of a database: their names have two parts at most. */
const OF_DATABASE: ReadonlySet<ObjectType> = new Set(["DATABASE ROLE", "SCHEMA"]);

/** How many parts the name of such an object may have. */
export function mostParts(objectType: ObjectType): number {
  if (OF_ACCOUNT.has(objectType) || objectType.endsWith("INTEGRATION")) return 1;
  return OF_DATABASE.has(objectType) ? 2 : 3;
}

/** What SHOW lists besides the plurals of the kinds above. */
const SHOWN = [
  "APPLICATION PACKAGES",
  "AVAILABLE LISTINGS",
  "AVAILABLE OFFERS",
  "AVAILABLE ORGANIZATION PROFILES",
  "BUILTIN FUNCTIONS",
  "CALLER GRANTS",
  "COMPUTE POOL INSTANCE FAMILIES",
  "CORTEX BASE MODELS",
  "DELEGATED AUTHORIZATIONS",
  "DEPLOYMENTS",
  "ENDPOINTS",
  "ENTITIES",
  "EVENT ROUTING TABLE",
  "EXPORTED KEYS",
  "FUTURE GRANTS",
  "GIT BRANCHES",
  "GIT TAGS",
  "GLOBAL ACCOUNTS",
  "GRANTS",
  "IMAGES",
  "IMPORTED KEYS",
  "JOB SERVICES",
  "LOCKS",
  "MATERIALIZATIONS",
  "MFA METHODS",
  "NODES",
  "OBJECTS",
  "OPENFLOW CONNECTOR DEFINITIONS",
  "ORGANIZATION CONTRACTS",
  "PARAMETERS",
  "PRICING PLANS",
  "PRIMARY KEYS",
  "PRIVILEGES",
  "REFERENCES",
  "REGIONS",
  "RELEASE CHANNELS",
  "RELEASE DIRECTIVES",
  "REPLICATION ACCOUNTS",
  "REPLICATION DATABASES",
  "RULES",
  "RUN METRICS",
  "RUN PARAMETERS",
  "RUNS",
  "SEMANTIC DIMENSIONS",
  "SEMANTIC FACTS",
  "SEMANTIC METRICS",
  "SERVICE CONTAINERS",
  "SERVICE INSTANCES",
  "SERVICE VOLUMES",
  "SHARED CONTENT",
  "TELEMETRY EVENT DEFINITIONS",
  "UNIQUE KEYS",
  "USER FUNCTIONS",
  "USER KEY PAIRS",
  "USER PATS",
  "USER PROCEDURES",
  "USER PROGRAMMATIC ACCESS TOKENS",
  "USER WORKLOAD IDENTITY AUTHENTICATION METHODS",
  "VARIABLES",
  "VERSIONS",
];

function pluralOf(type: string): string {
  if (type.endsWith("Y")) return `${type.slice(0, -1)}IES`;
  return /(?:S|X)$/.test(type) ? `${type}ES` : `${type}S`;
}

/** Kinds by their first word, the longest first, so that DATABASE ROLE is found before DATABASE. */
export class ObjectTypes {
  private readonly byFirstWord = new Map<string, string[][]>();

  constructor(
    types: Iterable<string>,
    private readonly abbreviations: Partial<Record<string, ObjectType>> = {},
  ) {
    for (const type of types) {
      const words = type.split(" ");
      const first = words[0] as string;
      const entries = this.byFirstWord.get(first) ?? [];
      entries.push(words);
      entries.sort((a, b) => b.length - a.length);
      this.byFirstWord.set(first, entries);
    }
  }

  /** The kind that stands here, stepped over. */
  accept(cursor: Cursor): ObjectType | undefined {
    const entries = this.byFirstWord.get(cursor.token.keyword);
    const words = entries?.find((w) => cursor.isSequence(...w));
    if (words === undefined) return undefined;
    cursor.acceptSequence(...words);
    return words.join(" ");
  }

  expect(cursor: Cursor): ObjectType {
    const type = this.accept(cursor);
    if (type !== undefined) return type;
    const abbreviated = this.abbreviations[cursor.token.keyword];
    if (abbreviated === undefined) throw cursor.unexpected(["a kind of object"]);
    cursor.next();
    return abbreviated;
  }
}

const SINGULAR_OF = new Map(SINGULAR.map((type) => [pluralOf(type), type as string]));

export const SINGULAR_NAMES: ReadonlySet<ObjectType> = new Set(SINGULAR);

/** `TABLE`, `DYNAMIC TABLE`, … */
export const SINGULAR_TYPES = new ObjectTypes(SINGULAR, { RSS: "RESTRICTED SESSION SCOPE" });

/** `TABLES`, `DYNAMIC TABLES`, … */
export const PLURAL_TYPES = new ObjectTypes(SINGULAR_OF.keys());

/** Whatever may follow SHOW. */
export const SHOWN_TYPES = new ObjectTypes(new Set([...SINGULAR_OF.keys(), ...SHOWN]));

/** The singular of a kind that `PLURAL_TYPES` found. */
export function singularOf(plural: ObjectType): ObjectType {
  return SINGULAR_OF.get(plural) ?? plural;
}
