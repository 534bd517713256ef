import type { Cursor } from "../cursor";

/**
 * True at the full name of a class, `SNOWFLAKE.ML.FORECAST`, with a word behind it: `behind`, or a name. Classes of the search
 * path, without database and schema, are not told from misspelt kinds of object.
 * https://docs.snowflake.com/en/sql-reference/snowflake-db-classes
 */
export function isClass(cursor: Cursor, behind?: string): boolean {
  if (!isClassName(cursor) || cursor.peek(4).kind !== "Word") return false;
  const { kind, keyword } = cursor.peek(5);
  return behind === undefined ? kind === "Word" || kind === "QuotedIdentifier" : keyword === behind;
}

/** True at the full name of a class: they are all in the database SNOWFLAKE. */
export const isClassName = (cursor: Cursor): boolean =>
  cursor.token.keyword === "SNOWFLAKE" && cursor.peek(1).keyword === "." && cursor.peek(3).keyword === ".";

/** Snowflake's classes, whose schema may stand in the search path. */
export const CLASSES: ReadonlySet<string> = new Set([
  "ANOMALY_DETECTION",
  "BUDGET",
  "CLASSIFICATION",
  "CLASSIFICATION_PROFILE",
  "CUSTOM_CLASSIFIER",
  "DOCUMENT_INTELLIGENCE",
  "FORECAST",
  "TOP_INSIGHTS",
]);

/** True at `FORECAST name`, `FORECAST;` */
export function isBareClass(cursor: Cursor): boolean {
  return CLASSES.has(cursor.token.keyword) && cursor.peek().keyword !== ".";
}

/** The name of a class where the kind of an object is expected: `DROP SNOWFLAKE.CORE.BUDGET b`. */
export function acceptClass(cursor: Cursor): string | undefined {
  if (isBareClass(cursor)) return cursor.next().keyword;
  if (!isClass(cursor)) return undefined;
  return cursor
    .objectName()
    .parts.map(({ value }) => value)
    .join(".");
}
