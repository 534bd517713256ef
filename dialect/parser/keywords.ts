/** https://docs.snowflake.com/en/sql-reference/reserved-keywords */

/** Never an identifier unless quoted. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    "ALL ALTER AND ANY AS BETWEEN BY CHECK COLUMN CONNECT CREATE CURRENT DELETE DISTINCT DROP ELSE EXISTS FOLLOWING FOR FROM " +
    "GRANT GROUP HAVING ILIKE IN INCREMENT INSERT INTERSECT INTO IS LIKE MINUS NOT NULL OF ON OR ORDER QUALIFY REGEXP REVOKE " +
    "RLIKE ROW ROWS SAMPLE SELECT SET SOME START TABLE TABLESAMPLE THEN TO TRIGGER UNION UNIQUE UPDATE VALUES WHENEVER WHERE WINDOW WITH"
  ).split(" "),
);

/** No column reference in a scalar expression. */
export const NOT_A_COLUMN: ReadonlySet<string> = new Set([
  "CASE",
  "CAST",
  "CONSTRAINT",
  "DEFAULT",
  "FALSE",
  "TRUE",
  "TRY_CAST",
  "WHEN",
]);

/** No name of a table in FROM that has no dot, and no alias. */
export const NOT_A_TABLE: ReadonlySet<string> = new Set([
  "ASOF",
  "CROSS",
  "FULL",
  "INNER",
  "JOIN",
  "LATERAL",
  "LEFT",
  "MATCH_CONDITION",
  "NATURAL",
  "RIGHT",
  "USING",
]);

/** No column name in CREATE TABLE, besides the reserved words. */
export const NOT_A_COLUMN_NAME: ReadonlySet<string> = new Set([
  "CONSTRAINT",
  "CURRENT_DATE",
  "CURRENT_ROLE",
  "CURRENT_TIME",
  "CURRENT_TIMESTAMP",
  "CURRENT_USER",
  "LOCALTIME",
  "LOCALTIMESTAMP",
]);

/** Kinds of scope in SHOW … IN: never the name itself. */
export const NOT_A_SHOW_SCOPE: ReadonlySet<string> = new Set([
  "ACCOUNT",
  "CONNECTION",
  "DATABASE",
  "GSCLUSTER",
  "ISSUE",
  "ORGANIZATION",
  "SCHEMA",
  "VIEW",
]);
