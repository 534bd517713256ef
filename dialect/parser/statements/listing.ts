import type { Cursor } from "../cursor";
import { parseLocation } from "../stages";

/**
 * What stands behind the name of a new listing: `[SHARE s | APPLICATION PACKAGE p] AS 'manifest' | FROM '@stage/path'` and
 * its properties. https://docs.snowflake.com/en/sql-reference/sql/create-listing, …/create-organization-listing
 */
export function skipListing(cursor: Cursor): void {
  if (cursor.accept("SHARE") || cursor.acceptSequence("APPLICATION", "PACKAGE")) cursor.name();
  if (cursor.accept("AS")) cursor.string();
  else {
    cursor.expect("FROM");
    parseLocation(cursor);
  }
  const seen = new Set<string>();
  while (cursor.isAnyOf(["PUBLISH", "REVIEW", "COMMENT"]) && !seen.has(cursor.token.keyword)) {
    const property = cursor.next().keyword;
    seen.add(property);
    cursor.expect("=");
    if (property === "COMMENT") cursor.string();
    else cursor.expectAnyOf("TRUE", "FALSE");
  }
}
