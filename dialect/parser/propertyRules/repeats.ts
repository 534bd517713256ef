import type { ObjectType, Property } from "../../ast/index";
import type { BrokenRule } from "../../errors";
import type { Cursor } from "../cursor";
import type { PropertyTable } from "./propertyTable";

/** Of these a property may be said again; the later one holds. */
const MAY_REPEAT = /^STAGE$|FUNCTION$|^PROCEDURE$|^DYNAMIC /;

/** What messages call a property of a sequence. */
const INTERNAL_NAMES: Record<string, string> = { START: "SEQUENCE_START", INCREMENT: "SEQUENCE_INCREMENT" };

export const internalName = (objectType: ObjectType, name: string): string =>
  (objectType === "SEQUENCE" ? INTERNAL_NAMES[name] : undefined) ?? name;

/** `duplicate property 'COMMENT';`, with a name that the kind of object does not have as it was written. */
export function refuseRepeats(
  cursor: Cursor,
  objectType: ObjectType,
  table: PropertyTable | undefined,
  properties: readonly Property[],
): void {
  if (MAY_REPEAT.test(objectType)) return;
  refuse(cursor, properties, ({ name, span }) => {
    const isKnown = table === undefined || table.properties.has(name);
    return duplicateProperty(isKnown ? internalName(objectType, name) : cursor.textOf(nameSpan(name, span)));
  });
}

export const duplicateProperty = (name: string): BrokenRule => ({
  message: `duplicate property '${name}';`,
  code: "001059",
  sqlState: "22023",
});

/** Of options of COPY and of file formats: with other words, though the values may be the same. */
export const refuseConflicts = (cursor: Cursor, of: string, options: readonly Property[]): void =>
  refuse(cursor, options, ({ name }) => conflictingValues(of, name));

export const conflictingValues = (of: string, name: string): BrokenRule => ({
  message: `conflicting values ${of} '${name}'`,
  separator: " ",
});

function refuse(cursor: Cursor, properties: readonly Property[], rule: (property: Property) => BrokenRule): void {
  const seen = new Set<string>();
  for (const property of properties) {
    const { name, value, bare, span } = property;
    if (value === undefined || bare) continue;
    if (seen.has(name)) throw cursor.brokenRule(rule(property), nameSpan(name, span));
    seen.add(name);
  }
}

export const nameSpan = (name: string, { start }: Property["span"]): Property["span"] => ({
  start,
  end: start + name.length,
});
