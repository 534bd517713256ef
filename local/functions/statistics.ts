import { invalidArgumentTypes } from "../errors";
import type { Bound } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { asNumeric } from "../translate/expressions/arithmetic";
import { type DataType, FLOAT, number, sqlName } from "../types/dataType";
import { aggregate, type Call, type FunctionEntry, type FunctionTable } from "./call";

/** The argument of an aggregate as a number; texts become doubles there, whatever they hold. */
export function measured(call: Call, i = 0, refuse: () => never = () => call.fail()): Bound {
  const value = call.arg(i);
  if (value.type.kind === "VARCHAR") return cast(value, FLOAT, call.settings);
  return asNumeric(call.binder, value, refuse);
}

const double = (call: Call, i: number): string => `(${measured(call, i).sql})::DOUBLE`;

/** As `measured`, of aggregates that begin with the square of the value, which is what complains. */
function squared(call: Call): Bound {
  const type = sqlName(call.arg(0).type);
  return measured(call, 0, () => {
    throw invalidArgumentTypes("*", `(${type}, ${type})`, call.position());
  });
}

/** Refuses DISTINCT where the function has none. */
export const noDistinct = (call: Call): void => {
  if (call.clauses.distinct) throw call.error("002121", "42601", `DISTINCT is not supported for function ${call.name}`);
};

type Spread = "var_samp" | "var_pop";

/** The variance of a NUMBER has the scale of the square's average. Source: …/functions/var_pop, its example */
function spread(call: Call, fn: Spread): Bound {
  const value = squared(call);
  const sql = call.aggregate(fn, `(${value.sql})::DOUBLE`);
  if (value.type.kind === "FLOAT") return call.result(sql, FLOAT, true);
  const square = Math.min(2 * (value.type as DataType & { kind: "NUMBER" }).scale, 31);
  const scale = Math.max(square, Math.min(square + 6, 12));
  return call.result(`(${sql})::DECIMAL(38,${scale})`, number(38, scale), true);
}

const variance = (fn: Spread): FunctionEntry => aggregate(1, 1, (call) => spread(call, fn));

/** The root of the variance, with the places that has. Source: …/functions/stddev, …/functions/stddev_pop, their examples */
const deviation = (fn: Spread): FunctionEntry =>
  aggregate(1, 1, (call) => call.result(`sqrt((${spread(call, fn).sql})::DOUBLE)`, FLOAT, true));

/** Pairs in which one side is NULL do not count. */
const ofPairs = (fn: string): FunctionEntry =>
  aggregate(2, 2, (call) => {
    noDistinct(call);
    return call.result(call.aggregate(fn, `${double(call, 0)}, ${double(call, 1)}`), FLOAT, true);
  });

/** As `ofPairs`; NULL where a variance it divides by is zero, as it is of one pair alone. */
const ofSpreadPairs = (fn: string, divisors: readonly ("regr_sxx" | "regr_syy")[]): FunctionEntry =>
  aggregate(2, 2, (call) => {
    noDistinct(call);
    const pair = `${double(call, 0)}, ${double(call, 1)}`;
    const isFlat = divisors.map((spread) => `${call.aggregate(spread, pair)} = 0`).join(" OR ");
    return call.result(`CASE WHEN ${isFlat} THEN NULL ELSE ${call.aggregate(fn, pair)} END`, FLOAT, true);
  });

/** SKEW and KURTOSIS from the values themselves: sums of powers would lose the last digits. */
const moment = (fn: "skew" | "kurtosis"): FunctionEntry =>
  aggregate(1, 1, (call) => {
    const value = squared(call);
    const doubled = `(${value.sql})::DOUBLE`;
    const sql = `sf_${fn}(${call.aggregate("list", doubled, { filter: `${doubled} IS NOT NULL` })})`;
    if (fn === "skew" || value.type.kind === "FLOAT") return call.result(sql, FLOAT, true);
    return call.result(`round(${sql}, 12)::DECIMAL(38,12)`, number(38, 12), true);
  });

/** Source: https://docs.snowflake.com/en/sql-reference/functions-aggregation */
export const statisticFunctions: FunctionTable = {
  STDDEV: deviation("var_samp"),
  STDDEV_SAMP: deviation("var_samp"),
  STDDEV_POP: deviation("var_pop"),
  VARIANCE: variance("var_samp"),
  VARIANCE_SAMP: variance("var_samp"),
  VAR_SAMP: variance("var_samp"),
  VARIANCE_POP: variance("var_pop"),
  VAR_POP: variance("var_pop"),
  CORR: ofSpreadPairs("corr", ["regr_sxx", "regr_syy"]),
  COVAR_POP: ofPairs("covar_pop"),
  COVAR_SAMP: ofPairs("covar_samp"),
  REGR_AVGX: ofPairs("regr_avgx"),
  REGR_AVGY: ofPairs("regr_avgy"),
  REGR_INTERCEPT: ofSpreadPairs("regr_intercept", ["regr_sxx"]),
  REGR_R2: ofSpreadPairs("regr_r2", ["regr_sxx"]),
  REGR_SLOPE: ofSpreadPairs("regr_slope", ["regr_sxx"]),
  REGR_SXX: ofPairs("regr_sxx"),
  REGR_SXY: ofPairs("regr_sxy"),
  REGR_SYY: ofPairs("regr_syy"),
  REGR_COUNT: aggregate(2, 2, (call) => {
    noDistinct(call);
    const pairs = call.aggregate("regr_count", `${double(call, 0)}, ${double(call, 1)}`);
    return call.result(`coalesce(${pairs}, 0)::DECIMAL(18,0)`, number(18, 0), false);
  }),
  SKEW: moment("skew"),
  KURTOSIS: moment("kurtosis"),
};
