import { compilationError, invalidArgumentTypes, unsupportedFeature } from "../errors";
import type { Bound } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { asNumeric } from "../translate/expressions/arithmetic";
import { planText } from "../translate/planText";
import { type DataType, FLOAT, number, sqlName } from "../types/dataType";
import { aggregate, type Call, type FunctionEntry, type FunctionTable } from "./call";

/** The argument of an aggregate as a number; texts become doubles there, whatever they hold. */
export function measured(call: Call, i = 0, refuse: () => never = () => call.fail()): Bound {
  const value = call.arg(i);
  const { kind } = value.type;
  if (kind === "DECFLOAT" || kind === "INTERVAL") throw unsupportedFeature(`${call.name} of ${kind}`);
  if (value.type.kind === "VARCHAR") return cast(value, FLOAT, call.settings);
  return asNumeric(call.binder, value, refuse);
}

type Argument = 0 | 1;

/** An argument of a pair as a double; each is converted where the other one is not NULL, which is what complains. */
const double = (call: Call, i: Argument): string => {
  const written = (argument: number) => planText(call.binder, call.node_(argument));
  const value = measured(call, i, () => {
    const absent = `SYSTEM$NULL_TO_${call.arg(i).type.kind}(NULL)`;
    throw compilationError(
      "001007",
      "22023",
      `invalid type [TO_DOUBLE(IFF(${written(1 - i)} IS NULL, ${absent}, ${written(i)}))] for parameter 'TO_DOUBLE'`,
    );
  });
  return `(${value.sql})::DOUBLE`;
};

/** An argument of a pair whose value does not count, but whether there is one. */
const present = (call: Call, i: Argument): string => `CASE WHEN ${call.arg(i).sql} IS NOT NULL THEN 0::DOUBLE END`;

/** As `measured`, of aggregates that begin with the square of the value, which is what complains. */
function squared(call: Call, i = 0): Bound {
  const type = sqlName(call.arg(i).type);
  return measured(call, i, () => {
    throw invalidArgumentTypes("*", `(${type}, ${type})`, call.position());
  });
}

/** Refuses DISTINCT where the function has none. */
export const noDistinct = (call: Call): void => {
  if (!call.clauses.distinct) return;
  const args = call.node.args.map((arg) => planText(call.binder, arg)).join(", ");
  throw compilationError("002121", "42601", `invalid use of 'distinct' for function '${call.name}(DISTINCT ${args})'`);
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

type Pair = (call: Call) => string;

const bothDoubles: Pair = (call) => `${double(call, 0)}, ${double(call, 1)}`;

/** What reads X alone, the second argument. */
const onlyX: Pair = (call) => `${present(call, 0)}, ${double(call, 1)}`;

const onlyY: Pair = (call) => `${double(call, 0)}, ${present(call, 1)}`;

/** What begins with the squares of both. */
const bothSquared: Pair = (call) => `(${squared(call, 0).sql})::DOUBLE, (${squared(call, 1).sql})::DOUBLE`;

/** What begins with the product of both, X first. */
function multiplied(call: Call): string {
  const types = [1, 0].map((i) => sqlName(call.arg(i).type)).join(", ");
  const factor = (i: number) =>
    measured(call, i, () => {
      throw invalidArgumentTypes("*", `(${types})`, call.position());
    }).sql;
  return `(${factor(0)})::DOUBLE, (${factor(1)})::DOUBLE`;
}

/** Pairs in which one side is NULL do not count. */
const ofPairs = (fn: string, read: Pair = bothDoubles): FunctionEntry =>
  aggregate(2, 2, (call) => {
    noDistinct(call);
    return call.result(call.aggregate(fn, read(call)), FLOAT, true);
  });

/** As `ofPairs`; NULL where a variance it divides by is zero, as it is of one pair alone. */
const ofSpreadPairs = (
  fn: string,
  divisors: readonly ("regr_sxx" | "regr_syy")[],
  read: Pair = bothDoubles,
): FunctionEntry =>
  aggregate(2, 2, (call) => {
    noDistinct(call);
    const pair = read(call);
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
  REGR_AVGX: ofPairs("regr_avgx", onlyX),
  REGR_AVGY: ofPairs("regr_avgy", onlyY),
  REGR_INTERCEPT: ofSpreadPairs("regr_intercept", ["regr_sxx"]),
  REGR_R2: ofSpreadPairs("regr_r2", ["regr_sxx"], bothSquared),
  REGR_SLOPE: ofSpreadPairs("regr_slope", ["regr_sxx"]),
  REGR_SXX: ofPairs("regr_sxx", onlyX),
  REGR_SXY: ofPairs("regr_sxy", multiplied),
  REGR_SYY: ofPairs("regr_syy"),
  REGR_COUNT: aggregate(2, 2, (call) => {
    noDistinct(call);
    const pairs = call.aggregate("regr_count", onlyX(call));
    return call.result(`coalesce(${pairs}, 0)::DECIMAL(18,0)`, number(18, 0), false);
  }),
  SKEW: moment("skew"),
  KURTOSIS: moment("kurtosis"),
};
