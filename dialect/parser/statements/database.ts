import type { CreateDatabase, CreateSchema, Name, Property, StringLiteral } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptComment, acceptFlag, isProperty, parseProperty, parsePropertyValue } from "../properties";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";

/** The words behind which a database or schema comes from somewhere else; the longest first. */
const ORIGINS = [
  "FROM SHARE",
  "FROM LISTING",
  "FROM BACKUP SET",
  "FROM SNAPSHOT SET",
  "FROM APPLICATION PACKAGE",
  "AS REPLICA OF",
];

type Container = CreateDatabase | CreateSchema;

/** https://docs.snowflake.com/en/sql-reference/sql/create-database and …/create-database-catalog-linked */
export function parseCreateDatabase(cursor: Cursor, head: CreateHead): CreateDatabase {
  const database: CreateDatabase = {
    kind: "CreateDatabase",
    ...parseCreateStart(cursor, head),
    transient: head.modifiers.has("TRANSIENT"),
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  while (acceptClause(cursor, database));
  database.span = cursor.span(head.start);
  return database;
}

/** https://docs.snowflake.com/en/sql-reference/sql/create-schema */
export function parseCreateSchema(cursor: Cursor, head: CreateHead): CreateSchema {
  const schema: CreateSchema = {
    kind: "CreateSchema",
    ...parseCreateStart(cursor, head),
    transient: head.modifiers.has("TRANSIENT"),
    managedAccess: false,
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  if (head.objectType === "VERSIONED SCHEMA") schema.versioned = true;
  for (;;) {
    if (cursor.acceptSequence("WITH", "MANAGED", "ACCESS")) schema.managedAccess = true;
    else if (!acceptClause(cursor, schema)) break;
  }
  schema.span = cursor.span(head.start);
  return schema;
}

function acceptClause(cursor: Cursor, into: Container): boolean {
  if (cursor.atStatementEnd) return false;
  if (into.clone === undefined && cursor.is("CLONE")) into.clone = acceptClone(cursor);
  else if (into.origin === undefined && acceptOrigin(cursor, into)) return true;
  else {
    const flag = acceptFlag(
      cursor,
      "IGNORE TABLES WITH INSUFFICIENT DATA RETENTION",
      "IGNORE HYBRID TABLES",
      "COPY TAGS",
    );
    const property = flag ?? acceptComment(cursor) ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property !== undefined) addProperty(into, property);
    else return acceptGovernance(cursor, into);
  }
  if (cursor.is(",") && cursor.peek(2).keyword === "=") cursor.next();
  return true;
}

/** A catalogue-linked database is known by its LINKED_CATALOG property alone. */
function addProperty(into: Container, property: Property): void {
  into.properties.push(property);
  if (property.name === "LINKED_CATALOG") into.origin ??= { type: "LINKED_CATALOG" };
}

function acceptOrigin(cursor: Cursor, into: Container): boolean {
  const type = ORIGINS.find((words) => cursor.acceptSequence(...words.split(" ")));
  if (type === undefined) return false;
  const source: Name | StringLiteral = cursor.isString() ? cursor.string() : cursor.name();
  into.origin = { type, source };
  const { start } = cursor;
  if (cursor.accept("IDENTIFIER")) {
    const value = parsePropertyValue(cursor, "IDENTIFIER");
    into.properties.push({ kind: "Property", name: "IDENTIFIER", value, bare: true, span: cursor.span(start) });
  }
  return true;
}
