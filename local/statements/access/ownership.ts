import type { GrantOwnership } from "../../../dialect/index";
import type { GrantDoc, ObjectDoc, PipeDoc, RoleGrantDoc, TaskDoc } from "../../catalogue/model";
import { toMillis } from "../../clock";
import { accessControlError, SnowflakeError, taskError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { type StatementResult, statusResult } from "../../execution/result";
import { fullName } from "../../names/print";
import { objectParameter } from "../../parameters/effective";
import {
  activeRoles,
  closure,
  denied,
  grantsOn,
  hasGlobal,
  managesGrants,
  owns,
  systemRole,
} from "../../privileges/index";
import type { WriteUnit } from "../../store/writeUnit";
import { grantFuture } from "./future";
import { requireSameDatabase, resolveGrantee } from "./grantee";
import { affected, dependentGrant } from "./privileges";
import { futureTargets, grantTargets } from "./targets";

/**
 * GRANT OWNERSHIP. Grants that exist on the object must be copied (the new owner becomes their grantor) or revoked, or there
 * must be none. Of many objects those before the first that is refused, in the order of their names, have passed.
 */
export async function grantOwnership(context: ExecutionContext, statement: GrantOwnership): Promise<StatementResult> {
  const { on, to } = statement;
  if (to.type !== "ROLE" && to.type !== "DATABASE ROLE") throw unsupportedFeature(`GRANT OWNERSHIP TO ${to.type}`);
  let stopped: unknown;
  const result = await context.write(
    async (unit) => {
      const done = statusResult("Statement executed successfully.");
      const targets = on.scope === "FUTURE" ? futureTargets(context, on) : grantTargets(context, on);
      const owner = resolveGrantee(context, to);
      if (on.scope === "FUTURE") {
        grantFuture(context, unit, on, ["OWNERSHIP"], owner, false);
        return done;
      }
      if (on.scope === "ALL") targets.sort((a, b) => compareText(a.name, b.name));
      let moved = 0;
      for (const object of targets) {
        try {
          transfer(context, unit, statement, object, owner);
          moved++;
        } catch (error) {
          if (moved === 0) throw error;
          stopped = error;
          break;
        }
      }
      return on.scope === "ALL" ? statusResult(affected(targets.length)) : done;
    },
    { ddl: true },
  );
  if (stopped === undefined) return result;
  await context.settle();
  throw stopped;
}

function transfer(
  context: ExecutionContext,
  unit: WriteUnit,
  statement: GrantOwnership,
  object: ObjectDoc,
  owner: ObjectDoc,
): void {
  if (!("ownerId" in object) || (object.kind === "ROLE" && systemRole(object.name))) throw denied(context, object);
  if (!owns(context, object) && !managesGrants(context, object)) throw denied(context, object);
  requireSameDatabase(context, owner, object);
  requireSubordinate(context, object, owner);
  if (object.kind === "TASK") suspendTask(context, unit, object, statement);
  if (object.kind === "PIPE") requirePaused(context, object);
  const current = unit.catalogue.snapshot.byId(object.id) as ObjectDoc;
  if (object.ownerId !== owner.id || statement.currentGrants) {
    passGrants(context, unit, statement, current, owner);
  }
  const passedOn = object.kind === "PIPE" && object.ownerId !== owner.id ? { passedOn: true } : {};
  unit.catalogue.update(current, { ownerId: owner.id, ...passedOn } as Partial<ObjectDoc>);
}

/** In a managed access schema an object goes only to a role below the schema's owner. */
function requireSubordinate(context: ExecutionContext, object: ObjectDoc, owner: ObjectDoc): void {
  const parent = "parentId" in object ? context.catalogue.byId(object.parentId) : undefined;
  if (parent?.kind !== "SCHEMA" || !parent.managedAccess || parent.ownerId === null) return;
  if (closure(context.catalogue, [parent.ownerId]).has(owner.id)) return;
  throw accessControlError(
    `In managed access schemas ownership can only be transferred to a subordinate role of the schema owner; '${owner.name}' is not.`,
  );
}

function requirePaused(context: ExecutionContext, pipe: PipeDoc): void {
  if (objectParameter(context.catalogue, pipe, "PIPE_EXECUTION_PAUSED").value === true) return;
  throw new SnowflakeError(
    "003540",
    "22023",
    `SQL execution error:\nPipe ${pipe.name} not in paused state. To pause pipe run ALTER PIPE ${pipe.name} SET PIPE_EXECUTION_PAUSED=true`,
  );
}

function suspendTask(context: ExecutionContext, unit: WriteUnit, task: TaskDoc, statement: GrantOwnership): void {
  if (task.state === "suspended") return;
  if (statement.on.scope !== "ALL" && statement.currentGrants !== "COPY") {
    const name = fullName(unit.catalogue.snapshot, task);
    throw taskError(`Unable to update graph with root task ${name} since that root task is not suspended.`);
  }
  unit.catalogue.update<TaskDoc>(task, {
    state: "suspended",
    lastSuspendedOn: toMillis(context.now),
    lastSuspendedReason: "GRANT_OWNERSHIP",
  });
}

function passGrants(
  context: ExecutionContext,
  unit: WriteUnit,
  statement: GrantOwnership,
  object: ObjectDoc,
  owner: ObjectDoc,
): void {
  const outbound = grantsOn(unit.catalogue.snapshot, object.id);
  const members =
    object.kind === "ROLE" ? unit.catalogue.snapshot.all("ROLE_GRANT").filter((g) => g.roleId === object.id) : [];
  switch (statement.currentGrants) {
    case "COPY":
      if (!hasGlobal(context, "MANAGE GRANTS") && !activeRoles(context).has(owner.id)) {
        throw accessControlError("COPY CURRENT GRANTS needs MANAGE GRANTS or the new owner among the active roles.");
      }
      for (const grant of outbound) unit.catalogue.update<GrantDoc>(grant, { grantedById: owner.id });
      for (const grant of members) unit.catalogue.update<RoleGrantDoc>(grant, { grantedById: owner.id });
      return;
    case "REVOKE":
      for (const grant of [...outbound, ...members]) unit.catalogue.remove(grant);
      return;
    default: {
      const blocking = [
        ...outbound,
        // A role that other roles hold is in use; users keep it through the transfer.
        ...members.flatMap((g) => {
          const holder = unit.catalogue.snapshot.byId(g.granteeId);
          return holder && holder.kind !== "USER" ? [{ privilege: "USAGE", granteeId: g.granteeId }] : [];
        }),
      ].sort(
        (a, b) => compareText(granteeName(unit, a), granteeName(unit, b)) || compareText(a.privilege, b.privilege),
      )[0];
      if (blocking) throw dependentGrant(context, blocking, object);
    }
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const granteeName = (unit: WriteUnit, grant: { granteeId: number }): string =>
  unit.catalogue.snapshot.byId(grant.granteeId)?.name ?? "";
