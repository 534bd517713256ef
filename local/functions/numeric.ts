import { unsupportedFeature } from "../errors";
import { bound, constantNumber } from "../translate/bound";
import { combine } from "../translate/expressions/arithmetic";
import { type DataType, FLOAT, number, physicalType, varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

/** ROUND and TRUNC with a constant number of digits; half away from zero. */
function rounded(call: Call, fn: "round" | "trunc") {
  const value = call.numeric(0);
  const digits = call.has(1) ? constantNumber(call.arg(1)) : 0;
  if (digits === undefined) throw unsupportedFeature(`${call.name} with a scale that is no constant`);
  if (value.type.kind === "FLOAT") {
    if (fn === "round") return bound(`round(${value.sql}, ${digits})`, FLOAT, value.nullable);
    return bound(
      digits === 0 ? `trunc(${value.sql})` : `(trunc(${value.sql} * 1e${digits}) / 1e${digits})`,
      FLOAT,
      value.nullable,
    );
  }
  const { precision, scale } = value.type as DataType & { kind: "NUMBER" };
  if (digits >= scale) return value;
  if (digits < 0) throw unsupportedFeature(`${call.name} to a negative scale`);
  const type = number(Math.min(38, precision - scale + digits + 1), digits);
  if (fn === "trunc" && digits > 0) throw unsupportedFeature("TRUNC of a NUMBER to decimal places");
  return bound(
    fn === "trunc"
      ? `CAST(trunc(${value.sql}) AS ${physicalType(type)})`
      : `CAST(${value.sql} AS ${physicalType(type)})`,
    type,
    value.nullable,
  );
}

function whole(call: Call, fn: "ceil" | "floor") {
  if (call.has(1)) throw unsupportedFeature(`${call.name} with a scale`);
  const value = call.numeric(0);
  if (value.type.kind === "FLOAT") return bound(`${fn}(${value.sql})`, FLOAT, value.nullable);
  const { precision, scale } = value.type as DataType & { kind: "NUMBER" };
  const type = number(Math.min(38, precision - scale + 1), 0);
  return bound(
    scale === 0 ? `CAST(${value.sql} AS ${physicalType(type)})` : `CAST(${fn}(${value.sql}) AS ${physicalType(type)})`,
    type,
    value.nullable,
  );
}

/** Numeric functions. Source: https://docs.snowflake.com/en/sql-reference/functions-numeric */
export const numericFunctions: FunctionTable = {
  ABS: scalar(1, 1, (call) => {
    const value = call.numeric(0);
    return bound(`abs(${value.sql})`, value.type, value.nullable);
  }),
  SIGN: scalar(1, 1, (call) => bound(`sign(${call.numeric(0).sql})::DECIMAL(1,0)`, number(1, 0), call.nullable)),
  MOD: scalar(2, 2, (call) => combine(call.binder, "%", call.arg(0), call.arg(1), call.node)),
  ROUND: scalar(1, 2, (call) => rounded(call, "round")),
  TRUNC: scalar(1, 2, (call) => rounded(call, "trunc")),
  TRUNCATE: scalar(1, 2, (call) => rounded(call, "trunc")),
  CEIL: scalar(1, 2, (call) => whole(call, "ceil")),
  FLOOR: scalar(1, 2, (call) => whole(call, "floor")),
  SQRT: scalar(1, 1, (call) => bound(`sqrt(${call.float(0)})`, FLOAT, call.nullable)),
  POWER: scalar(2, 2, (call) => bound(`pow(${call.float(0)}, ${call.float(1)})`, FLOAT, call.nullable)),
  POW: scalar(2, 2, (call) => bound(`pow(${call.float(0)}, ${call.float(1)})`, FLOAT, call.nullable)),
  EXP: scalar(1, 1, (call) => bound(`exp(${call.float(0)})`, FLOAT, call.nullable)),
  LN: scalar(1, 1, (call) => bound(`ln(${call.float(0)})`, FLOAT, call.nullable)),
  RANDOM: scalar(
    0,
    0,
    () =>
      bound(
        "(floor(random() * 18446744073709551615) - 9223372036854775808)::HUGEINT::DECIMAL(19,0)",
        number(19, 0),
        false,
      ),
    { volatile: true },
  ),
  UUID_STRING: scalar(0, 0, () => bound("uuid()::VARCHAR", varchar(36), false), { volatile: true }),
};
