import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/expressions-conditional */
export const conditionalFunctions = define(
  "conditional",
  {},
  `BOOLAND BOOLOR BOOLXOR(any, any) boolean
  BOOLNOT(any) boolean
  COALESCE(any, any, ...any) same
  DECODE(any, any, any, ...any) any
  EQUAL_NULL(any, any) boolean
  GREATEST LEAST GREATEST_IGNORE_NULLS LEAST_IGNORE_NULLS(any, ...any) same
  IFF(boolean, any, any) any
  IFNULL NVL(any, any) same
  NVL2(any, any, any) any
  NULLIF(any, any) same
  NULLIFZERO ZEROIFNULL(number) number
  IS_NULL_VALUE(variant) boolean
  REGR_VALX REGR_VALY(number, number) float`,
);
