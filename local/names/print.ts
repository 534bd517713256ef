import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc } from "../catalogue/model";

/** `DB.SCHEMA.NAME` as messages print it; parts that are not plain upper-case identifiers are quoted. */
export const printName = (...parts: string[]): string =>
  parts.map((p) => (/^[A-Z_][A-Z0-9_$]*$/.test(p) ? p : `"${p.replaceAll('"', '""')}"`)).join(".");

/** The full name of an object, `DB.SCHEMA.NAME`. */
export function fullName(catalogue: CatalogueSnapshot, doc: ObjectDoc): string {
  if (!("parentId" in doc)) return printName(doc.name);
  const parent = catalogue.byId(doc.parentId);
  return parent ? `${fullName(catalogue, parent)}.${printName(doc.name)}` : printName(doc.name);
}
