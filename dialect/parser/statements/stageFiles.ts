import type { Get, List, Property, Put, Remove } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseProperties } from "../properties";
import { STAGE_FILES } from "../propertyRules/copy";
import { checkCopyOptions } from "../propertyRules/options";
import { parseLocation } from "../stages";

/** https://docs.snowflake.com/en/sql-reference/sql/put */
export function parsePut(cursor: Cursor): Put {
  const { start } = cursor;
  cursor.expect("PUT");
  const file = parseFile(cursor);
  const location = parseLocation(cursor);
  return { kind: "Put", file, location, properties: parseOptions(cursor, "PUT"), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/get */
export function parseGet(cursor: Cursor): Get {
  const { start } = cursor;
  cursor.expect("GET");
  const location = parseLocation(cursor);
  const file = parseFile(cursor);
  return { kind: "Get", location, file, properties: parseOptions(cursor, "GET"), span: cursor.span(start) };
}

function parseFile(cursor: Cursor): string {
  if (!(cursor.token.kind === "Uri" || cursor.isString()) || !/^file:\/\//i.test(cursor.token.value))
    throw cursor.unexpected(["file://…"]);
  return cursor.next().value;
}

function parseOptions(cursor: Cursor, statement: keyof typeof STAGE_FILES): Property[] {
  const options = parseProperties(cursor);
  // What stands behind the statement and does not belong to it is the mistake that comes first.
  if (cursor.atStatementEnd || cursor.is("->>")) checkCopyOptions(cursor, STAGE_FILES[statement], options);
  return options;
}

/** https://docs.snowflake.com/en/sql-reference/sql/list */
export function parseList(cursor: Cursor): List {
  const { start } = cursor;
  cursor.expectAnyOf("LIST", "LS");
  const location = parseLocation(cursor);
  return { kind: "List", location, properties: parseOptions(cursor, "LIST"), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/remove */
export function parseRemove(cursor: Cursor): Remove {
  const { start } = cursor;
  cursor.expectAnyOf("REMOVE", "RM");
  const location = parseLocation(cursor);
  return { kind: "Remove", location, properties: parseOptions(cursor, "REMOVE"), span: cursor.span(start) };
}
