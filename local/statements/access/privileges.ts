import type { GrantPrivileges, Privilege, RevokePrivileges } from "../../../dialect/index";
import type { GrantDoc, ObjectDoc } from "../../catalogue/model";
import { accessControlError, compilationError, SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { type StatementResult, statusResult } from "../../execution/result";
import { fullName } from "../../names/resolve";
import { grantsOn, requireSystemRole } from "../../privileges/index";
import { NOT_IN_ALL, type ObjectPrivileges } from "../../privileges/matrix";
import type { WriteUnit } from "../../store/writeUnit";
import { grantFuture, revokeFuture } from "./future";
import { requireSameDatabase } from "./grantee";
import { grantorOf, revocable } from "./grantor";
import { requireShareable, resolveReceiver } from "./shares";
import { futureTargets, grantTargets, privilegesFor } from "./targets";

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
      for (const each of on.privileges) if (!NOT_IN_ALL.has(each)) names.add(each);
      continue;
    }
    if (!on.privileges.includes(name) && !(on.kind === "DATABASE" && name === "IMPORTED PRIVILEGES")) {
      throw compilationError(
        "001003",
        "42000",
        `Invalid object type '${on.kind === "VIEW" ? "TABLE" : on.kind}' for privilege '${name}'.`,
      );
    }
    names.add(name);
  }
  return { names: [...names], all };
}

/** GRANT privileges ON … TO ROLE | DATABASE ROLE. What can be granted is, even where something cannot: 003011 then names that. */
export async function grantPrivileges(context: ExecutionContext, statement: GrantPrivileges): Promise<StatementResult> {
  const { on, to } = statement;
  const refused = new Set<string>();
  const result = await context.write(
    async (unit) => {
      const kind = privilegesFor(on);
      // What is granted on is looked for before who is to have it.
      const targets = on.scope === "FUTURE" ? futureTargets(context, on) : grantTargets(context, on);
      const grantee = resolveReceiver(context, to);
      if (on.scope === "ALL" && on.objectType === "PIPE") throw bulkOfPipes("grant", "to", grantee);
      if (statement.privileges.some((p) => p.name === "OWNERSHIP")) {
        throw new SnowflakeError("001003", "42000", "Cannot specify OWNERSHIP in privilege list.");
      }
      const { names: said, all } = expand(statement.privileges, kind);
      if (grantee.kind === "USER") refuseToUser(on, all ? [] : said);
      const names = grantee.kind === "USER" ? said.filter((name) => !name.startsWith("CREATE ")) : said;
      if (on.scope === "FUTURE" && grantee.kind === "SHARE") throw unsupportedFeature("GRANT ON FUTURE … TO SHARE");
      if (on.scope === "FUTURE") {
        grantFuture(context, unit, on, names, grantee, statement.withGrantOption);
        return statusResult(DONE);
      }
      if (grantee.kind !== "SHARE" && said.includes("REFERENCE_USAGE")) {
        throw compilationError(
          "001003",
          "42000",
          `Invalid object type '${kind.kind}' for privilege 'REFERENCE_USAGE'.`,
        );
      }
      let granted = 0;
      for (const object of targets) {
        requireSameDatabase(context, grantee, object);
        if (grantee.kind === "SHARE") requireShareable(context, grantee, names, object, statement.withGrantOption);
        for (const name of usable(names, object)) {
          if (grantOne(context, unit, name, object, grantee.id, statement.withGrantOption)) granted++;
          else refused.add(name);
        }
      }
      if (refused.size > 0 && granted === 0) throw accessControlError("Grant not executed: Insufficient privileges.");
      return statusResult(on.scope === "ALL" ? affected(targets.length) : DONE);
    },
    { ddl: true },
  );
  if (refused.size === 0) return result;
  await context.settle();
  throw new SnowflakeError(
    "003011",
    "42501",
    `Grant partially executed: privileges [${[...refused].join(", ")}] not granted.`,
  );
}

/** Pipes are granted one by one, or in the future. */
const bulkOfPipes = (verb: string, preposition: string, grantee: ObjectDoc): SnowflakeError =>
  compilationError(
    "001008",
    "22023",
    `Bulk ${verb} on objects of type PIPE ${preposition} ${grantee.kind.replace("_", " ")} is restricted.`,
  );

/** Users receive no CREATE privileges and nothing on future objects. */
function refuseToUser(on: GrantPrivileges["on"], names: readonly string[]): void {
  if (on.scope === "FUTURE") throw unsupportedFeature("GRANT ON FUTURE … TO USER");
  const create = names.find((name) => name.startsWith("CREATE "));
  if (create) throw unsupportedFeature(`GRANT ${create} TO USER`);
}

/** What bulk grants and every revocation of privileges answer: `Statement executed successfully. 2 objects affected.` */
export const affected = (objects: number): string => `${DONE} ${objects} objects affected.`;

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

/**
 * REVOKE [GRANT OPTION FOR] privileges. Succeeds also where nothing was granted. What the grantee passed on stays in the way of
 * its grant unless CASCADE takes it along; the other grants of the statement go all the same.
 */
export async function revokePrivileges(
  context: ExecutionContext,
  statement: RevokePrivileges,
): Promise<StatementResult> {
  const { on, from } = statement;
  let revoked = 0;
  let skipped = 0;
  const result = await context.write(
    async (unit) => {
      const kind = privilegesFor(on);
      const targets = on.scope === "FUTURE" ? futureTargets(context, on) : grantTargets(context, on);
      const grantee = resolveReceiver(context, from);
      if (on.scope === "ALL" && on.objectType === "PIPE") throw bulkOfPipes("revoke", "from", grantee);
      if (on.scope === "FUTURE") {
        const names = statement.privileges.flatMap((p) =>
          p.name === "OWNERSHIP" ? ["OWNERSHIP"] : expand([p], kind).names,
        );
        revokeFuture(context, unit, on, names, grantee, statement.grantOptionFor);
        return statusResult(DONE);
      }
      if (statement.privileges.some((p) => p.name === "OWNERSHIP")) {
        throw new SnowflakeError("003037", "42501", "SQL execution error: OWNERSHIP can only be transferred.");
      }
      const { names } = expand(statement.privileges, kind);
      let objects = 0;
      for (const object of targets) {
        const before = revoked;
        for (const name of names) {
          const outcome = revokeOne(context, unit, statement, name, object, grantee.id);
          revoked += outcome.revoked;
          skipped += outcome.skipped;
        }
        if (revoked > before) objects++;
      }
      return statusResult(affected(objects));
    },
    { ddl: true },
  );
  if (skipped === 0) return result;
  if (revoked > 0) await context.settle();
  throw new SnowflakeError(
    "003935",
    "23001",
    `Revoke partially executed: ${revoked} grant(s) revoked, ${skipped} grant(s) skipped due to dependent grants and no CASCADE is specified.`,
  );
}

interface Revocation {
  revoked: number;
  skipped: number;
}

function revokeOne(
  context: ExecutionContext,
  unit: WriteUnit,
  statement: RevokePrivileges,
  privilege: string,
  object: ObjectDoc,
  granteeId: number,
): Revocation {
  if (privilege === "IMPORTED PRIVILEGES") return revokeImported(context, unit, object, granteeId);
  const mayRevoke = revocable(context, object);
  const held = grantsOn(unit.catalogue.snapshot, object.id).filter(
    (g) => g.privilege === privilege && g.granteeId === granteeId,
  );
  const doomed = held.filter((g) => mayRevoke(g) && (g.grantOption || !statement.grantOptionFor));
  if (doomed.length === 0) return { revoked: 0, skipped: 0 };
  const dependents = dependentsOf(unit, privilege, object, granteeId, doomed);
  if (dependents.length > 0 && statement.behaviour !== "CASCADE") return { revoked: 0, skipped: doomed.length };
  for (const grant of dependents) unit.catalogue.remove(grant);
  for (const grant of doomed) {
    if (statement.grantOptionFor) unit.catalogue.update<GrantDoc>(grant, { grantOption: false });
    else unit.catalogue.remove(grant);
  }
  return { revoked: doomed.length, skipped: 0 };
}

function revokeImported(context: ExecutionContext, unit: WriteUnit, object: ObjectDoc, granteeId: number): Revocation {
  requireSystemRole(context, "ACCOUNTADMIN", object);
  let revoked = 0;
  for (const at of [object, ...context.catalogue.children("SCHEMA", object.id)]) {
    for (const grant of grantsOn(unit.catalogue.snapshot, at.id)) {
      if (grant.granteeId !== granteeId) continue;
      unit.catalogue.remove(grant);
      revoked++;
    }
  }
  return { revoked, skipped: 0 };
}

/** Grants that rest on the doomed ones: what the grantee passed on, and what its grantees passed on in turn. */
function dependentsOf(
  unit: WriteUnit,
  privilege: string,
  object: ObjectDoc,
  granteeId: number,
  doomed: readonly GrantDoc[],
): GrantDoc[] {
  const grants = grantsOn(unit.catalogue.snapshot, object.id).filter((g) => g.privilege === privilege);
  const gone = new Set<GrantDoc>(doomed);
  const found: GrantDoc[] = [];
  const queue = [granteeId];
  for (let role = queue.pop(); role !== undefined; role = queue.pop()) {
    const mayStillGrant =
      ("ownerId" in object && object.ownerId === role) ||
      grants.some((g) => g.granteeId === role && g.grantOption && !gone.has(g));
    if (mayStillGrant) continue;
    for (const grant of grants) {
      if (grant.grantedById !== role || gone.has(grant)) continue;
      gone.add(grant);
      found.push(grant);
      queue.push(grant.granteeId);
    }
  }
  return found;
}

export function dependentGrant(
  context: ExecutionContext,
  grant: Pick<GrantDoc, "privilege" | "granteeId">,
  object: ObjectDoc,
): SnowflakeError {
  const grantee = context.catalogue.byId(grant.granteeId);
  return new SnowflakeError(
    "003036",
    "23001",
    `SQL execution error: Dependent grant of privilege '${grant.privilege}' on securable '${fullName(context.catalogue, object)}' to role '${grantee?.name ?? ""}' exists.  It must be revoked first.  More than one dependent grant may exist: use 'SHOW GRANTS' command to view them.  To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'.`,
  );
}
