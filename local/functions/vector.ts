import { argumentNotConstant, compilationError } from "../errors";
import { bound, constantNumber } from "../translate/bound";
import { once, onceBoth } from "../translate/sql";
import { type DataType, FLOAT, physicalType, vector } from "../types/dataType";
import { aggregate, type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

type VectorType = DataType & { kind: "VECTOR" };

/** An argument that must be a vector. */
function vectorOf(call: Call, i: number): { sql: string; type: VectorType } {
  const { sql, type } = call.arg(i);
  return type.kind === "VECTOR" ? { sql, type } : call.fail();
}

/** Elements have 32 bits, what is computed with them 64. */
const doubles = (sql: string): string => `((${sql})::DOUBLE[])`;

/** A number of two vectors of the same type. */
const ofTwo = (compute: (a: string, b: string) => string): FunctionEntry =>
  scalar(2, 2, (call) => {
    const [a, b] = [vectorOf(call, 0), vectorOf(call, 1)];
    if (a.type.element !== b.type.element || a.type.dimension !== b.type.dimension) call.fail();
    return call.result(compute(doubles(a.sql), doubles(b.sql)), FLOAT);
  });

const differences = (a: string, b: string): string =>
  onceBoth(a, b, (x, y) => `list_sum(list_transform(range(1, len(${x}) + 1), lambda i: abs(${x}[i] - ${y}[i])))`);

/** The vector of length 1 in the same direction; the zero vector stays. */
const normalize = scalar(1, 1, (call) => {
  const { sql, type } = vectorOf(call, 0);
  const result = vector("FLOAT", type.dimension);
  const scaled = once(doubles(sql), (x) =>
    once(
      `sqrt(list_inner_product(${x}, ${x}))`,
      (size) => `CASE WHEN ${size} = 0 THEN ${x} ELSE list_transform(${x}, lambda e: e / ${size}) END`,
    ),
  );
  return call.result(`(${scaled})::${physicalType(result)}`, result);
});

const truncate = scalar(2, 2, (call) => {
  const { sql, type } = vectorOf(call, 0);
  const size = constantNumber(call.arg(1));
  if (size === undefined || !Number.isInteger(size) || size < 1)
    throw argumentNotConstant(call.name, 2, call.binder.source(call.node_(1).span));
  if (size > type.dimension)
    throw compilationError(
      "001015",
      "22023",
      `Requested truncation dimension ${size.toLocaleString("en-US")} for ${call.name} should be less than or equal to the dimension of the provided vector (${type.dimension.toLocaleString("en-US")}).`,
    );
  const result = vector(type.element, size);
  return call.result(`((${sql})[1:${size}])`, result);
});

/** One vector of many, dimension by dimension; rows without one do not count. */
const ofMany = (fn: "sum" | "avg" | "min" | "max"): FunctionEntry =>
  aggregate(1, 1, (call) => {
    const { sql, type } = vectorOf(call, 0);
    const result = fn === "avg" ? vector("FLOAT", type.dimension) : type;
    const list = call.aggregate("list", doubles(sql), { filter: `(${sql}) IS NOT NULL` });
    const combined = once(
      list,
      (rows) =>
        `CASE WHEN len(${rows}) > 0 THEN list_transform(range(1, ${type.dimension + 1}), lambda i: list_${fn}(list_transform(${rows}, lambda r: r[i]))) END`,
    );
    return bound(`(${combined})::${physicalType(result)}`, result, true);
  });

/** Source: https://docs.snowflake.com/en/sql-reference/functions-vector */
export const vectorFunctions: FunctionTable = {
  VECTOR_L1_DISTANCE: ofTwo(differences),
  VECTOR_L2_DISTANCE: ofTwo((a, b) => `list_distance(${a}, ${b})`),
  VECTOR_INNER_PRODUCT: ofTwo((a, b) => `list_inner_product(${a}, ${b})`),
  VECTOR_COSINE_SIMILARITY: ofTwo((a, b) =>
    onceBoth(a, b, (x, y) => {
      const isZero = (v: string) => `list_inner_product(${v}, ${v}) = 0`;
      return `CASE WHEN ${isZero(x)} OR ${isZero(y)} THEN 'NaN'::DOUBLE ELSE list_cosine_similarity(${x}, ${y}) END`;
    }),
  ),
  VECTOR_NORMALIZE: normalize,
  VECTOR_L2_NORMALIZE: normalize,
  VECTOR_TRUNCATE: truncate,
  VECTOR_TRUNC: truncate,
  VECTOR_SUM: ofMany("sum"),
  VECTOR_AVG: ofMany("avg"),
  VECTOR_MIN: ofMany("min"),
  VECTOR_MAX: ofMany("max"),
};
