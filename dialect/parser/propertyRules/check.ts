import type { ObjectType, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { propertiesOf } from "./index";
import { checkFormat, checkFormatOptions, checkFormats } from "./options";
import type { PropertyTable } from "./propertyTable";
import { internalName, nameSpan, refuseRepeats } from "./repeats";
import { isSessionParameter } from "./sessionParameters";
import { fits } from "./valueKinds";

/**
 * Refuses, in this order, the first property that is said again, the first that the kind of object does not have, and the
 * first value that is of another kind than the documentation says. Flags and clauses without `=` were read word by word.
 */
export function checkProperties(
  cursor: Cursor,
  objectType: ObjectType,
  properties: readonly Property[],
  verb: "CREATE" | "ALTER",
): void {
  // What stands behind the statement and does not belong to it is the mistake that comes first.
  if (!cursor.atStatementEnd && !cursor.is("->>")) return;
  const table = propertiesOf(objectType);
  if (objectType === "FILE FORMAT" && table !== undefined) {
    if (verb === "ALTER") refuseOtherType(cursor, properties);
    checkFormatOptions(cursor, properties, table);
    return;
  }
  refuseRepeats(cursor, objectType, table, properties);
  if (objectType === "STAGE") checkFormats(cursor, properties);
  if (table === undefined) return;
  const checked = properties.filter(({ name, value, bare }) => value !== undefined && !bare && !name.includes(" "));
  for (const { name, span } of checked) {
    const isOfOther = (table.only?.[verb === "CREATE" ? "ALTER" : "CREATE"] ?? []).includes(name);
    if (!isOfOther && (table.properties.has(name) || isTakenAsItIs(table, name))) continue;
    throw cursor.invalidProperty(name, objectType, nameSpan(name, span), [...table.properties.keys()]);
  }
  for (const property of checked) checkValue(cursor, objectType, table, property);
}

function checkValue(cursor: Cursor, objectType: ObjectType, table: PropertyTable, { name, value }: Property): void {
  const kinds = table.properties.get(name);
  if (value === undefined || kinds === undefined) return;
  if (!fits(value, kinds)) throw cursor.invalidValue(name, value.span, kinds);
  if (name === "TARGET_LAG" && value.kind === "StringLiteral" && !isLag(value.value))
    throw cursor.invalidValue(name, value.span, ["a number of seconds, minutes, hours or days", "DOWNSTREAM"]);
  if (NEVER_ZERO.has(`${objectType} ${name}`) && value.kind === "NumberLiteral" && Number(value.text) === 0) {
    const message = `invalid value '${value.text}' for property '${internalName(objectType, name)}'`;
    throw cursor.brokenRule({ message, code: "001422", sqlState: "22023" }, value.span);
  }
  checkFormat(cursor, name, value);
}

const NEVER_ZERO: ReadonlySet<string> = new Set([
  "SEQUENCE INCREMENT",
  "WAREHOUSE MAX_CLUSTER_COUNT",
  "WAREHOUSE MIN_CLUSTER_COUNT",
]);

function refuseOtherType(cursor: Cursor, properties: readonly Property[]): void {
  const type = properties.find(({ name }) => name === "TYPE");
  if (type !== undefined)
    throw cursor.brokenRule({ message: "File format type cannot be changed." }, nameSpan("TYPE", type.span));
}

const SPAN_OF_TIME = "[0-9]+\\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)";
const LAG = new RegExp(`^\\s*${SPAN_OF_TIME}(\\s*,\\s*${SPAN_OF_TIME})*\\s*$`, "i");

/** `'5 minutes'`, `'1 hour, 30 minutes'` as GET_DDL writes it; what a client puts in for `${lag}` is not known. */
const isLag = (text: string): boolean => LAG.test(text) || /[${<%]/.test(text) || /^\s*downstream\s*$/i.test(text);

/** The same for a name in UNSET, which stands at the cursor. */
export function checkPropertyName(cursor: Cursor, objectType: ObjectType, name: string): void {
  const table = propertiesOf(objectType);
  if (table === undefined || objectType === "TASK" || table.properties.has(name) || isTakenAsItIs(table, name)) return;
  throw cursor.invalidProperty(name, objectType, cursor.spanOf(cursor.token), [...table.properties.keys()]);
}

function isTakenAsItIs(table: PropertyTable, name: string): boolean {
  return (table.sessionParameters === true && isSessionParameter(name)) || (table.open === true && name.includes("_"));
}
