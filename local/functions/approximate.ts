import { invalidArgumentTypes, unsupportedFeature } from "../errors";
import { type Bound, constantNumber, isNullLiteral } from "../translate/bound";
import { comparable, hasKey } from "../translate/expressions/comparison";
import { once } from "../translate/sql";
import { ARRAY, binary, FLOAT, OBJECT, sqlName } from "../types/dataType";
import { aggregate, type Call, COUNT_TYPE, type FunctionTable, scalar } from "./call";
import { measured, noDistinct } from "./statistics";

/** No argument is NULL. */
const complete = (call: Call): string => call.args.map(({ sql }) => `${sql} IS NOT NULL`).join(" AND ");

/** The number of different values; exact here, which is the best approximation. */
const approximateCount = aggregate(1, Number.POSITIVE_INFINITY, (call) => {
  const keys = call.args.map((value) => comparable(value.sql, value.type));
  const value =
    keys.length === 1
      ? (keys[0] as string)
      : `CASE WHEN ${complete(call)} THEN struct_pack(${keys.map((key, i) => `k${i} := ${key}`).join(", ")}) END`;
  return call.result(call.aggregate("count", value, { distinct: true }), COUNT_TYPE, false);
});

/** 64 bits of what the values are, whatever their scale. */
function hashed(call: Call): string {
  const texts = call.args.map(({ sql, type }, i) => (hasKey(type) ? comparable(sql, type) : call.variant(i)));
  return `md5_number_lower(concat_ws(chr(31), ${texts.map((text) => `(${text})::VARCHAR`).join(", ")}))`;
}

/** A state of HyperLogLog, at most 4 096 bytes. Source: …/functions/hll_accumulate */
const hyperLogLog = aggregate(1, Number.POSITIVE_INFINITY, (call) => {
  const hashes = call.aggregate("list", hashed(call), { distinct: true, orderBy: "", filter: complete(call) });
  return call.result(`sf_hll(coalesce(${hashes}, []))`, binary(4096), false);
});

function binaryState(call: Call): string {
  const state = call.arg(0);
  if (isNullLiteral(state)) return "NULL::BLOB";
  return state.type.kind === "BINARY" ? state.sql : call.fail();
}

/** A state that an aggregate made, as an OBJECT or in a VARIANT. */
function objectState(call: Call): string {
  const { kind } = call.arg(0).type;
  return kind === "VARIANT" ? call.arg(0).sql : call.stored(0, "OBJECT");
}

function constant(call: Call, i: number, fallback: number): number {
  if (!call.has(i)) return fallback;
  const value = constantNumber(call.arg(i)) ?? Number(call.arg(i).literal?.text);
  if (Number.isNaN(value)) throw unsupportedFeature(`${call.name} with an argument that is no constant`);
  return value;
}

/** How many values APPROX_TOP_K gives or tracks. Source: …/functions/approx_top_k */
const MOST_VALUES = 100_000;

function amount(call: Call, i: number, fallback: number): number {
  const count = constant(call, i, fallback);
  if (call.has(i) && (!Number.isInteger(count) || count < 1 || count > MOST_VALUES))
    throw call.error(
      "001015",
      "22023",
      `Invalid number of values for ${call.name}; expected a whole number from 1 to ${MOST_VALUES}`,
    );
  return count;
}

/** The values of all rows as they are stored. */
const listed = (call: Call): string =>
  `coalesce(${call.aggregate("list", call.variant(0), { filter: `${call.arg(0).sql} IS NOT NULL` })}, [])`;

/** The states of all rows. */
const states = (call: Call, state: string): string =>
  `coalesce(${call.aggregate("list", state, { orderBy: "", filter: `${state} IS NOT NULL` })}, [])`;

function share(call: Call): number {
  const given = constant(call, 1, 0);
  if (given < 0 || given > 1)
    throw call.error("001015", "22023", `Invalid percentile for ${call.name}; expected a constant between 0.0 and 1.0`);
  return given;
}

/** The values as doubles, without NULL. */
function doubles(call: Call): string {
  noDistinct(call);
  // The states complain also where they are made in between, and have no place in the text then.
  const isOwn = call.name === "APPROX_PERCENTILE_ACCUMULATE";
  const number = measured(call, 0, () => {
    const type = `(${sqlName(call.arg(0).type)})`;
    throw invalidArgumentTypes("APPROX_PERCENTILE_ACCUMULATE", type, isOwn ? call.position() : { line: 0, column: -1 });
  });
  const value = `(${number.sql})::DOUBLE`;
  return call.aggregate("list", value, { filter: `${value} IS NOT NULL`, orderBy: "" });
}

/** As the page's examples: halfway from the value at that share to the next one. Source: …/functions/approx_percentile */
function percentile(call: Call): Bound {
  const given = share(call);
  const sql = once(`list_sort(${doubles(call)})`, (list) => {
    const place = `greatest(ceil(${given} * len(${list}))::BIGINT, 1)`;
    const next = `CASE WHEN ${place} < len(${list}) THEN ${list}[${place} + 1] ELSE 2 * ${list}[-1] - ${list}[len(${list}) - 1] END`;
    return `CASE WHEN len(${list}) < 2 THEN ${list}[1] ELSE (${list}[${place}] + ${next}) / 2 END`;
  });
  return call.result(sql, FLOAT, true);
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions-aggregation, Cardinality, Percentile and Frequency Estimation */
export const approximateFunctions: FunctionTable = {
  APPROX_COUNT_DISTINCT: approximateCount,
  HLL: approximateCount,
  HLL_ACCUMULATE: hyperLogLog,
  HLL_COMBINE: aggregate(1, 1, (call) =>
    call.result(`sf_hll_combine(${states(call, binaryState(call))})`, binary(4096), false),
  ),
  HLL_ESTIMATE: scalar(1, 1, (call) => call.result(`sf_hll_estimate(${binaryState(call)})::DECIMAL(18,0)`, COUNT_TYPE)),
  HLL_EXPORT: scalar(1, 1, (call) => call.result(`sf_hll_export(${binaryState(call)})`, OBJECT)),
  HLL_IMPORT: scalar(1, 1, (call) => call.result(`sf_hll_import(${objectState(call)})`, binary(4096))),
  APPROX_PERCENTILE: aggregate(2, 2, percentile),
  APPROX_PERCENTILE_ACCUMULATE: aggregate(1, 1, (call) =>
    call.result(`sf_percentile_state(coalesce(${doubles(call)}, []))`, OBJECT, false),
  ),
  APPROX_PERCENTILE_COMBINE: aggregate(1, 1, (call) =>
    call.result(`sf_percentile_combine(${states(call, objectState(call))})`, OBJECT, false),
  ),
  APPROX_PERCENTILE_ESTIMATE: scalar(2, 2, (call) =>
    call.result(`sf_percentile_estimate(${objectState(call)}, ${share(call)}::DOUBLE)`, FLOAT, true),
  ),
  APPROX_TOP_K: aggregate(1, 3, (call) => {
    // All values are counted here, so the number of counters is only looked at.
    amount(call, 2, MOST_VALUES);
    return call.result(`sf_top_k(${listed(call)}, ${amount(call, 1, 1)})`, ARRAY, false);
  }),
  APPROX_TOP_K_ACCUMULATE: aggregate(2, 2, (call) =>
    call.result(`sf_top_k_state(${listed(call)}, ${amount(call, 1, 1)})`, OBJECT, false),
  ),
  APPROX_TOP_K_COMBINE: aggregate(1, 2, (call) =>
    call.result(`sf_top_k_combine(${states(call, objectState(call))}, ${amount(call, 1, 0)})`, OBJECT, false),
  ),
  APPROX_TOP_K_ESTIMATE: scalar(1, 2, (call) =>
    call.result(`sf_top_k_estimate(${objectState(call)}, ${amount(call, 1, 1)})`, ARRAY),
  ),
};
