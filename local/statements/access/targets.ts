import type { GrantObject, Name, DataType as WrittenType } from "../../../dialect/index";
import { INFORMATION_SCHEMA } from "../../catalogue/catalogue";
import { type DatabaseDoc, isView, type ObjectDoc, type ObjectKind, type SchemaDoc } from "../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { nameParts } from "../../names/parts";
import { resolveDatabase, resolveRelation, resolveSchema } from "../../names/resolve";
import { accountOf, denied, isVisible } from "../../privileges/index";
import { type ObjectPrivileges, privilegesOfAbsent, privilegesOfType } from "../../privileges/matrix";
import { resolveTarget } from "../ddl/support/target";

/** What can be granted on the kind of object that the statement names. */
export function privilegesFor(on: GrantObject): ObjectPrivileges {
  const isBulk = on.scope === "ALL" || on.scope === "FUTURE";
  const found =
    privilegesOfType(on.scope === "ACCOUNT" ? "ACCOUNT" : on.objectType) ??
    (isBulk ? privilegesOfAbsent(on.objectType) : undefined);
  if (!found) throw unsupportedFeature(`privileges on ${on.objectType}`);
  return found;
}

/** The objects themselves: one, the account, or all of a kind in a container. Not for FUTURE. */
export function grantTargets(context: ExecutionContext, on: GrantObject): ObjectDoc[] {
  switch (on.scope) {
    case "ACCOUNT":
      return [accountOf(context.catalogue)];
    case "OBJECT": {
      if (!on.name) throw compilationError("001003", "42000", `syntax error: ${on.objectType} needs a name.`);
      return [grantable(context, grantTarget(context, on.objectType, on.name, on.argumentTypes, "GRANT"))];
    }
    case "ALL":
      return objectsIn(context, privilegesFor(on).kind, containerOf(context, on));
    case "FUTURE":
      throw new Error("future grants have no objects yet");
  }
}

/** Nobody grants anything on INFORMATION_SCHEMA: who may use a database may use it. */
function grantable<D extends ObjectDoc>(context: ExecutionContext, object: D): D {
  if (object.kind === "SCHEMA" && object.name === INFORMATION_SCHEMA) throw denied(context, object);
  return object;
}

/** Grants belong to the relation itself: TABLE names a view as well, VIEW a table. */
export function grantTarget(
  context: ExecutionContext,
  type: string,
  name: Name,
  argumentTypes: readonly WrittenType[] | undefined,
  operation: string,
): ObjectDoc {
  if (type === "TABLE" || type === "VIEW") {
    const relation = resolveRelation(context, name, operation, type === "TABLE" ? "Table" : "View");
    if (relation.kind === "TABLE" || isView(relation)) return relation;
  }
  return resolveTarget(context, type, name, argumentTypes, operation);
}

/** The schema or database behind IN. */
export function containerOf(context: ExecutionContext, on: GrantObject): DatabaseDoc | SchemaDoc {
  const { in: scope } = on;
  if (!scope?.name) throw unsupportedFeature(`GRANT ON ${on.scope} … IN ${scope?.type ?? "ACCOUNT"}`);
  if (scope.type === "DATABASE") return resolveDatabase(context, nameParts(context, scope.name).at(-1) as string);
  if (scope.type === "SCHEMA") return grantable(context, resolveSchema(context, scope.name, "GRANT"));
  throw unsupportedFeature(`GRANT ON ${on.scope} … IN ${scope.type}`);
}

/** FUTURE has no objects yet; its container must be there. */
export function futureTargets(context: ExecutionContext, on: GrantObject): ObjectDoc[] {
  containerOf(context, on);
  return [];
}

/** Live, permanent, visible objects of a kind in a schema or in all schemas of a database. */
export function objectsIn(
  context: ExecutionContext,
  kind: ObjectKind,
  container: DatabaseDoc | SchemaDoc,
): ObjectDoc[] {
  const { catalogue } = context;
  if (kind === "SCHEMA" || kind === "DATABASE_ROLE") {
    if (container.kind !== "DATABASE")
      throw compilationError("001003", "42000", `syntax error: ${kind}S lie in a DATABASE.`);
    return catalogue.children(kind, container.id).filter((doc) => isVisible(context, doc));
  }
  const schemas = container.kind === "SCHEMA" ? [container] : catalogue.children("SCHEMA", container.id);
  return schemas
    .flatMap((schema) => catalogue.children(kind, schema.id) as ObjectDoc[])
    .filter((doc) => !("sessionId" in doc && doc.sessionId !== undefined) && !(doc.kind === "SEQUENCE" && doc.hidden))
    .filter((doc) => isVisible(context, doc));
}
