import { groupingWithoutGroupBy, invalidArgumentTypes, unsupportedArgumentType, unsupportedFeature } from "../errors";
import { type Bound, constantNumber, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { comparable, hasKey } from "../translate/expressions/comparison";
import { once } from "../translate/sql";
import { ARRAY, BOOLEAN, binary, FLOAT, sqlName } from "../types/dataType";
import { aggregate, type Call, COUNT_TYPE, type FunctionEntry, type FunctionTable, INTEGER } from "./call";
import { measured, noDistinct } from "./statistics";

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

/** The number of different values; exact here, which is the best approximation. */
const approximateCount = aggregate(1, Number.POSITIVE_INFINITY, (call) => {
  const keys = call.args.map((value) => comparable(value.sql, value.type));
  const complete = keys.map((key) => `${key} IS NOT NULL`).join(" AND ");
  const value =
    keys.length === 1
      ? (keys[0] as string)
      : `CASE WHEN ${complete} THEN struct_pack(${keys.map((key, i) => `k${i} := ${key}`).join(", ")}) END`;
  return call.result(call.aggregate("count", value, { distinct: true }), COUNT_TYPE, false);
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

function constant(call: Call, i: number, fallback: number): number {
  if (!call.has(i)) return fallback;
  const value = constantNumber(call.arg(i)) ?? Number(call.arg(i).literal?.text);
  if (Number.isNaN(value)) throw unsupportedFeature(`${call.name} with an argument that is no constant`);
  return value;
}

/** How many values APPROX_TOP_K gives or tracks. Source: …/functions/approx_top_k */
const MOST_VALUES = 100_000;

function topValues(call: Call): Bound {
  const [k, counters] = [constant(call, 1, 1), constant(call, 2, MOST_VALUES)];
  for (const count of [k, counters])
    if (!Number.isInteger(count) || count < 1 || count > MOST_VALUES)
      throw call.error(
        "001015",
        "22023",
        `Invalid number of values for ${call.name}; expected a whole number from 1 to ${MOST_VALUES}`,
      );
  return call.result(`sf_top_k(coalesce(${listed(call)}, []), ${k})`, ARRAY, false);
}

/** As the page's examples: halfway from the value at that share to the next one. Source: …/functions/approx_percentile */
function approximatePercentile(call: Call): Bound {
  noDistinct(call);
  const share = constant(call, 1, 0);
  if (share < 0 || share > 1)
    throw call.error("001015", "22023", `Invalid percentile for ${call.name}; expected a constant between 0.0 and 1.0`);
  // The states that it makes complain, and have no place in the text.
  const number = measured(call, 0, () => {
    const type = `(${sqlName(call.arg(0).type)})`;
    throw invalidArgumentTypes("APPROX_PERCENTILE_ACCUMULATE", type, { line: 0, column: -1 });
  });
  const value = `(${number.sql})::DOUBLE`;
  const sorted = `list_sort(${call.aggregate("list", value, { filter: `${value} IS NOT NULL`, orderBy: "" })})`;
  const sql = once(sorted, (list) => {
    const place = `greatest(ceil(${share} * len(${list}))::BIGINT, 1)`;
    const next = `CASE WHEN ${place} < len(${list}) THEN ${list}[${place} + 1] ELSE 2 * ${list}[-1] - ${list}[len(${list}) - 1] END`;
    return `CASE WHEN len(${list}) < 2 THEN ${list}[1] ELSE (${list}[${place}] + ${next}) / 2 END`;
  });
  return call.result(sql, FLOAT, true);
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
  APPROX_COUNT_DISTINCT: approximateCount,
  HLL: approximateCount,
  APPROX_PERCENTILE: aggregate(2, 2, approximatePercentile),
  APPROX_TOP_K: aggregate(1, 3, topValues),
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
