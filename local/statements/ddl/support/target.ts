import type { Name, DataType as WrittenType } from "../../../../dialect/index";
import type { DatabaseDoc, DocOf, FunctionDoc, ObjectDoc, ObjectKind, ProcedureDoc } from "../../../catalogue/model";
import { kindText, RELATION_KINDS } from "../../../catalogue/model";
import { doesNotExistOrNotAuthorized, noCurrentDatabase, SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameParts } from "../../../names/parts";
import { missingName, printName, resolveDatabase, resolvePlace } from "../../../names/resolve";
import { isVisible } from "../../../privileges/index";
import { privilegesOfType } from "../../../privileges/matrix";
import { resolveType } from "../../../translate/index";

/** `DYNAMIC TABLE` → `Dynamic Table`-like title as messages have it: `Dynamic table`. */
export const titleOf = (type: string): string => type.charAt(0).toUpperCase() + type.slice(1).toLowerCase();

const ALIASES: Record<string, ObjectKind> = {
  USER_FUNCTION: "FUNCTION",
  "EXTERNAL FUNCTION": "FUNCTION",
  "API INTEGRATION": "INTEGRATION",
  "STORAGE INTEGRATION": "INTEGRATION",
  "NOTIFICATION INTEGRATION": "INTEGRATION",
  "SECURITY INTEGRATION": "INTEGRATION",
};

/** The kind of object that the words of a statement name; kinds that do not exist here are refused by name. */
export function kindOfType(type: string, verb = ""): ObjectKind {
  const kind = privilegesOfType(type)?.kind ?? ALIASES[type];
  if (!kind) throw unsupportedFeature(verb ? `${verb} ${type}` : type);
  return kind;
}

/** Statements that complete the name of a relation that they do not find. */
const FULL_IN_OPERATIONS = /^(DROP|ALTER TABLE|ALTER DYNAMIC TABLE)\b/;

/** DROP TABLE takes dynamic tables as well: the SQLAlchemy dialect drops them so. */
const isDropOfTable = (operation: string, specified: ObjectKind, found: ObjectKind): boolean =>
  operation === "DROP" && specified === "TABLE" && found === "DYNAMIC_TABLE";

const isRelation = (kind: ObjectKind): boolean => (RELATION_KINDS as readonly ObjectKind[]).includes(kind);
const ACCOUNT_KINDS: ReadonlySet<ObjectKind> = new Set([
  "WAREHOUSE",
  "ROLE",
  "USER",
  "RESOURCE_MONITOR",
  "NETWORK_POLICY",
  "INTEGRATION",
  "SHARE",
  "CONNECTION",
]);

export const wrongKind = (found: ObjectKind, specified: ObjectKind) =>
  // All in one line, unlike other messages of the compiler.
  new SnowflakeError(
    "002203",
    "02000",
    `SQL compilation error: Object found is of type '${found}', not specified type '${specified}'.`,
  );

/** `(VARCHAR, NUMBER)`: argument types as SHOW and messages print them, without sizes. */
export const signatureTypes = (routine: Pick<ProcedureDoc | FunctionDoc, "arguments">): string =>
  `(${routine.arguments.map((a) => a.type.kind).join(", ")})`;

/** An object named in a statement, whatever its kind. `argumentTypes` belong to procedures and functions. */
export function resolveTarget(
  context: ExecutionContext,
  type: string,
  name: Name,
  argumentTypes: readonly WrittenType[] | undefined,
  operation: string,
): ObjectDoc {
  const kind = kindOfType(type, operation.split(" ")[0]);
  const found = findTarget(context, kind, name, argumentTypes, operation);
  if (found.doc) return found.doc;
  throw doesNotExistOrNotAuthorized(titleOf(kindText(kind)), found.printed);
}

/** As `resolveTarget`, but undefined instead of 002003 when only the object itself is missing; its parents must exist. */
export function findTarget(
  context: ExecutionContext,
  kind: ObjectKind,
  name: Name,
  argumentTypes: readonly WrittenType[] | undefined,
  operation: string,
): { doc?: ObjectDoc; printed: string } {
  const visible = <T extends ObjectDoc>(doc: T | undefined): T | undefined =>
    doc && isVisible(context, doc) ? doc : undefined;
  if (ACCOUNT_KINDS.has(kind) || kind === "DATABASE") {
    const own = nameParts(context, name).at(-1) as string;
    return withDoc(visible(context.catalogue.find(kind, 0, own)), printName(own));
  }
  if (kind === "SCHEMA" || kind === "DATABASE_ROLE") {
    const { database, own } = inDatabase(context, name, operation);
    return withDoc(visible(context.catalogue.find(kind, database.id, own)), printName(database.name, own));
  }
  const place = resolvePlace(context, name, operation);
  const printed =
    (isRelation(kind) && FULL_IN_OPERATIONS.test(operation)) || operation === "ALTER FILE FORMAT"
      ? printName(place.database.name, place.schema.name, place.name)
      : missingName(context, kind, name, place);
  if (isRelation(kind)) {
    const relation = visible(context.catalogue.relation(place.schema.id, place.name, context.session.id));
    if (relation && relation.kind !== kind && !isDropOfTable(operation, kind, relation.kind)) {
      throw wrongKind(relation.kind, kind);
    }
    if (!relation && visible(context.catalogue.find("STREAM", place.schema.id, place.name))) {
      throw wrongKind("STREAM", kind);
    }
    return withDoc(relation, printed);
  }
  if (kind === "PROCEDURE" || kind === "FUNCTION") {
    if (!argumentTypes) {
      throw new SnowflakeError("090208", "42601", `Argument types of function '${place.name}' must be specified.`);
    }
    const types = argumentTypes.map((t) => resolveType(t).kind);
    const routine = context.catalogue
      .overloads(kind, place.schema.id, place.name)
      .find((r) => r.arguments.map((a) => a.type.kind).join() === types.join());
    return withDoc(visible(routine), printed);
  }
  const found = visible(context.catalogue.find(kind, place.schema.id, place.name, context.session.id));
  if (!found && kind === "STREAM") {
    const relation = visible(context.catalogue.relation(place.schema.id, place.name, context.session.id));
    if (relation) throw wrongKind(relation.kind, kind);
  }
  return withDoc(found, printed);
}

const withDoc = (doc: ObjectDoc | undefined, printed: string) => (doc ? { doc, printed } : { printed });

/** `[database.]name` for schemas and database roles. */
export function inDatabase(
  context: ExecutionContext,
  name: Name,
  operation: string,
): { database: DatabaseDoc; own: string } {
  const parts = nameParts(context, name);
  const own = parts.at(-1) as string;
  if (parts.length > 1) return { database: resolveDatabase(context, parts.at(-2) as string), own };
  const id = context.namespace.databaseId;
  const database = id === null ? undefined : context.catalogue.get("DATABASE", id);
  if (!database || database.droppedOn !== undefined) throw noCurrentDatabase(operation);
  return { database, own };
}

/** A warehouse, role or other account object by its name alone; 002003 when missing or invisible. */
export function accountObject<K extends ObjectKind>(context: ExecutionContext, kind: K, name: string): DocOf<K> {
  const doc = context.catalogue.find(kind, 0, name);
  if (!doc || !isVisible(context, doc)) throw doesNotExistOrNotAuthorized(titleOf(kindText(kind)), printName(name));
  return doc;
}
