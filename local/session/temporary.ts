import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc } from "../catalogue/model";
import { removeForGood } from "../statements/ddl/support/drop";
import type { Store } from "../store/store";

function temporaryObjects(catalogue: CatalogueSnapshot, belongs: (sessionId: string) => boolean): ObjectDoc[] {
  const found: ObjectDoc[] = [];
  for (const docs of catalogue.entries().values()) {
    for (const doc of docs.values()) {
      if ("sessionId" in doc && doc.sessionId !== undefined && belongs(doc.sessionId)) found.push(doc);
    }
  }
  return found;
}

/** Removes temporary objects of sessions that are over. Waits for the write lock when there are any. */
export async function removeTemporaryObjects(store: Store, belongs: (sessionId: string) => boolean): Promise<void> {
  if (temporaryObjects(store.catalogue, belongs).length === 0) return;
  const unit = await store.beginWrite();
  try {
    for (const doc of temporaryObjects(unit.catalogue.snapshot, belongs)) await removeForGood(unit, doc);
    await unit.commit();
  } catch (error) {
    await unit.rollback();
    throw error;
  }
}
