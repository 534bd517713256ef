import { groupingWithoutGroupBy, unsupportedArgumentType, unsupportedFeature } from "../errors";
import { type Bound, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { comparable, hasKey } from "../translate/expressions/comparison";
import { ARRAY, BOOLEAN, binary, sqlName } from "../types/dataType";
import { aggregate, type Call, type FunctionEntry, type FunctionTable, INTEGER } from "./call";
import { noDistinct } from "./statistics";

/** Bits of all values, rounded to whole numbers. */
const bits = (fn: "bit_and" | "bit_or" | "bit_xor"): FunctionEntry =>
  aggregate(1, 1, (call) => {
    if (call.arg(0).type.kind === "BINARY") throw unsupportedFeature(`${call.name} of BINARY`);
    const given = call.arg(0).type.kind === "VARIANT" ? call.arg(0) : call.numeric(0);
    const value = cast(given, INTEGER, call.settings).sql;
    return call.result(`(${call.aggregate(fn, `(${value})::HUGEINT`)})::DECIMAL(38,0)`, INTEGER, true);
  });

/** Positions, or bitmaps of them, in one bitmap. Source: https://docs.snowflake.com/en/user-guide/querying-bitmaps-for-distinct-counts */
const bitmap = (fn: "sf_bitmap" | "sf_bitmap_or" | "sf_bitmap_and"): FunctionEntry =>
  aggregate(1, 1, (call) => {
    const value = call.arg(0);
    if (fn !== "sf_bitmap" && value.type.kind !== "BINARY" && !isNullLiteral(value)) call.fail();
    const item = fn === "sf_bitmap" ? call.int(0) : isNullLiteral(value) ? "NULL::BLOB" : value.sql;
    const all = call.aggregate("list", item, { filter: `${item} IS NOT NULL`, distinct: fn === "sf_bitmap" });
    return call.result(`${fn}(${all})`, binary(), true);
  });

/** GROUPING of several keys is a number whose highest bit stands for the first. Source: …/functions/grouping */
const grouping = aggregate(1, Number.POSITIVE_INFINITY, (call) => {
  const { groupKeys } = call.binder.scope;
  if (!groupKeys) throw groupingWithoutGroupBy(call.name);
  call.args.forEach((arg, i) => {
    if (!groupKeys.has(arg.sql))
      throw call.error(
        "000979",
        "42601",
        `[${call.binder.source(call.node_(i).span)}] is not a valid group by expression`,
      );
  });
  const keys = call.args.map((arg) => comparable(arg.sql, arg.type));
  return call.result(`grouping(${keys.join(", ")})::DECIMAL(38,0)`, INTEGER, false);
});

/** Values as they are stored, in a list. */
const listed = (call: Call, i = 0): string => {
  const value = call.arg(i);
  return call.aggregate("list", call.variant(i), { filter: `${value.sql} IS NOT NULL` });
};

function mode(call: Call): Bound {
  noDistinct(call);
  const value = call.arg(0);
  if (value.type.kind === "OBJECT" || value.type.kind === "ARRAY")
    throw unsupportedArgumentType(call.name, sqlName(value.type));
  if (hasKey(value.type)) throw unsupportedFeature(`MODE of ${value.type.kind}`);
  return call.result(call.aggregate("mode", value.sql), value.type, true);
}

/** Exactly one value is true; NULL without any value. */
function booleanXor(call: Call): Bound {
  noDistinct(call);
  const value = call.truth(0);
  const [all, some] = [call.aggregate("count", value), call.aggregate("count_if", value)];
  return call.result(`CASE WHEN ${all} > 0 THEN ${some} = 1 END`, BOOLEAN, true);
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions-aggregation */
export const groupFunctions: FunctionTable = {
  BITMAP_CONSTRUCT_AGG: bitmap("sf_bitmap"),
  BITMAP_OR_AGG: bitmap("sf_bitmap_or"),
  BITMAP_AND_AGG: bitmap("sf_bitmap_and"),
  MODE: aggregate(1, 1, mode),
  BITAND_AGG: bits("bit_and"),
  BIT_AND_AGG: bits("bit_and"),
  BITANDAGG: bits("bit_and"),
  BIT_ANDAGG: bits("bit_and"),
  BITOR_AGG: bits("bit_or"),
  BIT_OR_AGG: bits("bit_or"),
  BITORAGG: bits("bit_or"),
  BIT_ORAGG: bits("bit_or"),
  BITXOR_AGG: bits("bit_xor"),
  BIT_XOR_AGG: bits("bit_xor"),
  BITXORAGG: bits("bit_xor"),
  BIT_XORAGG: bits("bit_xor"),
  BOOLXOR_AGG: aggregate(1, 1, booleanXor),
  ARRAY_UNIQUE_AGG: aggregate(1, 1, (call) =>
    call.result(`sf_array_distinct(to_json(coalesce(${listed(call)}, [])))`, ARRAY, false),
  ),
  ARRAY_UNION_AGG: aggregate(1, 1, (call) => {
    const arrays = call.aggregate("list", call.stored(0, "ARRAY"), { filter: `${call.arg(0).sql} IS NOT NULL` });
    return call.result(`sf_array_union(coalesce(${arrays}, []))`, ARRAY, false);
  }),
  GROUPING: grouping,
  GROUPING_ID: grouping,
};
