import type { Binary, IntervalLiteral, Unary } from "../../../dialect/index";
import { invalidArgumentTypes, unsupportedFeature } from "../../errors";
import {
  BOOLEAN, binary, type DataType, DECFLOAT, FLOAT, isTimestamp, MAX_BINARY_LENGTH, MAX_PRECISION, MAX_VARCHAR_LENGTH, number, physicalType, sqlName,
} from "../../types/dataType"; // biome-ignore format: one list
import type { Binder } from "../binder";
import { type Bound, bound, isNullLiteral } from "../bound";
import { mergedCollation } from "../collation";
import { asText, cast } from "../conversion/cast";
import { combineDecfloats, negated } from "../conversion/decfloat";
import { unscaled, widened } from "../conversion/numbers";
import { numberForText } from "../conversion/unify";
import { intervalArithmetic, timestampDifference } from "../intervalArithmetic";
import { isQualified, qualifiedInterval } from "../intervalLiterals";
import { addInterval, intervalRefused } from "../intervals";
import { isPredicate } from "../predicateNodes";
import { hierarchyOperator } from "../query/connectBy";
import { once, onceBoth } from "../sql";

type NumberType = DataType & { kind: "NUMBER" };

/** An operand as a number: FLOAT stays, a VARIANT becomes one, texts are read. */
export function asNumeric(binder: Binder, value: Bound, fail: () => never): Bound {
  switch (value.type.kind) {
    case "NUMBER":
    case "FLOAT":
      return value;
    case "NULL":
      return cast(value, number(1, 0), binder.settings);
    case "VARCHAR":
      return cast(value, numberForText(value), binder.settings);
    case "VARIANT":
      return cast(value, FLOAT, binder.settings);
    default:
      return fail();
  }
}

/**
 * A text beside an exact number is a number of 18 digits, 5 of them decimals, or as many as a constant text has; beside anything
 * else it is a double.
 */
function asOperand(binder: Binder, value: Bound, other: Bound, fail: () => never): Bound {
  if (value.type.kind !== "VARCHAR") return asNumeric(binder, value, fail);
  if (other.type.kind !== "NUMBER") return cast(value, FLOAT, binder.settings);
  const scale = Math.min(numberForText(value).scale, 5);
  return cast(value, number(18, scale), binder.settings);
}

const capped = (leading: number, scale: number): NumberType => ({
  kind: "NUMBER",
  precision: Math.min(MAX_PRECISION, leading + scale),
  scale,
});

/** The result types of the arithmetic operators. Source: https://docs.snowflake.com/en/sql-reference/operators-arithmetic */
export function resultType(operator: string, a: NumberType, b: NumberType): NumberType {
  const la = a.precision - a.scale;
  const lb = b.precision - b.scale;
  switch (operator) {
    case "*":
      return capped(la + lb, Math.min(a.scale + b.scale, Math.max(a.scale, b.scale, 12)));
    case "/":
      return capped(la + b.scale, Math.max(a.scale, Math.min(a.scale + 6, 12)));
    case "%":
      return capped(Math.max(la, lb, 2), Math.max(a.scale, b.scale));
    default:
      // The operand with fewer decimals is given more of them, and two digits before the point with them.
      return capped(Math.max(la, lb, a.scale === b.scale ? 0 : 2) + 1, Math.max(a.scale, b.scale));
  }
}

export function binaryArithmetic(binder: Binder, node: Binary): Bound {
  const interval = intervalOperand(node);
  if (interval && !(node.left.kind === "IntervalLiteral" && node.right.kind === "IntervalLiteral")) {
    const other = binder.expression(interval.other);
    if (isQualified(interval.literal) && (other.type.kind === "INTERVAL" || other.type.kind === "NUMBER")) {
      const value = qualifiedInterval(interval.literal);
      return combine(
        binder,
        node.operator,
        ...(interval.isLeft ? ([value, other] as const) : ([other, value] as const)),
        node,
      );
    }
    if (node.operator !== "+" && node.operator !== "-")
      throw unsupportedFeature(`INTERVAL with operator ${node.operator}`);
    const refused = intervalRefused(binder, node.operator, other, interval.isLeft, node);
    if (interval.isLeft && node.operator === "-") throw unsupportedFeature("subtraction from an INTERVAL");
    return addInterval(binder, other, interval.literal, node.operator === "-" ? -1 : 1, refused);
  }
  return combine(binder, node.operator, binder.expression(node.left), binder.expression(node.right), node);
}

function intervalOperand(
  node: Binary,
): { literal: IntervalLiteral; other: Binary["left"]; isLeft: boolean } | undefined {
  if (node.right.kind === "IntervalLiteral") return { literal: node.right, other: node.left, isLeft: false };
  if (node.left.kind === "IntervalLiteral") return { literal: node.left, other: node.right, isLeft: true };
  return undefined;
}

/** `a operator b` on bound operands. */
export function combine(
  binder: Binder,
  operator: string,
  left: Bound,
  right: Bound,
  node?: { span: { start: number; end: number } },
  name = operator,
): Bound {
  const fail = (): never => {
    throw invalidArgumentTypes(
      name,
      `(${sqlName(left.type)}, ${sqlName(right.type)})`,
      node ? binder.operatorPosition(node) : undefined,
    );
  };
  if (left.type.kind === "INTERVAL" || right.type.kind === "INTERVAL")
    return intervalArithmetic(binder, operator, left, right) ?? fail();
  const dates = dateArithmetic(binder, operator, left, right, fail);
  if (dates) return dates;
  if (left.type.kind === "DECFLOAT" || right.type.kind === "DECFLOAT") {
    const [a, b] = [left, right].map((value) => cast(value, DECFLOAT, binder.settings)) as [Bound, Bound];
    return combineDecfloats(operator, a, b);
  }
  const a = asOperand(binder, left, right, fail);
  const b = asOperand(binder, right, left, fail);
  const nullable = a.nullable || b.nullable;
  if (a.type.kind === "FLOAT" || b.type.kind === "FLOAT") {
    return bound(floatSql(operator, `${a.sql}::DOUBLE`, `${b.sql}::DOUBLE`), FLOAT, nullable);
  }
  const type = resultType(operator, a.type as NumberType, b.type as NumberType);
  return bound(decimalSql(operator, a, b, type), type, nullable);
}

/** DATE ± days, DATE - DATE in days. Timestamps only take INTERVALs. */
function dateArithmetic(binder: Binder, operator: string, a: Bound, b: Bound, fail: () => never): Bound | undefined {
  const kinds = [a.type.kind, b.type.kind];
  if (!kinds.some((k) => k === "DATE" || k === "TIME" || k.startsWith("TIMESTAMP"))) return undefined;
  const nullable = a.nullable || b.nullable;
  if (a.type.kind === "DATE" && b.type.kind === "DATE" && operator === "-") {
    return bound(`(${a.sql} - ${b.sql})::DECIMAL(9,0)`, number(9, 0), nullable);
  }
  if (isTimestamp(a.type) && isTimestamp(b.type) && operator === "-") return timestampDifference(binder, a, b);
  const days = (value: Bound) => cast(value, number(38, 0), binder.settings).sql;
  const numeric = (value: Bound) =>
    value.type.kind === "NUMBER" || value.type.kind === "VARCHAR" || isNullLiteral(value);
  if (a.type.kind === "DATE" && numeric(b) && (operator === "+" || operator === "-")) {
    return bound(`(${a.sql} ${operator} ${days(b)}::INTEGER)`, { kind: "DATE" }, nullable);
  }
  if (b.type.kind === "DATE" && numeric(a) && operator === "+") {
    return bound(`(${b.sql} + ${days(a)}::INTEGER)`, { kind: "DATE" }, nullable);
  }
  return fail();
}

function floatSql(operator: string, a: string, b: string): string {
  if (operator !== "/" && operator !== "%") return `(${a} ${operator} ${b})`;
  return onceBoth(
    a,
    b,
    (x, y) => `CASE WHEN ${byZero(x, y)} THEN error('Division by zero')::DOUBLE ELSE (${x} ${operator} ${y}) END`,
  );
}

/** NULL divided by zero is NULL. */
const byZero = (dividend: string, divisor: string): string => `${divisor} = 0 AND ${dividend} IS NOT NULL`;

function decimalSql(operator: string, a: Bound, b: Bound, type: NumberType): string {
  const ta = a.type as NumberType;
  const tb = b.type as NumberType;
  const target = physicalType(type);
  const left =
    Math.max(type.precision, ta.precision + tb.precision) > 18 && tb.precision <= 18 ? widened(a.sql, ta) : a.sql;
  switch (operator) {
    case "/":
      return divide(a.sql, ta, b.sql, tb, type);
    case "*":
      if (ta.precision + tb.precision <= 38 || ta.scale + tb.scale === type.scale)
        return `CAST((${left} * ${b.sql}) AS ${target})`;
      return `sf_multiply(${unscaled(a.sql, ta)}, ${ta.scale}, ${unscaled(b.sql, tb)}, ${tb.scale}, ${type.scale})::${target}`;
    case "%": {
      // Both as wide as the result: the engine takes other pairs as DOUBLE.
      const wide = `DECIMAL(${type.precision},${type.scale})`;
      return onceBoth(
        a.sql,
        b.sql,
        (x, y) =>
          `CASE WHEN ${byZero(x, y)} THEN error('Division by zero')::${target} ELSE CAST((${x}::${wide} % ${y}::${wide}) AS ${target}) END`,
      );
    }
    default:
      return `CAST((${type.precision > 18 ? left : a.sql} ${operator} ${b.sql}) AS ${target})`;
  }
}

/** Exact division, rounded half away from zero to the scale of the result, or cut there. */
export function divide(
  a: string,
  ta: NumberType,
  b: string,
  tb: NumberType,
  type: NumberType,
  rounding: "round" | "cut" = "round",
): string {
  const target = physicalType(type);
  const shift = type.scale + tb.scale;
  // Whole-number arithmetic of the engine while the shifted operands stay below 10^36; else exact arithmetic without bounds.
  const roomA = 36 - shift - ta.scale;
  const roomB = 36 - tb.scale - ta.scale;
  return once(a, (x) =>
    once(b, (y) => {
      const fn = rounding === "round" ? "sf_divide" : "sf_divide_cut";
      const exact = `${fn}(${unscaled(x, ta)}, ${ta.scale}, ${unscaled(y, tb)}, ${tb.scale}, ${type.scale})::${target}`;
      if (roomA < 1 || roomB < 1) return exact;
      const n = `(${unscaled(x, ta)} * ${power(shift)})`;
      const d = ta.scale === 0 ? unscaled(y, tb) : `(${unscaled(y, tb)} * ${power(ta.scale)})`;
      const whole =
        rounding === "round" ? `((2 * abs(${n}) + abs(${d})) // (2 * abs(${d})))` : `(abs(${n}) // abs(${d}))`;
      const signed = `CASE WHEN (${x} < 0) <> (${y} < 0) THEN -${whole} ELSE ${whole} END`;
      const bounds = [
        ...(ta.precision - ta.scale > roomA ? [`abs(${x}) >= ${power(roomA)}::DECIMAL(38,${ta.scale})`] : []),
        ...(tb.precision - tb.scale > roomB ? [`abs(${y}) >= ${power(roomB)}::DECIMAL(38,${tb.scale})`] : []),
      ];
      const slow = bounds.length > 0 ? ` WHEN ${bounds.join(" OR ")} THEN ${exact}` : "";
      return `CASE WHEN ${byZero(x, y)} THEN error('Division by zero')::${target}${slow} ELSE ${scaledDown(signed, type)} END`;
    }),
  );
}

const power = (exponent: number): string => `1${"0".repeat(exponent)}::HUGEINT`;

/** A whole number with its last digits behind the point; multiplying by the unit keeps the digits as they are. */
function scaledDown(sql: string, type: NumberType): string {
  const target = physicalType(type);
  if (type.scale === 0) return `CAST((${sql}) AS ${target})`;
  return `CAST((CAST((${sql}) AS DECIMAL(38,0)) * 0.${"0".repeat(type.scale - 1)}1::DECIMAL(${type.scale},${type.scale})) AS ${target})`;
}

export function unary(binder: Binder, node: Unary): Bound {
  const value = binder.expression(node.operand);
  switch (node.operator) {
    case "NOT": {
      const condition = cast(value, BOOLEAN, binder.settings);
      return bound(`(NOT ${condition.sql})`, BOOLEAN, condition.nullable);
    }
    case "+":
    case "-": {
      if (value.type.kind === "DECFLOAT") return node.operator === "+" ? value : negated(value);
      const isText = value.type.kind === "VARCHAR";
      const operand = asNumeric(binder, isText ? cast(value, FLOAT, binder.settings) : value, () => {
        const name = node.operator === "-" ? "NEGATE" : "UNARY PLUS";
        throw invalidArgumentTypes(name, `(${sqlName(value.type)})`, binder.position(node.span));
      });
      if (node.operator === "+") return signed(binder, operand);
      const literal =
        operand.literal?.kind === "number"
          ? {
              kind: "number" as const,
              text: operand.literal.text.startsWith("-") ? operand.literal.text.slice(1) : `-${operand.literal.text}`,
            }
          : undefined;
      return bound(`(-${operand.sql})`, operand.type, operand.nullable, literal);
    }
    default:
      return hierarchyOperator(binder, node.operator, value);
  }
}

/** What a plus stands before has at least two digits before its decimals. */
function signed(binder: Binder, operand: Bound): Bound {
  const { type, literal } = operand;
  if (type.kind !== "NUMBER" || type.precision - type.scale >= 2) return operand;
  const wide = cast(operand, number(Math.min(38, type.scale + 2), type.scale), binder.settings);
  return literal ? { ...wide, literal } : wide;
}

/** No text without a cast. Source: https://docs.snowflake.com/en/sql-reference/data-type-conversion */
export const isNoText = ({ kind }: DataType): boolean => ["BINARY", "ARRAY", "OBJECT", "VECTOR"].includes(kind);

/** `a || b` */
export function concat(binder: Binder, left: Bound, right: Bound, node?: Binary): Bound {
  const isBinary = (value: Bound) => value.type.kind === "BINARY" || isNullLiteral(value);
  const noText = isNoText(left.type) || isNoText(right.type);
  const computed = isPredicate(left.node) || isPredicate(right.node);
  if (computed || (noText && !(isBinary(left) && isBinary(right))))
    throw invalidArgumentTypes(
      "||",
      `(${sqlName(left.type)}, ${sqlName(right.type)})`,
      node && binder.operatorPosition(node),
    );
  if (left.type.kind === "BINARY" && right.type.kind === "BINARY") {
    const width = Math.min(MAX_BINARY_LENGTH, left.type.length + right.type.length);
    return bound(`(${left.sql} || ${right.sql})`, binary(width), left.nullable || right.nullable);
  }
  const a = asText(left, binder.settings);
  const b = asText(right, binder.settings);
  const length = (t: DataType) => (t.kind === "VARCHAR" ? t.length : t.kind === "NULL" ? 0 : MAX_VARCHAR_LENGTH);
  const total = Math.min(MAX_VARCHAR_LENGTH, Math.max(1, length(left.type) + length(right.type)));
  const type: DataType = { kind: "VARCHAR", length: total, ...mergedCollation(left.type, right.type) };
  return bound(`(${a} || ${b})`, type, left.nullable || right.nullable);
}
