import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-aggregation */
export const aggregateFunctions = [
  ...define(
    "aggregate",
    { aggregate: true, window: "may" },
    `AVG(number) number
    SUM(number) number
    MIN MAX(any) same
    COUNT(any, ...any) integer
    COUNT_IF(boolean) integer
    MIN_BY MAX_BY(any, any, integer?) same
    MEDIAN(number) number
    MODE(any) same
    CORR COVAR_POP COVAR_SAMP(number, number) float
    STDDEV STDDEV_SAMP STDDEV_POP VARIANCE VARIANCE_SAMP VARIANCE_POP VAR_SAMP VAR_POP(number) float
    KURTOSIS SKEW(number) float
    REGR_AVGX REGR_AVGY REGR_INTERCEPT REGR_R2 REGR_SLOPE REGR_SXX REGR_SXY REGR_SYY(number, number) float
    REGR_COUNT(number, number) integer
    LISTAGG(text, text?) text
    PERCENTILE_CONT PERCENTILE_DISC(number) number
    BITAND_AGG BIT_AND_AGG BITANDAGG BIT_ANDAGG BITOR_AGG BIT_OR_AGG BITORAGG BIT_ORAGG BITXOR_AGG BIT_XOR_AGG BITXORAGG BIT_XORAGG(any) any
    BOOLAND_AGG BOOLOR_AGG BOOLXOR_AGG(any) boolean
    HASH_AGG(any, ...any) number
    ARRAY_AGG ARRAYAGG(any) array
    ARRAY_UNION_AGG ARRAY_UNIQUE_AGG(any) array
    OBJECT_AGG OBJECTAGG(text, any) object`,
  ),
  ...define(
    "aggregate",
    { aggregate: true },
    `BITMAP_CONSTRUCT_AGG(integer) binary
    BITMAP_AND_AGG BITMAP_OR_AGG(binary) binary
    DATASKETCHES_HLL(any, integer?) integer
    DATASKETCHES_HLL_ACCUMULATE(any, integer?) binary
    DATASKETCHES_HLL_COMBINE(binary, integer?) binary
    HLL_ACCUMULATE(any, ...any) binary
    HLL_COMBINE(binary) binary
    MINHASH(integer, any, ...any) variant
    MINHASH_COMBINE(variant) variant
    APPROXIMATE_SIMILARITY APPROXIMATE_JACCARD_INDEX(variant) float
    VECTOR_AVG VECTOR_MAX VECTOR_MIN VECTOR_SUM(vector) vector
    ACCUMULATE(any, any, lambda, lambda, lambda, lambda) any
    AGG(any) any
    ST_COLLECT(geography, geography?) geography
    ST_UNION_AGG ST_INTERSECTION_AGG ST_ENVELOPE_AGG(geography) geography`,
  ),
  ...define("aggregate", { aggregate: true, window: "may", determinism: "arbitrary" }, "ANY_VALUE(any) same"),
  ...define(
    "aggregate",
    { aggregate: true, window: "may", determinism: "approximate" },
    `APPROX_COUNT_DISTINCT HLL(any, ...any) integer
    APPROX_PERCENTILE(number, float) float
    APPROX_TOP_K(any, integer?, integer?) array
    APPROX_PERCENTILE_ACCUMULATE(number) object
    APPROX_PERCENTILE_COMBINE(object) object
    APPROX_TOP_K_ACCUMULATE(any, integer) object
    APPROX_TOP_K_COMBINE(object, integer?) object`,
  ),
  ...define(
    "aggregate",
    {},
    `HLL_ESTIMATE(binary) integer
    HLL_EXPORT(binary) object
    HLL_IMPORT(object) binary
    DATASKETCHES_HLL_ESTIMATE(binary) float
    APPROX_PERCENTILE_ESTIMATE(object, float) float
    APPROX_TOP_K_ESTIMATE(object, integer?) array
    GROUPING GROUPING_ID(any, ...any) integer
    DP_INTERVAL_HIGH DP_INTERVAL_LOW(any) number`,
  ),
];
