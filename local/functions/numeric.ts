import { type Bound, bound, constantNumber } from "../translate/bound";
import { negated, ZERO_SQL } from "../translate/conversion/decfloat";
import { combine } from "../translate/expressions/arithmetic";
import { once, onceBoth } from "../translate/sql";
import { DECFLOAT, FLOAT, number, physicalType } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";
import { dateTrunc } from "./dateTruncation";
import { roundingFunctions, wholeText } from "./rounding";

/** A function of doubles; arguments outside its domain are an error that names the call. */
const ofDoubles = (fn: string, arity: 1 | 2 = 1): FunctionEntry =>
  scalar(arity, arity, (call) =>
    call.result(
      arity === 1 ? `sf_math('${fn}', ${call.float(0)})` : `sf_math2('${fn}', ${call.float(0)}, ${call.float(1)})`,
      FLOAT,
    ),
  );

/** Division where a zero divisor gives 0; DIV0NULL takes NULL for zero too. */
const dividedOrZero = (nullIsZero: boolean): FunctionEntry =>
  scalar(2, 2, (call) => {
    const [a, b] = [call.numeric(0), call.numeric(1)];
    const divide = (x: string, y: string): Bound =>
      combine(call.binder, "/", { ...a, sql: x, literal: undefined }, { ...b, sql: y, literal: undefined });
    const quotient = divide(a.sql, b.sql);
    // Every branch is as wide as the quotient: of 38-digit branches the engine takes the one with fewer decimals.
    const cast = physicalType(quotient.type);
    const sql = onceBoth(a.sql, b.sql, (x, y) => {
      const zero = nullIsZero ? `${y} = 0 OR ${y} IS NULL` : `${y} = 0`;
      return `CASE WHEN ${zero} THEN CASE WHEN ${x} IS NOT NULL THEN 0::${cast} END ELSE (${divide(x, y).sql})::${cast} END`;
    });
    return call.result(`(${sql})::${cast}`, quotient.type);
  });

function widthBucket(call: Call): Bound {
  const [value, low, high] = [call.float(0), call.float(1), call.float(2)];
  const count = constantNumber(call.arg(3));
  const digits = count === undefined ? 38 : Math.max(2, String(Math.round(Math.abs(count))).length);
  const sql = `sf_width_bucket(${value}, ${low}, ${high}, ${call.int(3)})`;
  return call.result(`${sql}::DECIMAL(${digits},0)`, number(digits, 0));
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions-numeric */
export const numericFunctions: FunctionTable = {
  ...roundingFunctions(dateTrunc),
  ABS: scalar(1, 1, (call) => {
    const given = call.arg(0);
    if (given.type.kind === "INTERVAL") return call.result(`abs(${given.sql})`, given.type);
    if (given.type.kind === "DECFLOAT") {
      const sql = once(
        given.sql,
        (x) => `CASE WHEN ${x} < ${ZERO_SQL} THEN ${negated({ ...given, sql: x }).sql} ELSE ${x} END`,
      );
      return call.result(sql, DECFLOAT);
    }
    const value = wholeText(call);
    if (value.type.kind !== "NUMBER") return bound(`abs(${value.sql})`, value.type, value.nullable);
    const { precision, scale } = value.type;
    const digits = Math.min(38, Math.max(precision, scale + 2));
    return bound(`abs(${value.sql})::DECIMAL(${digits},${scale})`, number(digits, scale), value.nullable);
  }),
  SIGN: scalar(1, 1, (call) => {
    const isExact = call.arg(0).type.kind === "NUMBER";
    const sign = `sign(${call.numeric(0).sql})`;
    return isExact
      ? bound(`${sign}::DECIMAL(2,0)`, number(2, 0), call.nullable)
      : bound(`${sign}::DOUBLE`, FLOAT, call.nullable);
  }),
  MOD: scalar(2, 2, (call) => combine(call.binder, "%", call.arg(0), call.arg(1), call.node, "MOD")),
  DIV0: dividedOrZero(false),
  DIV0NULL: dividedOrZero(true),
  SQRT: ofDoubles("sqrt"),
  CBRT: ofDoubles("cbrt"),
  SQUARE: scalar(1, 1, (call) =>
    call.result(
      once(call.float(0), (x) => `(${x} * ${x})`),
      FLOAT,
    ),
  ),
  POWER: ofDoubles("pow", 2),
  POW: ofDoubles("pow", 2),
  EXP: ofDoubles("exp"),
  LN: ofDoubles("ln"),
  LOG: ofDoubles("log", 2),
  FACTORIAL: scalar(1, 1, (call) => call.result(`sf_factorial(${call.int(0)})::DECIMAL(37,0)`, number(37, 0))),
  PI: scalar(0, 0, () => bound("3.141592653589793::DOUBLE", FLOAT, false)),
  SIN: ofDoubles("sin"),
  SINH: ofDoubles("sinh"),
  ASIN: ofDoubles("asin"),
  ASINH: ofDoubles("asinh"),
  COS: ofDoubles("cos"),
  COSH: ofDoubles("cosh"),
  ACOS: ofDoubles("acos"),
  ACOSH: ofDoubles("acosh"),
  TAN: ofDoubles("tan"),
  TANH: ofDoubles("tanh"),
  ATAN: ofDoubles("atan"),
  ATANH: ofDoubles("atanh"),
  ATAN2: ofDoubles("atan2", 2),
  COT: ofDoubles("cot"),
  DEGREES: ofDoubles("degrees"),
  RADIANS: ofDoubles("radians"),
  HAVERSINE: scalar(4, 4, (call) =>
    call.result(`sf_haversine(${[0, 1, 2, 3].map((i) => call.float(i)).join(", ")})`, FLOAT),
  ),
  WIDTH_BUCKET: scalar(4, 4, widthBucket),
};
