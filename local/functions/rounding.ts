import { compilationError } from "../errors";
import { type Bound, bound, constantNumber, constantText, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { unscaled } from "../translate/conversion/numbers";
import { once } from "../translate/sql";
import { type DataType, DECFLOAT, FLOAT, number, physicalType } from "../types/dataType";
import { type Call, type FunctionEntry, scalar } from "./call";

type Mode = "round" | "even" | "trunc" | "ceil" | "floor";
type NumberType = DataType & { kind: "NUMBER" };

/** `n` div `unit` by the mode; both HUGEINT, unit positive. */
function divided(n: string, unit: string, mode: Mode): string {
  const down = `((${n} - ((${n} % ${unit}) + ${unit}) % ${unit}) // ${unit})`;
  switch (mode) {
    case "trunc":
      return `(${n} // ${unit})`;
    case "floor":
      return down;
    case "ceil":
      return `(${down} + CASE WHEN ${n} % ${unit} = 0 THEN 0 ELSE 1 END)`;
    case "round":
      return `(CASE WHEN ${n} < 0 THEN -((abs(${n}) + ${unit} // 2) // ${unit}) ELSE (${n} + ${unit} // 2) // ${unit} END)`;
    case "even": {
      const twice = `(2 * (((${n} % ${unit}) + ${unit}) % ${unit}))`;
      return `(${down} + CASE WHEN ${twice} > ${unit} OR (${twice} = ${unit} AND ${down} % 2 <> 0) THEN 1 ELSE 0 END)`;
    }
  }
}

const power = (exponent: number): string => `1${"0".repeat(exponent)}::HUGEINT`;

function ofNumber(value: Bound, digits: number, mode: Mode): Bound {
  const { precision, scale } = value.type as NumberType;
  const kept = Math.max(0, digits);
  // One digit for what rounding carries, and those in front of the point that a negative scale goes beyond.
  const grown = 1 + Math.max(0, -digits - (precision - scale));
  const type = number(Math.min(38, precision + grown), kept) as NumberType;
  if (digits >= scale) return value;
  if (digits < 0 && -digits + scale > 37)
    return bound(`(${value.sql} * 0)::${physicalType(type)}`, type, value.nullable);
  const sql = once(value.sql, (x) => {
    const n = unscaled(x, value.type as NumberType);
    const whole = `${divided(n, power(scale - digits), mode)}${digits < 0 ? ` * ${power(-digits)}` : ""}`;
    if (kept === 0) return `CAST((${whole}) AS ${physicalType(type)})`;
    const unit = `0.${"0".repeat(kept - 1)}1::DECIMAL(${kept},${kept})`;
    return `CAST((CAST((${whole}) AS DECIMAL(38,0)) * ${unit}) AS ${physicalType(type)})`;
  });
  return bound(sql, type, value.nullable);
}

/** A fixed-point number without the digits behind the given place. */
export const truncatedTo = (value: Bound, digits: number): Bound => ofNumber(value, digits, "trunc");

/** Doubles, whose digits may be a column. More than 15 digits change nothing. */
function ofFloat(value: Bound, digits: string, mode: Mode): string {
  return once(value.sql, (x) =>
    once(digits, (d) => {
      const unit = `pow(10, ${d})`;
      const fn = mode === "round" ? "round" : mode;
      return `CASE WHEN ${d} > 15 THEN ${x} ELSE ${fn}(${x} * ${unit}) / ${unit} END`;
    }),
  );
}

function ofDecfloat(call: Call, mode: Mode): Bound {
  if (mode === "even") return call.fail();
  const places = call.has(1) ? call.int(1) : "0::BIGINT";
  return call.result(`sf_decfloat_round(${call.arg(0).sql}, ${places}, '${mode}')`, DECFLOAT);
}

function toDigits(call: Call, mode: Mode): Bound {
  if (call.arg(0).type.kind === "DECFLOAT") return ofDecfloat(call, mode);
  const value = call.has(1) ? call.numeric(0) : wholeText(call);
  const given = call.has(1) ? call.arg(1) : undefined;
  if (given && isNullLiteral(given)) return cast(given, value.type, call.settings);
  // Only a whole number that is written out is known to the type.
  const constant = given ? (given.literal?.kind === "number" ? constantNumber(given) : undefined) : 0;
  const digits = constant === undefined ? undefined : Math.sign(constant) * Math.round(Math.abs(constant));
  if (value.type.kind === "FLOAT") {
    if (mode === "even") call.fail();
    return bound(ofFloat(value, digits === undefined ? call.int(1) : `${digits}::BIGINT`, mode), FLOAT, call.nullable);
  }
  if (digits !== undefined) return ofNumber(value, digits, mode);
  const { precision, scale } = value.type as NumberType;
  const type = number(Math.min(38, Math.max(18, precision + 1)), scale);
  const sql = `sf_round((${value.sql})::VARCHAR, ${call.int(1)}, ${scale}, '${mode}')::${physicalType(type)}`;
  return bound(sql, type, call.nullable);
}

/** Of a text alone, which is read as a double; beside a scale it is a number. */
export const wholeText = (call: Call): Bound =>
  call.arg(0).type.kind === "VARCHAR" ? call.to(0, FLOAT) : call.numeric(0);

/** ROUND(value, scale, mode). Source: https://docs.snowflake.com/en/sql-reference/functions/round */
const round = scalar(
  1,
  3,
  (call) => {
    if (!call.has(2)) return toDigits(call, "round");
    if (isNullLiteral(call.arg(2))) return cast(call.arg(2), toDigits(call, "round").type, call.settings);
    const mode = constantText(call.arg(2))?.toUpperCase();
    if (mode !== "HALF_TO_EVEN" && mode !== "HALF_AWAY_FROM_ZERO")
      throw compilationError("001015", "22023", `Invalid rounding mode '${mode ?? ""}' for ROUND`, call.position());
    if (call.arg(0).type.kind === "DECFLOAT" || call.numeric(0).type.kind === "FLOAT") call.fail();
    return toDigits(call, mode === "HALF_TO_EVEN" ? "even" : "round");
  },
  { names: ["EXPR", "SCALE", "ROUNDING_MODE"] },
);

/** TRUNC of a number; of a date or timestamp it is DATE_TRUNC with its arguments in turn. */
const truncate = (ofDate: FunctionEntry): FunctionEntry =>
  scalar(
    1,
    2,
    (call) => {
      const [subject, part] = call.node.args;
      const value = call.arg(0);
      const { kind } = value.type;
      if (kind === "DATE" || kind === "TIME" || kind.startsWith("TIMESTAMP")) {
        if (!subject || !part) return call.fail();
        return ofDate.bind(call.reordered([part, subject], [value, value]));
      }
      if (!part) return toDigits(call, "trunc");
      return toDigits(call.reordered(call.node.args, [value, call.binder.expression(part as never)]), "trunc");
    },
    { raw: (i) => i === 1 },
  );

export const roundingFunctions = (dateTrunc: FunctionEntry) => ({
  ROUND: round,
  TRUNC: truncate(dateTrunc),
  TRUNCATE: truncate(dateTrunc),
  CEIL: scalar(1, 2, (call) => toDigits(call, "ceil")),
  FLOOR: scalar(1, 2, (call) => toDigits(call, "floor")),
});
