import type { GrantPrivileges, Privilege, RevokePrivileges } from "../../../dialect/index";
import type { GrantDoc, ObjectDoc } from "../../catalogue/model";
import { accessControlError, compilationError, SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { type StatementResult, statusResult } from "../../execution/result";
import { fullName } from "../../names/resolve";
import { grantsOn, requireSystemRole } from "../../privileges/index";
import type { ObjectPrivileges } from "../../privileges/matrix";
import type { WriteUnit } from "../../store/writeUnit";
import { grantFuture, revokeFuture } from "./future";
import { requireSameDatabase, resolveGrantee } from "./grantee";
import { grantorOf, revocable } from "./grantor";
import { grantTargets, privilegesFor } from "./targets";

const DONE = "Statement executed successfully.";

/** The privileges as a flat list: ALL stands for everything that can be granted on this kind of object. */
export function expand(privileges: readonly Privilege[], on: ObjectPrivileges): { names: string[]; all: boolean } {
  const names = new Set<string>();
  let all = false;
  for (const privilege of privileges) {
    if (privilege.columns.length > 0) throw unsupportedFeature("privileges on columns");
    const name = privilege.name === "ALL PRIVILEGES" ? "ALL" : privilege.name;
    if (name === "ALL") {
      all = true;
      for (const each of on.privileges) names.add(each);
      continue;
    }
    if (!on.privileges.includes(name) && !(on.kind === "DATABASE" && name === "IMPORTED PRIVILEGES")) {
      throw compilationError(
        "001003",
        "42000",
        `Invalid object type '${on.type.replaceAll(" ", "_")}' for privilege '${name}'.`,
      );
    }
    names.add(name);
  }
  return { names: [...names], all };
}

/** GRANT privileges ON … TO ROLE | DATABASE ROLE. */
export function grantPrivileges(context: ExecutionContext, statement: GrantPrivileges): Promise<StatementResult> {
  const { on, to } = statement;
  if (to.type === "USER") throw unsupportedFeature("GRANT <privileges> TO USER");
  return context.write(
    async (unit) => {
      const grantee = resolveGrantee(context, to);
      const kind = privilegesFor(on);
      if (statement.privileges.some((p) => p.name === "OWNERSHIP")) {
        throw compilationError("001003", "42000", "OWNERSHIP is granted by GRANT OWNERSHIP.");
      }
      const { names } = expand(statement.privileges, kind);
      if (on.scope === "FUTURE") {
        grantFuture(context, unit, on, names, grantee, statement.withGrantOption);
        return statusResult(DONE);
      }
      const refused = new Set<string>();
      let granted = 0;
      const targets = grantTargets(context, on);
      for (const object of targets) {
        requireSameDatabase(context, grantee, object);
        for (const name of usable(names, object)) {
          if (grantOne(context, unit, name, object, grantee.id, statement.withGrantOption)) granted++;
          else refused.add(name);
        }
      }
      if (refused.size > 0 && granted === 0) throw accessControlError("Grant not executed: Insufficient privileges.");
      if (refused.size > 0)
        return statusResult(`Grant partially executed: privileges [${[...refused].join(", ")}] not granted.`);
      return statusResult(DONE);
    },
    { ddl: true },
  );
}

/** Internal stages have READ and WRITE, external ones USAGE. READ may come along with WRITE, in whatever order they are written. */
const usable = (names: readonly string[], object: ObjectDoc): readonly string[] =>
  object.kind === "STAGE" && names.length > 1
    ? names.filter((n) => (n === "USAGE") === Boolean(object.url)).sort()
    : names;

/** False when the active roles may not grant it. */
function grantOne(
  context: ExecutionContext,
  unit: WriteUnit,
  privilege: string,
  object: ObjectDoc,
  granteeId: number,
  grantOption: boolean,
): boolean {
  if (privilege === "IMPORTED PRIVILEGES") return grantImported(context, unit, object, granteeId);
  const grantor = grantorOf(context, privilege, object);
  if (!grantor) return false;
  if (object.kind === "STAGE" && privilege === "WRITE") requireReadFirst(unit, object, granteeId);
  const existing = grantsOn(unit.catalogue.snapshot, object.id).find(
    (g) => g.privilege === privilege && g.granteeId === granteeId && g.grantedById === grantor.id,
  );
  if (existing) {
    if (grantOption && !existing.grantOption) unit.catalogue.update<GrantDoc>(existing, { grantOption });
    return true;
  }
  unit.catalogue.create<"GRANT">({
    kind: "GRANT",
    name: "",
    privilege,
    objectId: object.id,
    granteeId,
    grantOption,
    grantedById: grantor.id,
  });
  return true;
}

function requireReadFirst(unit: WriteUnit, stage: ObjectDoc, granteeId: number): void {
  const read = grantsOn(unit.catalogue.snapshot, stage.id).some(
    (g) => g.privilege === "READ" && g.granteeId === granteeId,
  );
  if (!read) throw compilationError("003540", "22023", "WRITE on a stage needs READ to be granted first.");
}

/** On the shared database SNOWFLAKE: whoever has it may use the database and ACCOUNT_USAGE. */
function grantImported(context: ExecutionContext, unit: WriteUnit, object: ObjectDoc, granteeId: number): boolean {
  if (object.kind !== "DATABASE" || object.ownerId !== null) {
    throw compilationError(
      "003540",
      "22023",
      `Granting imported privileges is only possible on a shared database, which '${object.name}' is not.`,
    );
  }
  requireSystemRole(context, "ACCOUNTADMIN", object);
  for (const at of [object, ...context.catalogue.children("SCHEMA", object.id)]) {
    const known = grantsOn(unit.catalogue.snapshot, at.id).some(
      (g) => g.granteeId === granteeId && g.privilege === "USAGE",
    );
    if (known) continue;
    const grantedById = context.catalogue.find("ROLE", 0, "ACCOUNTADMIN")?.id ?? null;
    unit.catalogue.create<"GRANT">({
      kind: "GRANT",
      name: "",
      privilege: "USAGE",
      objectId: at.id,
      granteeId,
      grantOption: false,
      grantedById,
    });
  }
  return true;
}

/** REVOKE [GRANT OPTION FOR] privileges. Succeeds also where nothing was granted. */
export function revokePrivileges(context: ExecutionContext, statement: RevokePrivileges): Promise<StatementResult> {
  const { on, from } = statement;
  if (from.type === "USER") throw unsupportedFeature("REVOKE <privileges> FROM USER");
  return context.write(
    async (unit) => {
      const grantee = resolveGrantee(context, from);
      const kind = privilegesFor(on);
      if (on.scope === "FUTURE") {
        const names = statement.privileges.flatMap((p) =>
          p.name === "OWNERSHIP" ? ["OWNERSHIP"] : expand([p], kind).names,
        );
        revokeFuture(context, unit, on, names, grantee, statement.grantOptionFor);
        return statusResult(DONE);
      }
      if (statement.privileges.some((p) => p.name === "OWNERSHIP")) {
        throw compilationError("001003", "42000", "OWNERSHIP cannot be revoked; transfer it by GRANT OWNERSHIP.");
      }
      const { names } = expand(statement.privileges, kind);
      for (const object of grantTargets(context, on)) {
        for (const name of names) revokeOne(context, unit, statement, name, object, grantee.id);
      }
      return statusResult(DONE);
    },
    { ddl: true },
  );
}

function revokeOne(
  context: ExecutionContext,
  unit: WriteUnit,
  statement: RevokePrivileges,
  privilege: string,
  object: ObjectDoc,
  granteeId: number,
): void {
  const mayRevoke = revocable(context, object);
  if (privilege === "IMPORTED PRIVILEGES") {
    requireSystemRole(context, "ACCOUNTADMIN", object);
    for (const at of [object, ...context.catalogue.children("SCHEMA", object.id)]) {
      for (const g of grantsOn(unit.catalogue.snapshot, at.id)) if (g.granteeId === granteeId) unit.catalogue.remove(g);
    }
    return;
  }
  const ofPrivilege = () => grantsOn(unit.catalogue.snapshot, object.id).filter((g) => g.privilege === privilege);
  const doomed = ofPrivilege().filter((g) => g.granteeId === granteeId && mayRevoke(g));
  if (doomed.length === 0) return;
  const kept = ofPrivilege().some((g) => g.granteeId === granteeId && !doomed.includes(g) && g.grantOption);
  if (!kept) revokeDependents(context, unit, statement.behaviour, privilege, object, granteeId);
  for (const grant of doomed) {
    if (statement.grantOptionFor) unit.catalogue.update<GrantDoc>(grant, { grantOption: false });
    else unit.catalogue.remove(grant);
  }
}

/** Grants that the grantee passed on: with CASCADE they go too, otherwise they stand in the way. */
function revokeDependents(
  context: ExecutionContext,
  unit: WriteUnit,
  behaviour: RevokePrivileges["behaviour"],
  privilege: string,
  object: ObjectDoc,
  granteeId: number,
): void {
  const isOwner = "ownerId" in object && object.ownerId === granteeId;
  if (isOwner) return;
  const dependents = grantsOn(unit.catalogue.snapshot, object.id).filter(
    (g) => g.privilege === privilege && g.grantedById === granteeId && g.granteeId !== granteeId,
  );
  for (const grant of dependents) {
    if (behaviour !== "CASCADE") throw dependentGrant(context, grant, object);
    unit.catalogue.remove(grant);
    revokeDependents(context, unit, behaviour, privilege, object, grant.granteeId);
  }
}

export function dependentGrant(
  context: ExecutionContext,
  grant: Pick<GrantDoc, "privilege" | "granteeId">,
  object: ObjectDoc,
): SnowflakeError {
  const grantee = context.catalogue.byId(grant.granteeId);
  return new SnowflakeError(
    "003036",
    "2B000",
    `SQL execution error: Dependent grant of privilege '${grant.privilege}' on securable '${fullName(context.catalogue, object)}' to role '${grantee?.name ?? ""}' exists. It must be revoked first. More than one dependent grant may exist: use 'SHOW GRANTS' command to view them. To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'.`,
  );
}
