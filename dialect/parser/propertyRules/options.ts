import type { Property, PropertyValue } from "../../ast/index";
import type { Cursor } from "../cursor";
import { FORMAT, ON_ERROR, VALIDATION_MODE } from "./copy";
import { COMPRESSIONS, ONLY_OF_TYPE } from "./files";
import type { PropertyTable, ValueKinds } from "./propertyTable";
import { conflictingValues, nameSpan, refuseConflicts } from "./repeats";
import { fits } from "./valueKinds";

/** Refuses what COPY does not take: options said again, unknown ones, values of another kind. */
export function checkCopyOptions(cursor: Cursor, table: PropertyTable, options: readonly Property[]): void {
  refuseConflicts(cursor, "for copy option", options);
  checkOptions(cursor, table, options);
  const enforce = options.find(({ name }) => name === "ENFORCE_LENGTH");
  const truncate = options.find(({ name }) => name === "TRUNCATECOLUMNS");
  if (enforce === undefined || truncate === undefined || !isSame(enforce.value, truncate.value)) return;
  // One is the opposite of the other.
  throw cursor.brokenRule(conflictingValues("for copy option", truncate.name), nameSpan(truncate.name, truncate.span));
}

const isSame = (a: PropertyValue | undefined, b: PropertyValue | undefined): boolean =>
  a?.kind === "BooleanLiteral" && b?.kind === "BooleanLiteral" && a.value === b.value;

/** Refuses what a file format does not take: options said again, unknown ones, those of another type, other values. */
export function checkFormatOptions(cursor: Cursor, options: readonly Property[], table: PropertyTable = FORMAT): void {
  refuseConflicts(cursor, "file format parameter", options);
  checkOptions(cursor, table, options);
  const type = typeOf(options);
  if (type === undefined) return;
  for (const { name, span } of options) {
    const own = ONLY_OF_TYPE.get(name);
    if (own === undefined || own === type) continue;
    const message = `Option ${name} is not valid for file format type ${type}.`;
    throw cursor.brokenRule({ message }, nameSpan(name, span));
  }
}

function typeOf(options: readonly Property[]): string | undefined {
  const value = options.find(({ name }) => name === "TYPE")?.value;
  return value?.kind === "Keyword" || value?.kind === "StringLiteral" ? value.value.toUpperCase() : undefined;
}

/** Refuses the first option that there is not, and the first value of another kind. */
function checkOptions(cursor: Cursor, table: PropertyTable, options: readonly Property[]): void {
  for (const { name, value, span } of options) {
    if (value === undefined) continue;
    const kinds = table.properties.get(name);
    if (kinds === undefined) throw cursor.invalidParameter(name, nameSpan(name, span), [...table.properties.keys()]);
    if (!fits(value, kinds) || !isNamedChoice(name, value)) throw invalidOption(cursor, name, value, kinds);
    checkFormat(cursor, name, value);
  }
}

/** Unlike those of properties, values of options are repeated with their quotes. */
const invalidOption = (cursor: Cursor, name: string, { span }: PropertyValue, kinds: ValueKinds) =>
  cursor.invalidValue(name, span, kinds, cursor.textOf(span));

const CHOICES: Record<string, RegExp> = { ON_ERROR, VALIDATION_MODE, COMPRESSION: COMPRESSIONS };

function isNamedChoice(name: string, value: PropertyValue): boolean {
  const choice = CHOICES[name];
  if (choice === undefined) return true;
  if (value.kind === "Keyword" || value.kind === "StringLiteral") return choice.test(value.value);
  return value.kind !== "ObjectName";
}

/** `FILE_FORMAT = (TYPE = CSV …)` */
export function checkFormat(cursor: Cursor, name: string, value: PropertyValue): void {
  if (name.endsWith("FILE_FORMAT") && value.kind === "PropertyMap") checkFormatOptions(cursor, value.properties);
}

/** `FILE_FORMAT = (…) FILE_FORMAT = (…)` of a stage counts as one list of options. */
export function checkFormats(cursor: Cursor, properties: readonly Property[]): void {
  const maps = properties.flatMap(({ name, value }) =>
    name === "FILE_FORMAT" && value?.kind === "PropertyMap" ? value.properties : [],
  );
  refuseConflicts(cursor, "file format parameter", maps);
}
