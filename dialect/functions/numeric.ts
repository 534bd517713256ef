import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-numeric and expressions-byte-bit */
export const numericFunctions = [
  ...define(
    "numeric",
    {},
    `ABS(number) same
    CEIL FLOOR(number, integer?) number
    ROUND(number, integer?, text?) number
    DIV0 DIV0NULL(number, number) number
    MOD(number, number) number
    SIGN(number) integer
    CBRT EXP LN SQRT SQUARE(number) float
    FACTORIAL(integer) integer
    LOG POW POWER(number, number) float
    ACOS ACOSH ASIN ASINH ATAN ATANH COS COSH COT DEGREES RADIANS SIN SINH TAN TANH(number) float
    ATAN2(number, number) float
    PI() float
    HAVERSINE(number, number, number, number) float
    WIDTH_BUCKET(any, any, any, integer) integer`,
  ),
  ...define(
    "bitwise",
    {},
    `BITAND BIT_AND BITOR BIT_OR BITXOR BIT_XOR(any, any, text?) any
    BITNOT BIT_NOT(any) any
    BITSHIFTLEFT BIT_SHIFTLEFT BITSHIFTRIGHT BIT_SHIFTRIGHT(any, integer) any
    GETBIT(integer, integer) integer`,
  ),
  ...define(
    "bitmap",
    {},
    `BITMAP_BIT_POSITION BITMAP_BUCKET_NUMBER(integer) integer
    BITMAP_ABSOLUTE_POSITION(integer, integer) integer
    BITMAP_COUNT(binary) integer
    BITMAP_AND BITMAP_OR(binary, binary) binary
    BITMAP_TO_ARRAY(binary) array`,
  ),
];
