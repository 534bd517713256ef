import type { Show } from "../../../dialect/index";
import type { DatabaseDoc, DocOf, ObjectDoc, ObjectKind, SchemaDoc } from "../../catalogue/model";
import { doesNotExistOrNotAuthorized, objectCannotBeOperated, SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { nameParts } from "../../names/parts";
import { printName } from "../../names/resolve";
import { isVisible, ownerOf } from "../../privileges/index";

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Says 002043 where a scope does not exist, as SHOW does. */
function operable<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof SnowflakeError && error.code === "002003") throw objectCannotBeOperated();
    throw error;
  }
}

export function scopeDatabase(context: ExecutionContext, name: string): DatabaseDoc {
  const database = context.catalogue.database(name);
  if (!database || !isVisible(context, database)) throw objectCannotBeOperated();
  return database;
}

export function currentDatabase(context: ExecutionContext): DatabaseDoc | undefined {
  const id = context.namespace.databaseId;
  const database = id === null ? undefined : context.catalogue.get("DATABASE", id);
  return database && database.droppedOn === undefined && isVisible(context, database) ? database : undefined;
}

/** Kinds whose SHOW names the schema or database that does not exist; the others say 002043. */
const NAMES_SCOPE = new Set([
  "ALERTS",
  "AUTHENTICATION POLICIES",
  "CORTEX SEARCH SERVICES",
  "EXTERNAL FUNCTIONS",
  "FUNCTIONS",
  "GIT REPOSITORIES",
  "IMAGE REPOSITORIES",
  "MASKING POLICIES",
  "MATERIALIZED VIEWS",
  "PIPES",
  "PROCEDURES",
  "ROW ACCESS POLICIES",
  "SECRETS",
  "SEQUENCES",
  "STREAMS",
  "TAGS",
  "TASKS",
  "USER FUNCTIONS",
  "USER PROCEDURES",
]);

/** The schemas of the scope that a statement names. Errors: 002003 or 002043 where that does not exist. */
function namedScope(context: ExecutionContext, statement: Show, parts: readonly string[]): SchemaDoc[] {
  const { catalogue } = context;
  const isDatabase = statement.in?.type === "DATABASE";
  try {
    return isDatabase
      ? visibleSchemas(context, scopeDatabase(context, parts[0] as string))
      : [scopeSchema(context, parts)];
  } catch (error) {
    const isMissing = error instanceof SnowflakeError && error.code === "002043";
    if (!isMissing || !NAMES_SCOPE.has(statement.objectType)) throw error;
    const databaseGiven = isDatabase || parts.length > 1 ? (parts.at(isDatabase ? 0 : -2) as string) : undefined;
    const database = databaseGiven === undefined ? currentDatabase(context) : catalogue.database(databaseGiven);
    throw database && !isDatabase && isVisible(context, database)
      ? doesNotExistOrNotAuthorized("Schema", printName(database.name, parts.at(-1) as string))
      : doesNotExistOrNotAuthorized("Database", printName(databaseGiven ?? ""));
  }
}

const visibleSchemas = (context: ExecutionContext, database: DatabaseDoc): SchemaDoc[] =>
  context.catalogue.children("SCHEMA", database.id).filter((schema) => isVisible(context, schema));

function scopeSchema(context: ExecutionContext, parts: readonly string[]): SchemaDoc {
  return operable(() => {
    const own = parts.at(-1) as string;
    const database = parts.length > 1 ? scopeDatabase(context, parts.at(-2) as string) : currentDatabase(context);
    const schema = database && context.catalogue.schema(database.id, own);
    if (!schema || !isVisible(context, schema)) throw objectCannotBeOperated();
    return schema;
  });
}

/** The schemas that SHOW of schema objects looks into: those of the named scope, else of the current database, else all. */
export function schemasInScope(context: ExecutionContext, statement: Show): SchemaDoc[] {
  const { catalogue } = context;
  const all = () => catalogue.all("SCHEMA").filter((schema) => isVisible(context, schema));
  const scope = statement.in;
  if (!scope) {
    const database = currentDatabase(context);
    return database ? visibleSchemas(context, database) : all();
  }
  const parts = scope.name ? nameParts(context, scope.name) : [];
  switch (scope.type) {
    case "ACCOUNT":
      return all();
    case "DATABASE": {
      if (parts.length > 0) return namedScope(context, statement, parts);
      const database = currentDatabase(context);
      if (!database) throw objectCannotBeOperated();
      return visibleSchemas(context, database);
    }
    case "SCHEMA":
    case undefined: {
      if (parts.length > 0) return namedScope(context, statement, parts);
      const id = context.namespace.schemaId;
      const schema = id === null ? undefined : catalogue.get("SCHEMA", id);
      if (!schema || schema.droppedOn !== undefined || !isVisible(context, schema)) throw objectCannotBeOperated();
      return [schema];
    }
    default:
      throw unsupportedFeature(`SHOW ${statement.objectType} IN ${scope.type}`);
  }
}

/** Objects of one kind in the scope that the active roles see, by database, schema and name. HISTORY adds what is dropped and restorable. */
export function schemaObjects<K extends ObjectKind>(context: ExecutionContext, statement: Show, kind: K): DocOf<K>[] {
  const { catalogue } = context;
  const schemas = new Map(schemasInScope(context, statement).map((schema) => [schema.id, schema]));
  const live = [...schemas.keys()].flatMap((id) => catalogue.children(kind, id));
  const dropped = statement.history
    ? catalogue.dropped(kind).filter((doc) => "parentId" in doc && schemas.has(doc.parentId))
    : [];
  return sorted(
    context,
    [...live, ...dropped].filter((doc) => isListed(context, doc)),
  );
}

/** Seen by the roles, of this session where temporary, not one of the server's own helpers. */
export function isListed(context: ExecutionContext, doc: ObjectDoc): boolean {
  return !isOwnHelper(context, doc) && isVisible(context, doc);
}

/** Temporary objects of other sessions, and what the server made for itself. */
export const isOwnHelper = (context: ExecutionContext, doc: ObjectDoc): boolean =>
  ("sessionId" in doc && doc.sessionId !== undefined && doc.sessionId !== context.session.id) ||
  (doc.kind === "SEQUENCE" && doc.hidden === true);

export function sorted<D extends ObjectDoc>(context: ExecutionContext, docs: D[]): D[] {
  return docs.sort(
    (a, b) =>
      compareText(databaseName(context, a), databaseName(context, b)) ||
      compareText(schemaName(context, a), schemaName(context, b)) ||
      compareText(a.name, b.name) ||
      a.createdOn - b.createdOn,
  );
}

const schemaOf = (context: ExecutionContext, doc: ObjectDoc): SchemaDoc | undefined =>
  "parentId" in doc ? context.catalogue.get("SCHEMA", doc.parentId) : undefined;

export const schemaName = (context: ExecutionContext, doc: ObjectDoc): string => schemaOf(context, doc)?.name ?? "";

export function databaseName(context: ExecutionContext, doc: ObjectDoc): string {
  if (!("parentId" in doc)) return "";
  const schema = schemaOf(context, doc);
  return context.catalogue.get("DATABASE", schema ? schema.parentId : doc.parentId)?.name ?? "";
}

export function ownerName(context: ExecutionContext, doc: ObjectDoc): string {
  const id = ownerOf(doc);
  return id === null ? "" : (context.catalogue.byId(id)?.name ?? "");
}

/** `ROLE`, `DATABASE_ROLE`, or empty for what the system owns. */
export function ownerRoleType(context: ExecutionContext, doc: ObjectDoc): string {
  const id = ownerOf(doc);
  return id === null ? "" : (context.catalogue.byId(id)?.kind ?? "");
}
