import type { CreateObject, ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptClause, acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";

interface ObjectSyntax {
  /** Clauses whose value follows without `=`. */
  clauses?: readonly string[];
  /** Clauses that are words alone. */
  flags?: readonly string[];
}

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
const BACKUP_POLICY: ObjectSyntax = { flags: ["WITH RETENTION LOCK"] };
const PLAIN: ObjectSyntax = {};

/** Objects that are a name and a list of properties, with the clauses that are none. */
export const CREATED_OBJECTS: ReadonlyMap<ObjectType, ObjectSyntax> = new Map<ObjectType, ObjectSyntax>([
  ["ACCOUNT", PLAIN],
  ["API INTEGRATION", PLAIN],
  ["APPLICATION PACKAGE", PLAIN],
  ["APPLICATION ROLE", PLAIN],
  ["ARTIFACT REPOSITORY", PLAIN],
  ["AUTHENTICATION POLICY", PLAIN],
  ["BACKUP POLICY", BACKUP_POLICY],
  ["BACKUP SET", BACKUP_SET],
  ["CATALOG INTEGRATION", PLAIN],
  ["COMPUTE POOL", { clauses: ["FOR APPLICATION"] }],
  ["CONNECTION", { clauses: ["AS REPLICA OF"] }],
  ["CONTACT", PLAIN],
  ["DATABASE ROLE", PLAIN],
  ["EXTERNAL ACCESS INTEGRATION", PLAIN],
  ["EXTERNAL VOLUME", PLAIN],
  ["FEATURE POLICY", PLAIN],
  ["FILE FORMAT", PLAIN],
  ["GIT REPOSITORY", PLAIN],
  ["IMAGE REPOSITORY", PLAIN],
  ["INTEGRATION", PLAIN],
  ["INTERACTIVE WAREHOUSE", { clauses: ["TABLES"] }],
  ["MAINTENANCE POLICY", PLAIN],
  ["MANAGED ACCOUNT", PLAIN],
  ["NETWORK POLICY", PLAIN],
  ["NETWORK RULE", PLAIN],
  ["NOTEBOOK", { clauses: ["FROM"] }],
  ["NOTIFICATION INTEGRATION", PLAIN],
  ["ORGANIZATION ACCOUNT", PLAIN],
  ["PACKAGES POLICY", { clauses: ["LANGUAGE"] }],
  ["PASSWORD POLICY", PLAIN],
  ["ROLE", PLAIN],
  ["SECRET", PLAIN],
  ["SECURITY INTEGRATION", PLAIN],
  ["SESSION POLICY", PLAIN],
  ["SHARE", PLAIN],
  ["SNAPSHOT POLICY", BACKUP_POLICY],
  ["SNAPSHOT SET", BACKUP_SET],
  ["STAGE", PLAIN],
  ["STORAGE INTEGRATION", PLAIN],
  ["STREAMLIT", { clauses: ["FROM", "VERSION"] }],
  ["USER", PLAIN],
  ["WAREHOUSE", PLAIN],
]);

/** https://docs.snowflake.com/en/sql-reference/sql/create */
export function parseCreateObject(cursor: Cursor, head: CreateHead): CreateObject {
  const object: CreateObject = {
    kind: "CreateObject",
    objectType: head.objectType,
    ...parseCreateStart(cursor, head),
    temporary: head.modifiers.has("TEMPORARY"),
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  const syntax = CREATED_OBJECTS.get(head.objectType) ?? PLAIN;
  while (acceptObjectClause(cursor, object, syntax));
  object.span = cursor.span(head.start);
  return object;
}

function acceptObjectClause(cursor: Cursor, object: CreateObject, syntax: ObjectSyntax): boolean {
  if (cursor.atStatementEnd) return false;
  if (cursor.is("CLONE") && object.clone === undefined) {
    object.clone = acceptClone(cursor);
    return true;
  }
  // `CREATE WAREHOUSE w WITH WAREHOUSE_SIZE = …`
  if (cursor.is("WITH") && cursor.peek(2).keyword === "=") cursor.next();
  const property =
    acceptFlag(cursor, "COPY GRANTS", ...(syntax.flags ?? [])) ??
    acceptComment(cursor) ??
    (isProperty(cursor) ? parseProperty(cursor) : acceptClause(cursor, syntax.clauses ?? []));
  if (property === undefined) return acceptGovernance(cursor, object);
  object.properties.push(property);
  if (cursor.is(",") && cursor.peek().kind === "Word" && cursor.peek(2).keyword === "=") cursor.next();
  return true;
}
