import type { Describe } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseProperties } from "../properties";
import { mostParts, ObjectTypes, SINGULAR_TYPES } from "./objectTypes";
import { expectArgumentTypes } from "./routineSignature";

/** What can be described and is no kind of object. */
const FURTHER_TYPES = new ObjectTypes([
  "AVAILABLE LISTING",
  "AVAILABLE ORGANIZATION PROFILE",
  "SEARCH OPTIMIZATION ON",
]);

/** https://docs.snowflake.com/en/sql-reference/sql/desc-specification */
const OF_APPLICATIONS: ReadonlySet<string> = new Set(["CONFIGURATION", "SPECIFICATION"]);

/** https://docs.snowflake.com/en/sql-reference/sql/desc */
export function parseDescribe(cursor: Cursor): Describe {
  const { start } = cursor;
  cursor.expectAnyOf("DESCRIBE", "DESC");
  if (cursor.accept("RESULT")) {
    const result = cursor.expression();
    return { kind: "Describe", objectType: "RESULT", result, properties: [], span: cursor.span(start) };
  }
  const objectType = FURTHER_TYPES.accept(cursor) ?? acceptType(cursor);
  const describe: Describe = { kind: "Describe", objectType, properties: [], span: { start, end: start } };
  if (objectType === "TRANSACTION" && cursor.token.kind === "Number") describe.result = cursor.expression();
  else describe.name = cursor.name(undefined, objectType === "SHARE" ? 3 : mostParts(objectType));
  const argumentTypes = expectArgumentTypes(cursor, objectType);
  if (argumentTypes !== undefined) describe.argumentTypes = argumentTypes;
  if (OF_APPLICATIONS.has(objectType) && cursor.acceptSequence("IN", "APPLICATION"))
    describe.application = cursor.name();
  if (!cursor.isIdentifier()) expectNoProperty(cursor);
  describe.properties = parseProperties(cursor);
  expectNoProperty(cursor);
  describe.span = cursor.span(start);
  return describe;
}

/** A word that has no value, or that is no name of a property, is taken for one all the same: what stands behind it is wrong. */
function expectNoProperty(cursor: Cursor): void {
  if (cursor.token.kind === "Word") throw cursor.unexpected(["="], cursor.peek());
}

/** Without a kind it is a table: `DESC t`. */
function acceptType(cursor: Cursor): string {
  const next = cursor.peek();
  const isName = next.kind === "End" || next.keyword === ";" || next.keyword === "." || next.keyword === "->>";
  return isName && cursor.isIdentifier() ? "TABLE" : SINGULAR_TYPES.expect(cursor);
}
