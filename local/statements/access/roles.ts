import type { GrantRole, RevokeRole } from "../../../dialect/index";
import type { DatabaseRoleDoc, ObjectDoc, RoleDoc, ShareDoc } from "../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { type StatementResult, statusResult } from "../../execution/result";
import { closure, denied, managesGrants, owns } from "../../privileges/index";
import { databaseOf, resolveGrantee } from "./grantee";
import { resolveReceiver, sharedDatabase } from "./shares";

const DONE = "Statement executed successfully.";

function roleOf(context: ExecutionContext, statement: GrantRole | RevokeRole): RoleDoc | DatabaseRoleDoc {
  const { roleType, role } = statement;
  if (roleType !== "ROLE" && roleType !== "DATABASE ROLE") throw unsupportedFeature(roleType);
  const doc = resolveGrantee(context, { type: roleType, name: role }) as RoleDoc | DatabaseRoleDoc;
  if (!owns(context, doc) && !managesGrants(context, doc)) throw denied(context, doc);
  return doc;
}

/** The owner of a share gives it roles of the database that it shares. */
function requireSharedRole(context: ExecutionContext, role: ObjectDoc, share: ShareDoc): void {
  if (!owns(context, share)) throw denied(context, share);
  const shared = sharedDatabase(context, share);
  if (shared !== undefined && shared !== databaseOf(context, role)) {
    throw unsupportedFeature("share of objects of more than one database");
  }
}

/** GRANT ROLE | DATABASE ROLE to a role, database role or user, a database role to a share; a circle of roles is refused. */
export function grantRole(context: ExecutionContext, statement: GrantRole): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const role = roleOf(context, statement);
      const grantee =
        role.kind === "ROLE" ? resolveGrantee(context, statement.to) : resolveReceiver(context, statement.to);
      if (grantee.kind === "SHARE") requireSharedRole(context, role, grantee);
      if (role.kind === "ROLE" && role.name === "PUBLIC") {
        return statusResult(
          "Granting role PUBLIC has no effect.  Every user and role has role PUBLIC implicitly granted.",
        );
      }
      if (grantee.kind === "DATABASE_ROLE" && !(role.kind === "DATABASE_ROLE" && role.parentId === grantee.parentId)) {
        throw compilationError(
          "003540",
          "22023",
          "A database role can only be granted database roles of its own database.",
        );
      }
      if (grantee.kind !== "USER" && closure(context.catalogue, [role.id]).has(grantee.id)) {
        throw compilationError(
          "003540",
          "22023",
          `Granting role '${role.name}' to role '${grantee.name}' would create a circle of roles.`,
        );
      }
      const known = unit.catalogue.snapshot
        .all("ROLE_GRANT")
        .some((g) => g.roleId === role.id && g.granteeId === grantee.id);
      if (!known) {
        unit.catalogue.create<"ROLE_GRANT">({
          kind: "ROLE_GRANT",
          name: "",
          roleId: role.id,
          granteeId: grantee.id,
          grantedById: owns(context, role) ? role.ownerId : context.rights.roleId,
        });
      }
      return statusResult(DONE);
    },
    { ddl: true },
  );
}

/** Succeeds also where the role was not granted. Whether a role may be handed on is not kept. */
export function revokeRole(context: ExecutionContext, statement: RevokeRole): Promise<StatementResult> {
  if (statement.grantOptionFor) throw unsupportedFeature("REVOKE GRANT OPTION FOR ROLE");
  return context.write(
    async (unit) => {
      const role = roleOf(context, statement);
      const grantee =
        role.kind === "ROLE" ? resolveGrantee(context, statement.from) : resolveReceiver(context, statement.from);
      for (const grant of unit.catalogue.snapshot.all("ROLE_GRANT")) {
        if (grant.roleId === role.id && grant.granteeId === grantee.id) unit.catalogue.remove(grant);
      }
      return statusResult(DONE);
    },
    { ddl: true },
  );
}
