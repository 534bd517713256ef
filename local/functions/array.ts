import { once, onceBoth, UNDEFINED } from "../translate/sql";
import { ARRAY, BOOLEAN, number, OBJECT, VARIANT, varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar, variadic } from "./call";

/** A SQL NULL becomes an element that is undefined. */
const element = (call: Call, i: number): string => `coalesce(${call.variant(i)}, ${UNDEFINED})`;

const list = (call: Call, i: number): string => call.stored(i, "ARRAY");

const unary = (name: string, fn: string, type: typeof ARRAY | typeof VARIANT = ARRAY) => ({
  [name]: scalar(1, 1, (call) => call.result(`${fn}(${list(call, 0)})`, type, true)),
});

const binary = (name: string, fn: string, type: typeof ARRAY | typeof OBJECT = ARRAY) => ({
  [name]: scalar(2, 2, (call) => call.result(`${fn}(${list(call, 0)}, ${list(call, 1)})`, type, true)),
});

/** A NULL that is looked for is found in an undefined element, and otherwise unknown. Source: …/functions/array_contains */
function contains(call: Call) {
  const sql = onceBoth(
    call.asVariant(0),
    list(call, 1),
    (value, array) =>
      `CASE WHEN ${array} IS NULL THEN NULL WHEN ${value} IS NULL THEN CASE WHEN sf_array_position(${UNDEFINED}, ${array}) IS NOT NULL THEN TRUE END ELSE sf_array_contains(${value}, ${array}) END`,
  );
  return call.result(sql, BOOLEAN, true);
}

/** Functions on ARRAY. Source: https://docs.snowflake.com/en/sql-reference/functions-semistructured */
export const arrayFunctions: FunctionTable = {
  ARRAY_APPEND: scalar(2, 2, (call) =>
    call.result(
      once(
        list(call, 0),
        (a) => `CASE WHEN ${a} IS NOT NULL THEN sf_array_cat(${a}, to_json([${element(call, 1)}])) END`,
      ),
      ARRAY,
    ),
  ),
  ARRAY_PREPEND: scalar(2, 2, (call) =>
    call.result(
      once(
        list(call, 0),
        (a) => `CASE WHEN ${a} IS NOT NULL THEN sf_array_cat(to_json([${element(call, 1)}]), ${a}) END`,
      ),
      ARRAY,
    ),
  ),
  ...binary("ARRAY_CAT", "sf_array_cat"),
  ...binary("ARRAY_EXCEPT", "sf_array_except"),
  ...binary("ARRAY_INTERSECTION", "sf_array_intersection"),
  ...binary("ARRAYS_TO_OBJECT", "sf_arrays_to_object", OBJECT),
  ...unary("ARRAY_DISTINCT", "sf_array_distinct"),
  ...unary("ARRAY_COMPACT", "sf_array_compact"),
  ...unary("ARRAY_REVERSE", "sf_array_reverse"),
  ...unary("ARRAY_FLATTEN", "sf_array_flatten"),
  ...unary("ARRAY_MIN", "sf_array_min", VARIANT),
  ...unary("ARRAY_MAX", "sf_array_max", VARIANT),
  ARRAYS_ZIP: variadic(1, (call) =>
    call.result(`sf_arrays_zip([${call.args.map((_, i) => list(call, i)).join(", ")}])`, ARRAY, true),
  ),
  ARRAY_REPEAT: scalar(2, 2, (call) => call.result(`sf_array_repeat(${element(call, 0)}, ${call.int(1)})`, ARRAY)),
  ARRAY_CONTAINS: scalar(2, 2, contains),
  ARRAY_POSITION: scalar(2, 2, (call) =>
    call.result(
      `sf_array_position(coalesce(${call.asVariant(0)}, ${UNDEFINED}), ${list(call, 1)})::DECIMAL(9,0)`,
      number(9, 0),
      true,
    ),
  ),
  ARRAYS_OVERLAP: scalar(2, 2, (call) =>
    call.result(`(json_array_length(sf_array_intersection(${list(call, 0)}, ${list(call, 1)})) > 0)`, BOOLEAN),
  ),
  ARRAY_REMOVE: scalar(2, 2, (call) => call.result(`sf_array_remove(${list(call, 0)}, ${call.asVariant(1)})`, ARRAY)),
  ARRAY_REMOVE_AT: scalar(2, 2, (call) => call.result(`sf_array_remove_at(${list(call, 0)}, ${call.int(1)})`, ARRAY)),
  ARRAY_INSERT: scalar(3, 3, (call) =>
    call.result(`sf_array_insert(${list(call, 0)}, ${call.int(1)}, ${element(call, 2)})`, ARRAY),
  ),
  ARRAY_SLICE: scalar(3, 3, (call) =>
    call.result(`sf_array_slice(${list(call, 0)}, ${call.int(1)}, ${call.int(2)})`, ARRAY),
  ),
  ARRAY_SORT: scalar(1, 3, (call) => {
    const ascending = call.has(1) ? call.bool(1) : "TRUE";
    // Without a word on it, missing elements are the largest.
    const nullsFirst = call.has(2) ? call.bool(2) : `NOT ${ascending}`;
    return call.result(`sf_array_sort(${list(call, 0)}, ${ascending}, ${nullsFirst})`, ARRAY);
  }),
  ARRAY_TO_STRING: scalar(2, 2, (call) => call.result(`sf_array_join(${list(call, 0)}, ${call.text(1)})`, varchar())),
  ARRAY_GENERATE_RANGE: scalar(2, 3, (call) =>
    call.result(`sf_array_range(${call.int(0)}, ${call.int(1)}, ${call.has(2) ? call.int(2) : "1"})`, ARRAY),
  ),
};
