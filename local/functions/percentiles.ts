import { incompatibleTypes, unsupportedFeature } from "../errors";
import { type Bound, constantNumber } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { asNumeric } from "../translate/expressions/arithmetic";
import { sortable } from "../translate/expressions/comparison";
import { once } from "../translate/sql";
import { type DataType, FLOAT, number, sqlName } from "../types/dataType";
import { aggregate, type Call, type FunctionTable } from "./call";
import { noDistinct } from "./statistics";

/** The result of interpolation between NUMBERs has three more decimal places. Source: …/functions/percentile_cont, its example */
function interpolated(call: Call, value: Bound, share: string): Bound {
  const options = { orderBy: "", distinct: false };
  if (value.type.kind === "FLOAT")
    return call.result(call.aggregate("quantile_cont", `${value.sql}, ${share}`, options), FLOAT, true);
  const { precision, scale } = value.type as DataType & { kind: "NUMBER" };
  const wide = Math.min(scale + 3, 37);
  // The engine cuts what it interpolates, as a double below the true value may need it; more places let the last one be rounded.
  const inner = wide + Math.max(0, Math.min(6, 38 - (precision - scale) - wide));
  const sql = call.aggregate("quantile_cont", `(${value.sql})::DECIMAL(38,${inner}), ${share}`, options);
  return call.result(`(${sql})::DECIMAL(38,${wide})`, number(Math.min(precision + 3, 38), wide), true);
}

const isTextual = ({ type }: Bound): boolean => type.kind === "VARCHAR" || type.kind === "VARIANT";

/**
 * Percentiles of texts, and of VARIANT values: they stand in the order of what they are, and each of them becomes a whole number
 * of nine digits before one is taken or two are interpolated.
 */
function percentileOfTexts(call: Call, value: Bound, share: number, fn: "quantile_cont" | "quantile_disc"): Bound {
  const whole = cast(value, number(9, 0), call.settings).sql;
  const pairs = `struct_pack(k := ${sortable(value.sql, value.type)}, n := ${whole})`;
  const filter = `${value.sql} IS NOT NULL`;
  const list = call.aggregate("list", pairs, { filter, orderBy: "", distinct: false });
  const sorted = `list_sort(list_filter(${list}, lambda p: p.n IS NOT NULL))`;
  if (fn === "quantile_disc") {
    const sql = once(sorted, (l) => `${l}[greatest(ceil(${share} * len(${l})), 1)::BIGINT].n`);
    return call.result(sql, number(9, 0), true);
  }
  const sql = once(sorted, (l) => {
    const place = `(${share}::DOUBLE * (len(${l}) - 1))`;
    const [low, high] = ["floor", "ceil"].map((f) => `${l}[${f}(${place})::BIGINT + 1].n`);
    return `(${low} + (${high} - ${low}) * (${place} - floor(${place})))::DECIMAL(12,3)`;
  });
  return call.result(sql, number(12, 3), true);
}

/** The type stands beside that of a number the value was to become. */
const notOrdered = (name: string, value: Bound) =>
  value.type.kind === "DECFLOAT" || value.type.kind === "INTERVAL"
    ? unsupportedFeature(`${name} of ${value.type.kind}`)
    : incompatibleTypes(sqlName(value.type), "NUMBER(9,0)");

/** PERCENTILE_CONT and PERCENTILE_DISC: the values are those of the only item in WITHIN GROUP. */
function percentile(call: Call, fn: "quantile_cont" | "quantile_disc"): Bound {
  noDistinct(call);
  const [item, more] = call.node.withinGroup ?? [];
  if (!item || more)
    throw call.error("002076", "42601", `Function ${call.name} requires WITHIN GROUP (ORDER BY <one expression>)`);
  const share = constantNumber(call.arg(0)) ?? Number(call.arg(0).literal?.text);
  if (!(share >= 0 && share <= 1))
    throw call.error("001015", "22023", `Invalid percentile for ${call.name}; expected a constant between 0.0 and 1.0`);
  const descending = item.direction === "DESC";
  const value = call.binder.expression(item.expression);
  if (isTextual(value)) {
    if (descending) throw unsupportedFeature(`${call.name} of ${value.type.kind} in descending order`);
    return percentileOfTexts(call, value, share, fn);
  }
  const numeric = asNumeric(call.binder, value, () => {
    throw notOrdered(call.name, value);
  });
  if (fn === "quantile_cont") return interpolated(call, numeric, String(descending ? 1 - share : share));
  // The engine counts a negative share from the other end; the very first from there is the last from here.
  const discrete = descending ? (share === 0 ? 1 : -share) : share;
  return call.result(
    call.aggregate(fn, `${numeric.sql}, ${discrete}`, { orderBy: "", distinct: false }),
    numeric.type,
    true,
  );
}

export const percentileFunctions: FunctionTable = {
  PERCENTILE_CONT: aggregate(1, 1, (call) => percentile(call, "quantile_cont"), { withinGroup: true }),
  PERCENTILE_DISC: aggregate(1, 1, (call) => percentile(call, "quantile_disc"), { withinGroup: true }),
  MEDIAN: aggregate(1, 1, (call) => {
    noDistinct(call);
    if (isTextual(call.arg(0))) return percentileOfTexts(call, call.arg(0), 0.5, "quantile_cont");
    const value = asNumeric(call.binder, call.arg(0), () => {
      throw notOrdered(call.name, call.arg(0));
    });
    return interpolated(call, value, "0.5");
  }),
};
