import type { ObjectType, Property, PropertyValue } from "../../ast/index";
import type { Cursor } from "../cursor";
import { FORMAT, ON_ERROR, VALIDATION_MODE } from "./copy";
import { propertiesOf } from "./index";
import type { PropertyTable } from "./propertyTable";
import { isSessionParameter } from "./sessionParameters";
import { fits } from "./valueKinds";

/**
 * Refuses the first property that the kind of object does not have, and the first value that is of another kind than the
 * documentation says. Flags and clauses without `=` were read word by word already.
 */
export function checkProperties(
  cursor: Cursor,
  objectType: ObjectType,
  properties: readonly Property[],
  verb: "CREATE" | "ALTER",
): void {
  const table = propertiesOf(objectType);
  if (table === undefined) return;
  for (const property of properties) {
    const { name, value, bare, span } = property;
    if (value === undefined || bare || name.includes(" ")) continue;
    const kinds = table.properties.get(name);
    if (kinds === undefined || (table.only?.[verb === "CREATE" ? "ALTER" : "CREATE"] ?? []).includes(name)) {
      if (kinds === undefined && isTakenAsItIs(table, name)) continue;
      const end = span.start + name.length;
      throw cursor.invalidProperty(name, objectType, { start: span.start, end }, [...table.properties.keys()]);
    }
    if (!fits(value, kinds)) throw cursor.invalidValue(name, value.span, kinds);
    if (name === "TARGET_LAG" && value.kind === "StringLiteral" && !isLag(value.value))
      throw cursor.invalidValue(name, value.span, ["a number of seconds, minutes, hours or days", "DOWNSTREAM"]);
    checkFormat(cursor, name, value);
  }
}

const SPAN_OF_TIME = "[0-9]+\\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)";
const LAG = new RegExp(`^\\s*${SPAN_OF_TIME}(\\s*,\\s*${SPAN_OF_TIME})*\\s*$`, "i");

/** `'5 minutes'`, `'1 hour, 30 minutes'` as GET_DDL writes it; what a client puts in for `${lag}` is not known. */
const isLag = (text: string): boolean => LAG.test(text) || /[${<%]/.test(text) || /^\s*downstream\s*$/i.test(text);

/** Refuses the first option of COPY that there is not, and the first value of another kind. */
export function checkOptions(cursor: Cursor, table: PropertyTable, properties: readonly Property[]): void {
  for (const { name, value, span } of properties) {
    if (value === undefined) continue;
    const kinds = table.properties.get(name);
    if (kinds === undefined) {
      const end = span.start + name.length;
      throw cursor.invalidParameter(name, { start: span.start, end }, [...table.properties.keys()]);
    }
    if (!fits(value, kinds) || !isNamedChoice(name, value)) throw cursor.invalidValue(name, value.span, kinds);
    checkFormat(cursor, name, value);
  }
}

const CHOICES: Record<string, RegExp> = { ON_ERROR, VALIDATION_MODE };

function isNamedChoice(name: string, value: PropertyValue): boolean {
  const choice = CHOICES[name];
  if (choice === undefined) return true;
  if (value.kind === "Keyword" || value.kind === "StringLiteral") return choice.test(value.value);
  return value.kind !== "ObjectName";
}

/** `FILE_FORMAT = (TYPE = CSV …)` */
function checkFormat(cursor: Cursor, name: string, value: PropertyValue): void {
  if (name.endsWith("FILE_FORMAT") && value.kind === "PropertyMap") checkOptions(cursor, FORMAT, value.properties);
}

/** The same for a name in UNSET, which stands at the cursor. */
export function checkPropertyName(cursor: Cursor, objectType: ObjectType, name: string): void {
  const table = propertiesOf(objectType);
  if (table === undefined || objectType === "TASK" || table.properties.has(name) || isTakenAsItIs(table, name)) return;
  throw cursor.invalidProperty(name, objectType, cursor.spanOf(cursor.token), [...table.properties.keys()]);
}

function isTakenAsItIs(table: PropertyTable, name: string): boolean {
  return (table.sessionParameters === true && isSessionParameter(name)) || (table.open === true && name.includes("_"));
}
