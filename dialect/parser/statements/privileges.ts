import type { GrantObject, ObjectType, Privilege } from "../../ast/index";
import type { Cursor } from "../cursor";
import { CLASSES } from "./classes";
import { SINGULAR_NAMES, TABLE_TYPES } from "./objectTypes";

const list = (text: string): string[] =>
  text
    .split("|")
    .map((name) => name.trim())
    .filter((name) => name !== "");

const under = (verb: string, text: string): string[] => list(text).map((name) => `${verb} ${name}`);

const POLICIES =
  "AGGREGATION | AUTHENTICATION | DATA MOVEMENT | FEATURE | JOIN | MASKING | PACKAGES | PASSWORD | PRIVACY | PROJECTION | ROW ACCESS | SESSION | STORAGE LIFECYCLE";

const GLOBAL = [
  ...under("APPLY", `${POLICIES} | LEGAL HOLD`).map((name) => (name.endsWith("HOLD") ? name : `${name} POLICY`)),
  ...under(
    "APPLY",
    "CONTACT | TAG | BACKUP POLICY | BACKUP RETENTION LOCK | SNAPSHOT POLICY | SNAPSHOT RETENTION LOCK",
  ),
  ...under("EXECUTE", "ALERT | AUTO CLASSIFICATION | DATA METRIC FUNCTION | MANAGED ALERT | MANAGED TASK | TASK"),
  ...under("IMPORT", "SHARE | ORGANIZATION LISTING | ORGANIZATION USER GROUPS"),
  ...under(
    "MANAGE",
    `ACCOUNT SUPPORT CASES | ACCOUNTS | APPLICATION SPECIFICATIONS | BILLING | CALLER GRANTS | CORTEX EXTENSION SECURITY SCAN | DATA QUALITY | EVENT SHARING |
     FIREWALL CONFIGURATION | GRANTS | LISTING AUTO FULFILLMENT | ORGANIZATION | ORGANIZATION ACCESS |
     ORGANIZATION CONTACTS | ORGANIZATION SUPPORT CASES | ORGANIZATION TERMS | ORGANIZATION USERS | ORGANIZATION USER GROUPS |
     POLARIS CONNECTIONS | SERVICE CALLER ACCESS | SHARE TARGET | USER SUPPORT CASES | VISIBILITY | WAREHOUSES`,
  ),
  ...under(
    "MODIFY",
    `EVENT TABLE | LOG LEVEL | LOG EVENT LEVEL | METRIC LEVEL | TRACE LEVEL | SESSION LOG LEVEL | SESSION LOG EVENT LEVEL |
     SESSION METRIC LEVEL | SESSION TRACE LEVEL`,
  ),
  ...under("MONITOR", "CORTEX EXTENSIONS | EXECUTION | ROLE | SECURITY | USAGE | USER"),
  ...under("READ", "SESSION | UNREDACTED AI OBSERVABILITY EVENTS TABLE | UNREDACTED ERROR TABLE"),
  ...list("ATTACH POLICY | AUDIT | MONITOR | BIND SERVICE ENDPOINT | CANCEL QUERY | OVERRIDE SHARE RESTRICTIONS"),
  ...list("PURCHASE DATA EXCHANGE LISTING | REPLICATE | RESOLVE ALL | USE AI FUNCTIONS | VIEW LINEAGE"),
];

const RELATION = list(
  `SELECT | INSERT | UPDATE | DELETE | TRUNCATE | REFERENCES | REBUILD | EVOLVE SCHEMA | SELECT ERROR TABLE |
   DELETE ERROR TABLE | APPLYBUDGET | VIEW EXPANDED QUERY PROFILE | MONITOR | OPERATE | USAGE | APPLY | ADD SEARCH OPTIMIZATION | INGEST TELEMETRY`,
);

const ACCOUNT_OBJECT = [
  ...list(
    `USAGE | MODIFY | MONITOR | OPERATE | APPLYBUDGET | FAILOVER | REPLICATE | USE_ANY_ROLE | IMPORTED PRIVILEGES |
     REFERENCE_USAGE | IMPERSONATE | MODIFY PROGRAMMATIC AUTHENTICATION METHODS | ATTACH LISTING | DEVELOP | INSTALL |
     MANAGE VERSIONS | MANAGE RELEASES | EXECUTE AUTO CLASSIFICATION | RESOLVE ALL | READ`,
  ),
  ...under("APPLY", POLICIES).map((name) => `${name} POLICY`),
];

const CONTAINER = list(
  `USAGE | MODIFY | MONITOR | APPLYBUDGET | ADD SEARCH OPTIMIZATION | ADD SEMANTIC VIEW MATERIALIZATION |
   EXECUTE AUTO CLASSIFICATION | IMPORTED PRIVILEGES | REFERENCE_USAGE | MANAGE GRANTS`,
);
const SCHEMA_OBJECT = list(
  "USAGE | READ | WRITE | SERVICE READ | SERVICE WRITE | APPLY | MONITOR | OPERATE | MODIFY | APPLYBUDGET | CREATE | DROP",
);

const ACCOUNT_OBJECTS: ReadonlySet<ObjectType> = new Set(
  list(
    `USER | RESOURCE MONITOR | WAREHOUSE | COMPUTE POOL | DATABASE | CONNECTION | FAILOVER GROUP | REPLICATION GROUP |
     EXTERNAL VOLUME | APPLICATION PACKAGE | APPLICATION | ORGANIZATION PROFILE`,
  ),
);
const SCHEMA_OBJECTS: ReadonlySet<ObjectType> = new Set(
  list(
    `ALERT | FILE FORMAT | FUNCTION | GIT REPOSITORY | IMAGE REPOSITORY | NETWORK RULE | NOTEBOOK | PIPE | PROCEDURE | SECRET |
     SEQUENCE | SERVICE | STAGE | STREAMLIT | TAG | TASK`,
  ),
);

/** Kinds of object that CREATE … may be granted for and that no page of their own names so. */
const CREATED = list(
  "TEMPORARY TABLE | CREDENTIAL | DATA CONNECTIVITY PROXY | DATA EXCHANGE LISTING | LISTING | PREVIEW APPLICATION | PLACEMENT GROUP",
);

/**
 * Refuses privileges that Snowflake does not have at all, and those that belong to another sort of object: SELECT is of what
 * has rows, CREATE … of what holds objects. Kinds of object that are newer than this list take any.
 * https://docs.snowflake.com/en/sql-reference/sql/grant-privilege, https://docs.snowflake.com/en/user-guide/security-access-control-privileges
 */
export function checkPrivileges(cursor: Cursor, privileges: readonly Privilege[], on: GrantObject): void {
  const known = privilegesOf(on.objectType);
  if (known === undefined) return;
  for (const { name: written, span } of privileges) {
    // `GRANT INHERITED SELECT ON ALL TABLES IN …`
    const inherited = written.startsWith("INHERITED ") ? 1 : 0;
    const name = inherited ? written.slice("INHERITED ".length) : written;
    if (name === "ALL" || name === "OWNERSHIP" || known.names.has(name)) continue;
    if (known.creates && name.startsWith("CREATE ") && isCreated(name.slice("CREATE ".length))) continue;
    if (name.startsWith("USE AI FUNCTION ")) continue;
    throw cursor.unexpectedWord(span, inherited + firstWrongWord(name, known), [...known.names]);
  }
}

interface Known {
  names: ReadonlySet<string>;
  /** CREATE with the kind of an object is one of them. */
  creates: boolean;
}

const known = (names: readonly string[], creates = false): Known => ({ names: new Set(names), creates });
const OF_ACCOUNT = known(GLOBAL, true);
const OF_SCHEMA = known(CONTAINER, true);
const OF_DATABASE = known([...ACCOUNT_OBJECT, ...CONTAINER], true);
const OF_ACCOUNT_OBJECT = known(ACCOUNT_OBJECT);
const OF_RELATION = known(RELATION);
const OF_SCHEMA_OBJECT = known(SCHEMA_OBJECT);

function privilegesOf(objectType: ObjectType): Known | undefined {
  if (objectType === "ACCOUNT") return OF_ACCOUNT;
  if (objectType === "SCHEMA") return OF_SCHEMA;
  if (objectType === "DATABASE") return OF_DATABASE;
  if (ACCOUNT_OBJECTS.has(objectType) || objectType.endsWith("INTEGRATION")) return OF_ACCOUNT_OBJECT;
  if (TABLE_TYPES.has(objectType) || objectType === "VIEW" || objectType === "STREAM") return OF_RELATION;
  if (SCHEMA_OBJECTS.has(objectType) || objectType.endsWith("POLICY")) return OF_SCHEMA_OBJECT;
  return undefined;
}

/** A kind of object, or a class by its full name. */
function isCreated(objectType: string): boolean {
  return (
    SINGULAR_NAMES.has(objectType) ||
    CREATED.includes(objectType) ||
    objectType.includes(".") ||
    CLASSES.has(objectType)
  );
}

/** How many words of the privilege begin one that there is. */
function firstWrongWord(name: string, { names, creates }: Known): number {
  const words = name.split(" ");
  for (let count = 1; count <= words.length; count++) {
    const beginning = words.slice(0, count).join(" ");
    const begins = (other: string): boolean => other === beginning || other.startsWith(`${beginning} `);
    if ((creates && beginning === "CREATE") || [...names].some(begins)) continue;
    if (creates && words[0] === "CREATE" && [...SINGULAR_NAMES].some((type) => begins(`CREATE ${type}`))) continue;
    return count - 1;
  }
  return words.length;
}
