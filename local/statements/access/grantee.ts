import type { Grantee } from "../../../dialect/index";
import type { DatabaseRoleDoc, ObjectDoc, RoleDoc, UserDoc } from "../../catalogue/model";
import { compilationError, doesNotExistOrNotAuthorized, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { nameParts } from "../../names/parts";
import { printName } from "../../names/resolve";
import { inDatabase } from "../ddl/support/target";

/** A role, database role or user that is to receive or lose something. Roles and users are known to everyone by name. */
export function resolveGrantee(
  context: ExecutionContext,
  grantee: Pick<Grantee, "type" | "name">,
): RoleDoc | DatabaseRoleDoc | UserDoc {
  const { type, name } = grantee;
  switch (type) {
    case "ROLE":
    case "USER": {
      const own = nameParts(context, name).at(-1) as string;
      const doc = context.catalogue.find(type, 0, own);
      if (!doc) throw doesNotExistOrNotAuthorized(type === "ROLE" ? "Role" : "User", printName(own));
      return doc;
    }
    case "DATABASE ROLE": {
      const { database, own } = inDatabase(context, name, "GRANT");
      const doc = context.catalogue.find("DATABASE_ROLE", database.id, own);
      if (!doc) throw doesNotExistOrNotAuthorized("Database role", printName(database.name, own));
      return doc;
    }
    default:
      throw unsupportedFeature(`${type} as a grantee`);
  }
}

/** The database that an object lies in; undefined for objects of the account. */
export function databaseOf(context: ExecutionContext, object: ObjectDoc): number | undefined {
  for (
    let at: ObjectDoc | undefined = object;
    at;
    at = "parentId" in at ? context.catalogue.byId(at.parentId) : undefined
  ) {
    if (at.kind === "DATABASE") return at.id;
  }
  return undefined;
}

/** A database role holds privileges inside its own database only. */
export function requireSameDatabase(context: ExecutionContext, grantee: ObjectDoc, object: ObjectDoc): void {
  if (grantee.kind !== "DATABASE_ROLE" || databaseOf(context, object) === grantee.parentId) return;
  throw compilationError(
    "003540",
    "22023",
    `Database role '${grantee.name}' can only be granted privileges on objects of its own database.`,
  );
}
