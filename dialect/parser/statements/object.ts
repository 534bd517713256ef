import type { CloneSource, CreateObject, ObjectType, Property, TagAssignment } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseArguments } from "../expressions/calls";
import { acceptGovernance } from "../governance";
import { acceptClause, acceptComment, acceptFlag, acceptLongName, isProperty, parseProperty } from "../properties";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";
import { expectStage } from "./phrase";

interface ObjectSyntax {
  /** Clauses whose value follows without `=`; of those that begin alike the longest first. */
  clauses?: readonly string[];
  /** The same, whose value is a name. */
  named?: readonly string[];
  /** The same, whose value is a stage. */
  staged?: readonly string[];
  /** The same, whose value is a text. */
  texts?: readonly string[];
  /** Clauses that are words alone. */
  flags?: readonly string[];
  /** The same, whose value is arguments in parentheses. */
  called?: readonly string[];
  /** Properties whose name is more than one word. */
  longNames?: readonly string[];
  /** `FROM SPECIFICATION_FILE = 'x'`, and USING for what fills in a template. */
  isService?: boolean;
  /** Without a clause that begins so, or with one of several parted by `|`, it is no statement. */
  needs?: readonly string[];
}

const GROUP: ObjectSyntax = { named: ["AS REPLICA OF"], flags: ["IGNORE EDITION CHECK"] };
const APPLICATION: ObjectSyntax = {
  named: ["FROM APPLICATION PACKAGE", "USING RELEASE CHANNEL", "USING VERSION"],
  staged: ["USING"],
  clauses: ["FROM LISTING", "PATCH"],
  longNames: ["WITH FEATURE POLICY"],
  needs: ["FROM"],
};
/** https://docs.snowflake.com/en/sql-reference/sql/create-service, …/execute-job-service */
export const SERVICE: ObjectSyntax = {
  named: ["IN COMPUTE POOL"],
  clauses: ["FROM SPECIFICATION_TEMPLATE", "FROM SPECIFICATION"],
  staged: ["FROM"],
  isService: true,
  needs: ["IN COMPUTE POOL", "FROM"],
};

const BACKUP_SET: ObjectSyntax = {
  clauses: [
    "FOR DYNAMIC TABLE",
    "FOR ICEBERG TABLE",
    "FOR TABLE",
    "FOR SCHEMA",
    "FOR DATABASE",
    "WITH BACKUP POLICY",
    "WITH SNAPSHOT POLICY",
  ],
};
/** What an object does is a YAML document, `FROM SPECIFICATION $$…$$`. */
const SPECIFIED: ObjectSyntax = { texts: ["FROM SPECIFICATION"], needs: ["FROM SPECIFICATION"] };
/** The same, `AS $$…$$`. */
const WRITTEN: ObjectSyntax = { texts: ["AS"], needs: ["AS"] };
/** Files are taken over from a stage or a workspace. */
const COPIED: ObjectSyntax = { clauses: ["FROM"], needs: ["FROM"] };
const BACKUP_POLICY: ObjectSyntax = { flags: ["WITH RETENTION LOCK"] };
/** https://docs.snowflake.com/en/sql-reference/sql/create-postgres-instance */
const POSTGRES: ObjectSyntax = {
  named: ["FORK"],
  called: ["AT", "BEFORE"],
  needs: ["FORK|COMPUTE_FAMILY", "FORK|STORAGE_SIZE_GB", "FORK|AUTHENTICATION_AUTHORITY"],
};
const PLAIN: ObjectSyntax = {};

/** Objects that are a name and a list of properties, with the clauses that are none. */
export const CREATED_OBJECTS: ReadonlyMap<ObjectType, ObjectSyntax> = new Map<ObjectType, ObjectSyntax>([
  ["ACCOUNT", PLAIN],
  ["AGENT", SPECIFIED],
  ["API INTEGRATION", PLAIN],
  ["APPLICATION", APPLICATION],
  ["APPLICATION PACKAGE", PLAIN],
  ["APPLICATION ROLE", PLAIN],
  [
    "APPLICATION SERVICE",
    { named: ["FROM ARTIFACT REPOSITORY", "PACKAGE", "VERSION"], needs: ["FROM ARTIFACT REPOSITORY", "PACKAGE"] },
  ],
  ["ARTIFACT REPOSITORY", PLAIN],
  ["AUTHENTICATION POLICY", PLAIN],
  ["BACKUP POLICY", BACKUP_POLICY],
  ["BACKUP SET", BACKUP_SET],
  ["CATALOG INTEGRATION", PLAIN],
  ["CODE BUNDLE", COPIED],
  ["COMPUTE POOL", { clauses: ["FOR APPLICATION"] }],
  ["CONNECTION", { clauses: ["AS REPLICA OF"] }],
  ["CONTACT", PLAIN],
  ["DATA MOVEMENT POLICY", PLAIN],
  ["DATABASE ROLE", PLAIN],
  ["DATASET", PLAIN],
  ["DBT PROJECT", COPIED],
  ["DCM PROJECT", PLAIN],
  ["EVENT ROUTING TABLE", { flags: ["WITH RULES"], needs: ["WITH RULES"] }],
  ["EXPERIMENT", { texts: ["FROM SPECIFICATION"] }],
  ["EXTERNAL ACCESS INTEGRATION", PLAIN],
  ["EXTERNAL AGENT", { named: ["WITH VERSION"] }],
  ["EXTERNAL CONSUMER", PLAIN],
  ["EXTERNAL VOLUME", PLAIN],
  ["FAILOVER GROUP", GROUP],
  ["FEATURE POLICY", PLAIN],
  ["FILE FORMAT", PLAIN],
  ["GATEWAY", SPECIFIED],
  ["GIT REPOSITORY", PLAIN],
  ["IMAGE REPOSITORY", PLAIN],
  ["INTEGRATION", PLAIN],
  ["INTERACTIVE WAREHOUSE", { clauses: ["TABLES"] }],
  ["MAINTENANCE POLICY", PLAIN],
  ["MANAGED ACCOUNT", PLAIN],
  ["MCP SERVER", SPECIFIED],
  ["MODEL", { named: ["WITH VERSION", "FROM MODEL", "VERSION"], staged: ["FROM"], needs: ["FROM"] }],
  ["MODEL MONITOR", { needs: ["MODEL", "FUNCTION", "WAREHOUSE", "REFRESH_INTERVAL", "AGGREGATION_WINDOW"] }],
  ["MULTI PARTY APPROVAL POLICY", WRITTEN],
  ["NETWORK POLICY", PLAIN],
  ["NETWORK RULE", PLAIN],
  ["NOTEBOOK", { clauses: ["FROM"] }],
  ["NOTEBOOK PROJECT", COPIED],
  ["NOTIFICATION INTEGRATION", PLAIN],
  ["OPENFLOW DEPLOYMENT", PLAIN],
  [
    "OPENFLOW RUNTIME",
    { named: ["IN DEPLOYMENT"], needs: ["IN DEPLOYMENT", "NODE_TYPE", "MIN_NODES", "MAX_NODES", "EXECUTE_AS_ROLE"] },
  ],
  ["ORGANIZATION ACCOUNT", PLAIN],
  ["OPENFLOW CONNECTOR", { named: ["IN RUNTIME", "FROM DEFINITION"], texts: ["FROM"], needs: ["IN RUNTIME", "FROM"] }],
  ["ORGANIZATION PROFILE", { texts: ["AS"], named: ["VERSION"], staged: ["FROM"] }],
  ["ORGANIZATION USER", PLAIN],
  ["ORGANIZATION USER GROUP", PLAIN],
  ["PACKAGES POLICY", { clauses: ["LANGUAGE"] }],
  ["PASSWORD POLICY", PLAIN],
  ["POSTGRES INSTANCE", POSTGRES],
  ["PROVISIONED THROUGHPUT", { needs: ["MODEL", "PTUS", "TERM_START", "TERM_END"] }],
  ["REPLICATION GROUP", GROUP],
  ["RESTRICTED SESSION SCOPE", WRITTEN],
  ["ROLE", PLAIN],
  ["SECRET", PLAIN],
  ["SECURITY INTEGRATION", PLAIN],
  ["SERVICE", SERVICE],
  ["SESSION POLICY", PLAIN],
  ["SHARE", PLAIN],
  ["SNAPSHOT", { named: ["FROM SERVICE", "VOLUME"], clauses: ["INSTANCE"], needs: ["FROM", "VOLUME", "INSTANCE"] }],
  ["SNAPSHOT POLICY", BACKUP_POLICY],
  ["SNAPSHOT SET", BACKUP_SET],
  ["SNOWFLAKE INTELLIGENCE", PLAIN],
  ["STAGE", PLAIN],
  ["STORAGE INTEGRATION", PLAIN],
  ["STREAMLIT", { clauses: ["FROM", "VERSION"] }],
  ["USER", PLAIN],
  ["WAREHOUSE", PLAIN],
  ["WORKSPACE", { clauses: ["FROM"] }],
]);

/** https://docs.snowflake.com/en/sql-reference/sql/create */
export function parseCreateObject(cursor: Cursor, head: CreateHead): CreateObject {
  const object: CreateObject = {
    kind: "CreateObject",
    objectType: head.objectType,
    ...parseCreateStart(cursor, head),
    temporary: head.modifiers.has("TEMPORARY"),
    ...(head.modifiers.has("SECURE") && { secure: true }),
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  parseClauses(cursor, object, CREATED_OBJECTS.get(head.objectType) ?? PLAIN);
  object.span = cursor.span(head.start);
  return object;
}

interface Clauses {
  clone?: CloneSource;
  tags: TagAssignment[];
  properties: Property[];
}

/** Clauses, properties and tags in any order, as far as they go. */
export function parseClauses(cursor: Cursor, object: Clauses, syntax: ObjectSyntax): void {
  while (acceptObjectClause(cursor, object, syntax));
  const has = (words: string): boolean => object.properties.some(({ name }) => name.startsWith(words));
  const missing = syntax.needs?.find((alternatives) => !alternatives.split("|").some(has));
  if (missing !== undefined) throw cursor.unexpected(missing.split("|"));
}

function acceptObjectClause(cursor: Cursor, object: Clauses, syntax: ObjectSyntax): boolean {
  if (cursor.atStatementEnd) return false;
  if (cursor.is("CLONE") && object.clone === undefined) {
    object.clone = acceptClone(cursor);
    return true;
  }
  // `CREATE WAREHOUSE w WITH WAREHOUSE_SIZE = …`
  if (cursor.is("WITH") && cursor.peek(2).keyword === "=") cursor.next();
  const property =
    acceptFlag(cursor, "COPY GRANTS", ...(syntax.flags ?? []), ...fromProperty(cursor, syntax)) ??
    acceptComment(cursor) ??
    acceptLongName(cursor, syntax.longNames ?? []) ??
    (isProperty(cursor) ? parseProperty(cursor) : acceptArguments(cursor, syntax)) ??
    acceptClause(cursor, syntax.named ?? [], () => cursor.name()) ??
    acceptClause(cursor, syntax.texts ?? [], () => cursor.string()) ??
    acceptClause(cursor, syntax.clauses ?? []) ??
    acceptClause(cursor, syntax.staged ?? [], () => expectStage(cursor));
  if (property === undefined) return acceptGovernance(cursor, object);
  object.properties.push(property);
  if (cursor.is(",") && cursor.peek().kind === "Word" && cursor.peek(2).keyword === "=") cursor.next();
  return true;
}

const fromProperty = (cursor: Cursor, syntax: ObjectSyntax): string[] =>
  syntax.isService === true && cursor.peek(2).keyword === "=" ? ["FROM"] : [];

/** `USING (tag => 'latest')`, `AT (OFFSET => -60)` */
function acceptArguments(cursor: Cursor, { isService, called = [] }: ObjectSyntax): Property | undefined {
  const { start } = cursor;
  const name = [...called, ...(isService ? ["USING"] : [])].find((word) => cursor.isSequence(word, "("));
  if (name === undefined) return undefined;
  cursor.next();
  const argumentsStart = cursor.start;
  const value = { kind: "PropertyArguments", args: parseArguments(cursor), span: cursor.span(argumentsStart) } as const;
  return { kind: "Property", name, value, bare: true, span: cursor.span(start) };
}
