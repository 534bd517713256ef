import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-semistructured */
export const semiStructuredFunctions = define(
  "semi-structured",
  {},
  `CHECK_JSON(any) text
  CHECK_XML(text, boolean?) text
  JSON_EXTRACT_PATH_TEXT(any, text) text
  PARSE_JSON(text, text?) variant
  PARSE_XML(text, boolean?) variant
  STRIP_NULL_VALUE(variant) variant
  ARRAY_APPEND ARRAY_PREPEND(array, any) array
  ARRAY_CAT ARRAY_EXCEPT ARRAY_INTERSECTION(array, array) array
  ARRAY_COMPACT ARRAY_DISTINCT ARRAY_FLATTEN ARRAY_REVERSE(array) array
  ARRAY_CONSTRUCT ARRAY_CONSTRUCT_COMPACT(...any) array
  ARRAY_CONSTRUCT_STRUCTURED(any, ...any) array
  ARRAY_CONTAINS(any, array) boolean
  ARRAY_GENERATE_RANGE(integer, integer, integer?) array
  ARRAY_INSERT(array, integer, any) array
  ARRAY_MAX ARRAY_MIN(array) any
  ARRAY_POSITION(any, array) integer
  ARRAY_REMOVE(array, any) array
  ARRAY_REMOVE_AT(array, integer) array
  ARRAY_REPEAT(any, integer) array
  ARRAY_SIZE(any) integer
  ARRAY_SLICE(array, integer, integer) array
  ARRAY_SORT(array, boolean?, boolean?) array
  ARRAY_TO_STRING(array, text) text
  ARRAYS_OVERLAP(array, array) boolean
  ARRAYS_TO_OBJECT(array, array) object
  ARRAYS_ZIP(array, ...array) array
  OBJECT_CONSTRUCT OBJECT_CONSTRUCT_KEEP_NULL OBJECT_CONSTRUCT_KEEP_NULL_STRUCTURED(...any) object
  OBJECT_DELETE OBJECT_PICK(object, any, ...any) object
  OBJECT_INSERT(object, text, any, boolean?) object
  OBJECT_KEYS(any) array
  PROMPT(text, ...any) object
  FILTER TRANSFORM(array, lambda) array
  REDUCE(array, any, lambda) any
  MAP_CAT(map, map) map
  MAP_CONSTRUCT(...any) map
  MAP_CONTAINS_KEY(any, map) boolean
  MAP_DELETE MAP_PICK(map, any, ...any) map
  MAP_ENTRIES MAP_KEYS(map) array
  MAP_INSERT(map, any, any, boolean?) map
  MAP_SIZE(map) integer
  GET GET_IGNORE_CASE(any, any) variant
  GET_PATH(variant, text) variant
  XMLGET(any, text, integer?) any
  AS_ARRAY(variant) array
  AS_BINARY(variant) binary
  AS_BOOLEAN(variant) boolean
  AS_CHAR AS_VARCHAR(variant) text
  AS_DATE(variant) date
  AS_DECIMAL AS_NUMBER(variant, integer?, integer?) number
  AS_DOUBLE AS_REAL(variant) float
  AS_INTEGER(variant) integer
  AS_OBJECT(variant) object
  AS_TIME(variant) time
  AS_TIMESTAMP_LTZ(variant) timestamp_ltz
  AS_TIMESTAMP_NTZ(variant) timestamp_ntz
  AS_TIMESTAMP_TZ(variant) timestamp_tz
  IS_ARRAY IS_BOOLEAN IS_BINARY IS_CHAR IS_VARCHAR IS_DATE IS_DATE_VALUE IS_DECIMAL IS_DOUBLE IS_REAL IS_INTEGER IS_OBJECT IS_TIME IS_TIMESTAMP_LTZ IS_TIMESTAMP_NTZ IS_TIMESTAMP_TZ(variant) boolean
  TYPEOF(any) text
  SYSTEM$TYPEOF(any) text`,
);
