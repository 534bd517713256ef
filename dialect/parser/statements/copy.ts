import type { CopyFiles, CopyIntoLocation, CopyIntoTable, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { beginsQuery } from "../lookahead";
import { isProperty, parseProperty } from "../properties";
import { COPY_FILES, LOAD, UNLOAD } from "../propertyRules/copy";
import { checkCopyOptions } from "../propertyRules/options";
import { parseLocation } from "../stages";
import { unwrapped, unwrappedQuery } from "../unwrapped";

/**
 * COPY INTO a table or a location, COPY FILES.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-table, …/copy-into-location, …/copy-files
 */
export function parseCopy(cursor: Cursor): CopyIntoTable | CopyIntoLocation | CopyFiles {
  const { start } = cursor;
  cursor.expect("COPY");
  if (cursor.acceptSequence("FILES", "INTO")) return parseCopyFiles(cursor, start);
  cursor.expect("INTO");
  return isLocation(cursor) ? parseCopyIntoLocation(cursor, start) : parseCopyIntoTable(cursor, start);
}

function isLocation(cursor: Cursor): boolean {
  return cursor.token.kind === "Stage" || cursor.token.kind === "String";
}

function parseCopyIntoTable(cursor: Cursor, start: number): CopyIntoTable {
  const table = cursor.name();
  const columns = cursor.is("(") ? cursor.parenthesizedList(() => cursor.identifier()) : [];
  // The properties may stand before FROM; without FROM it is the table's own stage.
  const properties = parseCopyProperties(cursor);
  const from = cursor.accept("FROM") ? parseCopySource(cursor) : undefined;
  properties.push(...parseCopyProperties(cursor));
  checkCopyOptions(cursor, LOAD, properties);
  const mode = properties.find(({ name }) => name === "VALIDATION_MODE");
  if (mode !== undefined && from?.kind === "Query")
    throw cursor.brokenRule({ message: "VALIDATION_MODE does not support COPY with transform." }, mode.span);
  return { kind: "CopyIntoTable", table, columns, ...(from && { from }), properties, span: cursor.span(start) };
}

function parseCopySource(cursor: Cursor): NonNullable<CopyIntoTable["from"]> {
  return beginsQuery(cursor) ? unwrappedQuery(cursor.query()) : parseLocation(cursor);
}

function parseCopyIntoLocation(cursor: Cursor, start: number): CopyIntoLocation {
  const location = parseLocation(cursor);
  cursor.expect("FROM");
  const from = beginsQuery(cursor) ? unwrappedQuery(cursor.query()) : cursor.name();
  const partitionBy = cursor.acceptSequence("PARTITION", "BY") ? unwrapped(cursor.expression()) : undefined;
  const properties: Property[] = [];
  for (;;) {
    if (isProperty(cursor)) properties.push(parseProperty(cursor));
    else if (!acceptValidation(cursor, properties)) break;
  }
  // Behind an option the word is taken for another one.
  if (properties.length > 0 && cursor.isSequence("PARTITION", "BY")) throw cursor.unexpected(["="], cursor.peek());
  checkCopyOptions(cursor, UNLOAD, properties);
  return {
    kind: "CopyIntoLocation",
    location,
    from,
    ...(partitionBy && { partitionBy }),
    properties,
    span: cursor.span(start),
  };
}

function parseCopyFiles(cursor: Cursor, start: number): CopyFiles {
  const location = parseLocation(cursor);
  cursor.expect("FROM");
  const from = beginsQuery(cursor) ? unwrappedQuery(cursor.query()) : parseLocation(cursor);
  const properties = parseCopyProperties(cursor);
  checkCopyOptions(cursor, COPY_FILES, properties);
  return { kind: "CopyFiles", location, from, properties, span: cursor.span(start) };
}

function parseCopyProperties(cursor: Cursor): Property[] {
  const properties: Property[] = [];
  while (isProperty(cursor)) {
    properties.push(parseProperty(cursor));
    if (cursor.is(",") && cursor.peek(2).keyword === "=") cursor.next();
  }
  return properties;
}

/** `VALIDATION_MODE = …` is a property; the older form has it behind a blank. */
function acceptValidation(cursor: Cursor, properties: Property[]): boolean {
  if (!cursor.is(",") || cursor.peek(2).keyword !== "=") return false;
  cursor.next();
  properties.push(parseProperty(cursor));
  return true;
}
