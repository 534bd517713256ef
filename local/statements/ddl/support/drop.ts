import type { CatalogueSnapshot } from "../../../catalogue/catalogue";
import type { ObjectDoc, ObjectKind } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import type { ExecutionContext } from "../../../execution/context";
import { creatorRole } from "../../../privileges/owner";
import { retentionDays } from "../../../retention/retentionDays";
import { dropPhysicalTable, dropRefreshStates } from "../../../store/physical";
import { dropEngineSequence } from "../../../store/sequences";
import type { WriteUnit } from "../../../store/writeUnit";
import { releaseReferences, tablesWithin } from "../tables/keys";

/** Kinds that UNDROP brings back. */
export const RESTORABLE: ReadonlySet<ObjectKind> = new Set(["DATABASE", "SCHEMA", "TABLE", "DYNAMIC_TABLE", "TAG"]);
const DAY = 86_400_000;

/** Drops an object with all that it holds; within its retention UNDROP finds it again. */
export async function dropObject(context: ExecutionContext, unit: WriteUnit, object: ObjectDoc): Promise<void> {
  await purgeExpired(unit, toMillis(context.now));
  releaseReferences(unit, tablesWithin(unit.catalogue.snapshot, object));
  const temporary = "sessionId" in object && object.sessionId !== undefined;
  if (RESTORABLE.has(object.kind) && !temporary && retentionDays(unit.catalogue.snapshot, object) > 0) {
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

const isOver = (catalogue: CatalogueSnapshot, doc: ObjectDoc, now: number): boolean =>
  (doc.droppedOn as number) + retentionDays(catalogue, doc) * DAY < now;

/** Some dropped object has outlived its retention. */
export const isExpired = (catalogue: CatalogueSnapshot, now: number): boolean =>
  [...RESTORABLE].some((kind) => catalogue.dropped(kind).some((doc) => isOver(catalogue, doc, now)));

/** Dropped objects whose retention is over go for good. `now` in milliseconds. */
export async function purgeExpired(unit: WriteUnit, now: number): Promise<void> {
  for (const kind of RESTORABLE) {
    for (const doc of unit.catalogue.snapshot.dropped(kind)) {
      const { snapshot } = unit.catalogue;
      if (isOver(snapshot, doc, now) && snapshot.get(kind, doc.id)) await removeForGood(unit, doc);
    }
  }
}
