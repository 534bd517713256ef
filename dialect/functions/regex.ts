import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-regexp */
export const regexFunctions = define(
  "regex",
  {},
  `REGEXP_LIKE RLIKE REGEXP(text, text, text?) boolean
  REGEXP_COUNT(text, text, integer?, text?) integer
  REGEXP_INSTR(text, text, integer?, integer?, integer?, text?, integer?) integer
  REGEXP_REPLACE(text, text, text?, integer?, integer?, text?) text
  REGEXP_SUBSTR(text, text, integer?, integer?, text?, integer?) text
  REGEXP_SUBSTR_ALL REGEXP_EXTRACT_ALL(text, text, integer?, integer?, text?, integer?) array`,
);
