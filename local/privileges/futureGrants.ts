import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { FutureGrantDoc, ObjectDoc } from "../catalogue/model";
import type { CatalogueTransaction } from "../catalogue/transaction";
import { closure } from "./roles";

const futureGrantsIn = (catalogue: CatalogueSnapshot, containerId: number): readonly FutureGrantDoc[] =>
  catalogue
    .derived("FUTURE_GRANT", futureGrantsIn, (grants) => {
      const index = new Map<number, FutureGrantDoc[]>();
      for (const grant of grants) {
        const list = index.get(grant.containerId);
        if (list) list.push(grant);
        else index.set(grant.containerId, [grant]);
      }
      return index;
    })
    .get(containerId) ?? [];

/**
 * Future grants that meet a new object. Those of the schema take precedence: as soon as the schema has any for this kind,
 * those of the database are ignored, whatever roles they name.
 */
function applicable(catalogue: CatalogueSnapshot, object: ObjectDoc): readonly FutureGrantDoc[] {
  if (!("parentId" in object)) return [];
  const ofKind = (containerId: number) =>
    futureGrantsIn(catalogue, containerId).filter((g) => g.objectKind === object.kind);
  if (object.kind === "SCHEMA") return ofKind(object.parentId);
  const own = ofKind(object.parentId);
  if (own.length > 0) return own;
  const schema = catalogue.get("SCHEMA", object.parentId);
  if (!schema) return [];
  // A database's future OWNERSHIP does not reach into managed access schemas.
  return ofKind(schema.parentId).filter((g) => !(schema.managedAccess && g.privilege === "OWNERSHIP"));
}

/** Turns future grants into real ones for an object just created; returns the object, perhaps with a new owner. */
export function applyFutureGrants<T extends ObjectDoc>(catalogue: CatalogueTransaction, object: T): T {
  let owned = object;
  for (const future of applicable(catalogue.snapshot, object)) {
    if (future.privilege === "OWNERSHIP") {
      owned = catalogue.update(owned, { ownerId: future.granteeId } as unknown as Partial<T>);
      continue;
    }
    if (owned.kind === "STAGE" && (future.privilege === "USAGE") !== Boolean(owned.url)) continue;
    catalogue.create<"GRANT">({
      kind: "GRANT",
      name: "",
      privilege: future.privilege,
      objectId: owned.id,
      granteeId: future.granteeId,
      grantOption: future.grantOption,
      grantedById: "ownerId" in owned ? owned.ownerId : null,
    });
  }
  return owned;
}

/** Is `roleId` the role itself or below it in the hierarchy? */
export const isSubordinate = (catalogue: CatalogueSnapshot, roleId: number, ofRole: number): boolean =>
  closure(catalogue, [ofRole]).has(roleId);
