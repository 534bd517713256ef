import type { ObjectDoc, ObjectKind } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import type { ExecutionContext } from "../../../execution/context";
import { creatorRole } from "../../../privileges/owner";
import { dropPhysicalTable, dropRefreshStates } from "../../../store/physical";
import { dropEngineSequence } from "../../../store/sequences";
import type { WriteUnit } from "../../../store/writeUnit";

/** Kinds that UNDROP brings back. */
export const RESTORABLE: ReadonlySet<ObjectKind> = new Set(["DATABASE", "SCHEMA", "TABLE", "DYNAMIC_TABLE", "TAG"]);
const DAY = 86_400_000;

/** Days that a dropped object is kept: its own parameter or that of the nearest parent; 1 by default. */
export function retentionDays(unit: WriteUnit, object: ObjectDoc): number {
  const catalogue = unit.catalogue.snapshot;
  const limit = transientOrTemporary(object) ? 1 : 90;
  for (let at: ObjectDoc | undefined = object; at; at = "parentId" in at ? catalogue.byId(at.parentId) : undefined) {
    const own = "parameters" in at ? at.parameters?.["DATA_RETENTION_TIME_IN_DAYS"] : undefined;
    if (own !== undefined) return Math.min(Number(own), limit);
  }
  const account = catalogue.all("ACCOUNT")[0]?.parameters?.["DATA_RETENTION_TIME_IN_DAYS"];
  return Math.min(account === undefined ? 1 : Number(account), limit);
}

const transientOrTemporary = (object: ObjectDoc): boolean =>
  ("transient" in object && object.transient === true) || ("temporary" in object && object.temporary === true);

/** Drops an object with all that it holds; within its retention UNDROP finds it again. */
export async function dropObject(context: ExecutionContext, unit: WriteUnit, object: ObjectDoc): Promise<void> {
  await purgeExpired(context, unit);
  const temporary = "sessionId" in object && object.sessionId !== undefined;
  if (RESTORABLE.has(object.kind) && !temporary && retentionDays(unit, object) > 0) {
    unit.catalogue.drop(object);
    return;
  }
  if (object.kind === "ROLE") leaveOwnershipTo(unit, object.id, creatorRole(context));
  if (object.kind === "DATABASE_ROLE") {
    const database = unit.catalogue.snapshot.byId(object.parentId);
    const heir =
      database && "ownerId" in database && database.ownerId !== null ? database.ownerId : creatorRole(context);
    leaveOwnershipTo(unit, object.id, heir);
  }
  await removeForGood(unit, object);
}

/** Whoever drops a role becomes the owner of what it owned. */
function leaveOwnershipTo(unit: WriteUnit, roleId: number, heirId: number): void {
  for (const map of unit.catalogue.snapshot.entries().values()) {
    for (const doc of map.values()) {
      if ("ownerId" in doc && doc.ownerId === roleId && doc.id !== roleId)
        unit.catalogue.update(doc, { ownerId: heirId });
    }
  }
}

/** Removes an object, what it holds, the grants on it and the grants to it. */
export async function removeForGood(unit: WriteUnit, object: ObjectDoc): Promise<void> {
  const { catalogue } = unit;
  if (object.kind === "DATABASE" || object.kind === "SCHEMA") {
    for (const map of catalogue.snapshot.entries().values()) {
      for (const doc of map.values()) {
        if ("parentId" in doc && doc.parentId === object.id) await removeForGood(unit, doc);
      }
    }
  }
  if (object.kind === "TABLE" || object.kind === "DYNAMIC_TABLE") {
    await dropPhysicalTable(unit, object.id);
    if (object.kind === "DYNAMIC_TABLE") await dropRefreshStates(unit, object.id);
    else {
      for (const column of object.columns) await removeSequence(unit, column.identity?.sequenceId);
    }
  }
  if (object.kind === "SEQUENCE") await dropEngineSequence(unit, object.id);
  removeGrants(unit, object.id);
  catalogue.remove(object);
}

async function removeSequence(unit: WriteUnit, id: number | undefined): Promise<void> {
  const sequence = id === undefined ? undefined : unit.catalogue.snapshot.get("SEQUENCE", id);
  if (sequence) await removeForGood(unit, sequence);
}

function removeGrants(unit: WriteUnit, id: number): void {
  const catalogue = unit.catalogue;
  for (const grant of catalogue.snapshot.all("GRANT")) {
    if (grant.objectId === id || grant.granteeId === id) catalogue.remove(grant);
  }
  for (const grant of catalogue.snapshot.all("ROLE_GRANT")) {
    if (grant.roleId === id || grant.granteeId === id) catalogue.remove(grant);
  }
  for (const grant of catalogue.snapshot.all("FUTURE_GRANT")) {
    if (grant.containerId === id || grant.granteeId === id) catalogue.remove(grant);
  }
}

/** Dropped objects whose retention is over go for good; done whenever something is dropped, so nothing has to wake up for it. */
export async function purgeExpired(context: ExecutionContext, unit: WriteUnit): Promise<void> {
  const now = toMillis(context.now);
  for (const kind of RESTORABLE) {
    for (const doc of unit.catalogue.snapshot.dropped(kind)) {
      if (
        (doc.droppedOn as number) + retentionDays(unit, doc) * DAY < now &&
        unit.catalogue.snapshot.get(kind, doc.id)
      ) {
        await removeForGood(unit, doc);
      }
    }
  }
}
