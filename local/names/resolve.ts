import type { Identifier, Name, ObjectName } from "../../dialect/index";
import type { DatabaseDoc, DocOf, ObjectDoc, ObjectKind, RelationDoc, SchemaDoc } from "../catalogue/model";
import { kindText } from "../catalogue/model";
import { doesNotExistOrNotAuthorized, noCurrentDatabase, noCurrentSchema, SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { isVisible } from "../privileges/index";
import { nameParts } from "./parts";
import { printName } from "./print";

/** Where an object is or is to be: its schema, found and visible, and its own name. */
export interface Place {
  database: DatabaseDoc;
  schema: SchemaDoc;
  name: string;
}

const visible = (context: ExecutionContext, doc: ObjectDoc | undefined): boolean =>
  doc !== undefined && isVisible(context, doc);

/** A database by name, visible to the active roles. */
export function resolveDatabase(context: ExecutionContext, name: string): DatabaseDoc {
  const database = context.catalogue.database(name);
  if (!database || !visible(context, database)) throw doesNotExistOrNotAuthorized("Database", printName(name));
  return database;
}

function currentDatabase(context: ExecutionContext, operation: string): DatabaseDoc {
  const id = context.namespace.databaseId;
  const database = id === null ? undefined : context.catalogue.get("DATABASE", id);
  if (!database || database.droppedOn !== undefined) throw noCurrentDatabase(operation);
  return database;
}

/** A schema by `[database.]schema`. */
export function resolveSchema(context: ExecutionContext, name: Name, operation = "this operation"): SchemaDoc {
  const parts = nameParts(context, name);
  const own = parts.at(-1) as string;
  const database =
    parts.length > 1 ? resolveDatabase(context, parts[0] as string) : currentDatabase(context, operation);
  const schema = context.catalogue.schema(database.id, own);
  if (!schema || !visible(context, schema)) {
    throw doesNotExistOrNotAuthorized("Schema", printName(database.name, own));
  }
  return schema;
}

/**
 * Where `[[database.]schema.]name` points; database and schema must exist and be visible, the object need not.
 * `operation` is named when the session has no current database or schema, e.g. `CREATE TABLE`.
 */
export function resolvePlace(context: ExecutionContext, name: Name, operation: string): Place {
  const parts = nameParts(context, name);
  const own = parts.at(-1) as string;
  if (parts.length > 3)
    throw new SnowflakeError("001003", "42000", `SQL compilation error:\nsyntax error: unexpected '${parts.at(-1)}'.`);
  const database =
    parts.length === 3 ? resolveDatabase(context, parts[0] as string) : currentDatabase(context, operation);
  let schema: SchemaDoc | undefined;
  if (parts.length === 1) {
    const id = context.namespace.schemaId;
    schema = id === null ? undefined : context.catalogue.get("SCHEMA", id);
    if (!schema || schema.droppedOn !== undefined) throw noCurrentSchema(operation);
  } else {
    // `database..name` means schema PUBLIC.
    const wanted = (parts.at(-2) as string) || "PUBLIC";
    schema = context.catalogue.schema(database.id, wanted);
    if (!schema || !visible(context, schema)) {
      throw doesNotExistOrNotAuthorized("Schema", printName(database.name, wanted));
    }
  }
  return { database, schema, name: own };
}

/** An object of a schema by name; 002003 when it is missing or invisible. Not for relations (`resolveRelation`) nor routines. */
export function resolveSchemaObject<K extends ObjectKind>(
  context: ExecutionContext,
  kind: K,
  name: Name,
  operation = "this operation",
): DocOf<K> {
  const place = resolvePlace(context, name, operation);
  const doc = context.catalogue.find(kind, place.schema.id, place.name, context.session.id);
  if (!doc || !visible(context, doc))
    throw doesNotExistOrNotAuthorized(titleCase(kind), missingName(context, kind, name, place));
  return doc;
}

/** A table, view or dynamic table; the message says Object, or the kind the statement asked for. */
export function resolveRelation(
  context: ExecutionContext,
  name: Name,
  operation = "SELECT",
  saidKind = "Object",
): RelationDoc {
  const place = resolvePlace(context, name, operation);
  const doc = context.catalogue.relation(place.schema.id, place.name, context.session.id);
  if (!doc || !visible(context, doc)) {
    throw doesNotExistOrNotAuthorized(saidKind, printName(...nameParts(context, name)));
  }
  return doc;
}

/** A warehouse, role, user and other objects of the account. */
export function resolveAccountObject<K extends ObjectKind>(
  context: ExecutionContext,
  kind: K,
  name: Name | Identifier,
): DocOf<K> {
  const own = name.kind === "Identifier" ? name.value : (nameParts(context, name).at(-1) as string);
  const doc = context.catalogue.find(kind, 0, own);
  if (!doc || !visible(context, doc)) throw doesNotExistOrNotAuthorized(titleCase(kind), printName(own));
  return doc;
}

const titleCase = (kind: ObjectKind): string => {
  const text = kindText(kind).toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Kinds whose names are completed in messages; all others are printed as the statement has them. */
const FULL_IN_MESSAGES: ReadonlySet<ObjectKind> = new Set([
  "TASK",
  "ALERT",
  "STAGE",
  "SEQUENCE",
  "FUNCTION",
  "PROCEDURE",
  "MASKING_POLICY",
  "ROW_ACCESS_POLICY",
]);

/** How "does not exist" calls the object that was looked for. */
export const missingName = (context: ExecutionContext, kind: ObjectKind, name: Name, place: Place): string =>
  FULL_IN_MESSAGES.has(kind)
    ? printName(place.database.name, place.schema.name, place.name)
    : printName(...nameParts(context, name));

export { fullName, printName } from "./print";
export type { ObjectName };
