import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc } from "../catalogue/model";

const transientOrTemporary = (object: ObjectDoc): boolean =>
  ("transient" in object && object.transient === true) || ("temporary" in object && object.temporary === true);

/** Days that a dropped object and old rows are kept: the object's own parameter or that of the nearest parent; 1 by default. */
export function retentionDays(catalogue: CatalogueSnapshot, object: ObjectDoc): number {
  const limit = transientOrTemporary(object) ? 1 : 90;
  for (let at: ObjectDoc | undefined = object; at; at = "parentId" in at ? catalogue.byId(at.parentId) : undefined) {
    const own = "parameters" in at ? at.parameters?.["DATA_RETENTION_TIME_IN_DAYS"] : undefined;
    if (own !== undefined) return Math.min(Number(own), limit);
  }
  const account = catalogue.all("ACCOUNT")[0]?.parameters?.["DATA_RETENTION_TIME_IN_DAYS"];
  return Math.min(account === undefined ? 1 : Number(account), limit);
}
