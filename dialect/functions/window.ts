import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-window; aggregates that take OVER are in aggregate.ts. */
export const windowFunctions = define(
  "window",
  { window: "must" },
  `ROW_NUMBER RANK DENSE_RANK() integer
  PERCENT_RANK CUME_DIST() float
  NTILE(integer) integer
  LAG LEAD(any, integer?, any?) same
  FIRST_VALUE LAST_VALUE(any) same
  NTH_VALUE(any, integer) same
  RATIO_TO_REPORT(number) number
  CONDITIONAL_CHANGE_EVENT(any) integer
  CONDITIONAL_TRUE_EVENT(boolean) integer
  INTERPOLATE_BFILL INTERPOLATE_FFILL INTERPOLATE_LINEAR(any) same`,
);

/** Only inside MATCH_RECOGNIZE. https://docs.snowflake.com/en/sql-reference/constructs/match_recognize */
export const rowPatternFunctions = define(
  "row pattern",
  {},
  `MATCH_NUMBER MATCH_SEQUENCE_NUMBER() integer
  CLASSIFIER() text
  FIRST LAST(any) same`,
);
