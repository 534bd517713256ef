import type { Grantee } from "../../../dialect/index";
import {
  type DatabaseRoleDoc,
  isView,
  type ObjectDoc,
  type RoleDoc,
  type ShareDoc,
  type UserDoc,
} from "../../catalogue/model";
import { accessControlError, compilationError, SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { nameParts } from "../../names/parts";
import { denied } from "../../privileges/check";
import { grantsOn, owns } from "../../privileges/index";
import { accountObject } from "../ddl/support/target";
import { databaseOf, resolveGrantee } from "./grantee";

/** As `resolveGrantee`, with shares. */
export const resolveReceiver = (
  context: ExecutionContext,
  to: Pick<Grantee, "type" | "name">,
): RoleDoc | DatabaseRoleDoc | UserDoc | ShareDoc =>
  to.type === "SHARE"
    ? accountObject(context, "SHARE", nameParts(context, to.name).at(-1) as string)
    : resolveGrantee(context, to);

/** What a share can be given. Source: https://docs.snowflake.com/en/sql-reference/sql/grant-privilege-share */
const SHAREABLE: Readonly<Record<string, readonly string[]>> = {
  DATABASE: ["REFERENCE_USAGE", "USAGE"],
  SCHEMA: ["USAGE"],
  FUNCTION: ["USAGE"],
  TABLE: ["SELECT"],
  DYNAMIC_TABLE: ["SELECT"],
  VIEW: ["SELECT"],
  MATERIALIZED_VIEW: ["SELECT"],
  TAG: ["READ"],
};

/** Errors: 003001 for who does not own the share, 001003 for what cannot be shared, 003015 for what is not secure. */
export function requireShareable(
  context: ExecutionContext,
  share: ShareDoc,
  privileges: readonly string[],
  object: ObjectDoc,
  grantOption: boolean,
): void {
  if (!owns(context, share)) throw denied(context, share);
  if (grantOption) throw accessControlError("Cannot grant with grant option to a share.");
  const wrong = privileges.find((privilege) => !SHAREABLE[object.kind]?.includes(privilege));
  if (wrong) throw compilationError("001003", "42000", `Cannot grant ${wrong} on ${object.kind} to a share.`);
  if ((isView(object) || object.kind === "FUNCTION") && !object.secure) {
    throw new SnowflakeError(
      "003015",
      "0A000",
      'SQL compilation error:\nNon-secure object can only be granted to shares with "secure_objects_only" property set to false.',
    );
  }
  // Of a database that views of the shared one read from.
  if (privileges.every((privilege) => privilege === "REFERENCE_USAGE")) return;
  const shared = sharedDatabase(context, share);
  if (shared !== undefined && shared !== databaseOf(context, object)) {
    throw unsupportedFeature("share of objects of more than one database");
  }
}

/** The id of the database whose objects a share has. */
export function sharedDatabase(context: ExecutionContext, share: ShareDoc): number | undefined {
  return context.catalogue
    .all("DATABASE")
    .find(({ id }) =>
      grantsOn(context.catalogue, id).some(
        ({ granteeId, privilege }) => granteeId === share.id && privilege !== "REFERENCE_USAGE",
      ),
    )?.id;
}
