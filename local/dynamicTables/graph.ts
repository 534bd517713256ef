import { parseQuery } from "../../dialect/index";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { DynamicTableDoc, RelationDoc } from "../catalogue/model";
import type { ExecutionContext } from "../execution/context";
import { ownerRights } from "../privileges/index";
import { translateQuery } from "../translate/index";
import { stateOf } from "./state";

/** The relations that a dynamic table reads, those below its views too; empty when its query cannot be read any more. */
export function inputsOf(context: ExecutionContext, catalogue: CatalogueSnapshot, doc: DynamicTableDoc): RelationDoc[] {
  const schema = catalogue.get("SCHEMA", doc.parentId);
  if (!schema) return [];
  const namespace = { databaseId: schema.parentId, schemaId: schema.id };
  try {
    const owner = context.nested({ rights: ownerRights(context, doc), namespace, ownQueryId: false });
    const { relations } = translateQuery(owner, parseQuery(doc.query));
    return [...relations].flatMap((id) => (catalogue.byId(id) as RelationDoc | undefined) ?? []);
  } catch {
    return [];
  }
}

/**
 * The dynamic tables that are refreshed before a table, nearest last, so that each comes behind those it reads. One with SCHEDULER = DISABLE
 * is refreshed alone, and never for a reader.
 */
export function upstreamOf(
  context: ExecutionContext,
  catalogue: CatalogueSnapshot,
  doc: DynamicTableDoc,
): DynamicTableDoc[] {
  const found = new Map<number, DynamicTableDoc>();
  const look = (at: DynamicTableDoc): void => {
    for (const input of inputsOf(context, catalogue, at)) {
      if (input.kind !== "DYNAMIC_TABLE" || input.scheduler === "DISABLE" || found.has(input.id)) continue;
      look(input);
      found.set(input.id, input);
    }
  };
  if (doc.scheduler !== "DISABLE") look(doc);
  return [...found.values()];
}

/** The dynamic tables that read a table, directly or through others, as of their last refresh. */
export function downstreamOf(catalogue: CatalogueSnapshot, id: number): DynamicTableDoc[] {
  const all = catalogue.all("DYNAMIC_TABLE");
  const found = new Set<DynamicTableDoc>();
  const pending = [id];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const doc of all) {
      if (found.has(doc) || !stateOf(doc)?.bases[at]) continue;
      found.add(doc);
      pending.push(doc.id);
    }
  }
  return [...found];
}
