import type { Between, Binary, Expression, IsDistinctFrom, Span } from "../../../dialect/index";
import { invalidArgumentTypes, unsupportedFeature } from "../../errors";
import { BOOLEAN, type DataType, isTimestamp, MAX_LOB_SIZE, sqlName } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound, evaluatedOnce, isNullLiteral } from "../bound";
import { collationKey, collationOf, commonCollation } from "../collation";
import { cast } from "../conversion/cast";
import { numberText } from "../conversion/numbers";
import { commonType, inconvertible, numberForText, widerNumber } from "../conversion/unify";
import { toVariant } from "../conversion/variant";
import { isPredicate } from "../predicateNodes";
import { once, onceBoth } from "../sql";

export type ComparisonOperator = "=" | "<>" | "<" | "<=" | ">" | ">=" | "IS DISTINCT FROM" | "IS NOT DISTINCT FROM";

/** The SQL by which values of a type are compared, grouped and sorted: the instant of a TIMESTAMP_TZ, the key of a collation. */
export const comparable = (sql: string, type: DataType): string => {
  if (type.kind === "TIMESTAMP_TZ") return `(${sql}).utc`;
  const collation = collationOf(type);
  return collation === undefined ? sql : collationKey(sql, collation);
};

/** Values that differ may still compare as equal: they are grouped by a key, and any of them stands for the group. */
export const hasKey = (type: DataType): boolean => type.kind === "TIMESTAMP_TZ" || collationOf(type) !== undefined;

/** Like `comparable`, for ORDER BY, MIN and MAX: VARIANT values sort by kind, then by value. */
export const sortable = (sql: string, type: DataType): string =>
  type.kind === "VARIANT" ? `sf_variant_key(${sql})` : comparable(sql, unordered(type));

/** Vectors are in the order of their bytes in Snowflake, which says nothing. */
function unordered(type: DataType): DataType {
  if (type.kind === "VECTOR") throw unsupportedFeature("order of VECTOR values");
  return type;
}

export function comparison(binder: Binder, node: Binary): Bound {
  if (node.left.kind === "RowExpression" || node.right.kind === "RowExpression") return rowComparison(binder, node);
  return compare(
    binder,
    node.operator as ComparisonOperator,
    binder.expression(node.left),
    binder.expression(node.right),
    node,
  );
}

/** `(a, b) = (c, d)` reads every pair, `(a, b) < (c, d)` goes to the first pair that differs. */
function rowComparison(binder: Binder, node: Binary): Bound {
  const { left, right, operator } = node;
  const items = left.kind === "RowExpression" && right.kind === "RowExpression" ? [left.items, right.items] : [];
  const [ours = [], theirs = []] = items;
  if (ours.length === 0 || ours.length !== theirs.length) {
    const sides = `(${rowTypeName(binder, left)}, ${rowTypeName(binder, right)})`;
    throw invalidArgumentTypes(operator, sides, binder.operatorPosition(node));
  }
  const compared = (i: number, by: ComparisonOperator) =>
    compare(binder, by, binder.expression(ours[i] as never), binder.expression(theirs[i] as never), node);
  const places = ours.map((_, i) => i);
  const nullable = places.some((i) => compared(i, "=").nullable);
  if (operator === "=" || operator === "<>") {
    const parts = places.map((i) => compared(i, operator).sql);
    return bound(`(${parts.join(operator === "=" ? " AND " : " OR ")})`, BOOLEAN, nullable);
  }
  const strict = operator.slice(0, 1) as ComparisonOperator;
  const sql = places.reduceRight((rest, i) => {
    if (rest === "") return compared(i, operator as ComparisonOperator).sql;
    return `(${compared(i, strict).sql} OR (${compared(i, "=").sql} AND ${rest}))`;
  }, "");
  return bound(sql, BOOLEAN, nullable);
}

const rowTypeName = (binder: Binder, node: Expression): string =>
  node.kind === "RowExpression"
    ? `ROW(${node.items.map((item) => sqlName(binder.expression(item).type)).join(", ")})`
    : sqlName(binder.expression(node).type);

export function between(binder: Binder, node: Between): Bound {
  const value = binder.expression(node.operand);
  const [from, to] = [binder.expression(node.low), binder.expression(node.high)];
  const both = evaluatedOnce(value, (one) => {
    const low = compare(binder, ">=", one, from, node);
    const high = compare(binder, "<=", one, to, node);
    return bound(`(${low.sql} AND ${high.sql})`, BOOLEAN, low.nullable || high.nullable);
  });
  return node.negated ? bound(`(NOT ${both.sql})`, BOOLEAN, both.nullable) : both;
}

export function isDistinctFrom(binder: Binder, node: IsDistinctFrom): Bound {
  const operator = node.negated ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM";
  return {
    ...compare(binder, operator, binder.expression(node.left), binder.expression(node.right), node),
    nullable: false,
  };
}

/** Compares two values after the implicit conversions of comparison. */
export function compare(
  binder: Binder,
  operator: ComparisonOperator,
  left: Bound,
  right: Bound,
  node?: { span: Span },
): Bound {
  const nullable = left.nullable || right.nullable;
  const result = (sql: string) => bound(sql, BOOLEAN, nullable);
  if (isPredicate(right.node) && left.type.kind !== "BOOLEAN" && !isNullLiteral(left))
    throw inconvertible(binder)(left.type, right);
  const special = variantComparison(binder, operator, left, right);
  if (special) return result(special);
  const type = comparisonType(left, right);
  if (!type) throw incomparable(binder, operator, left, right, node);
  if (typeof type === "object" && type.kind === "VECTOR" && /[<>]/.test(operator) && operator !== "<>") unordered(type);
  if (type === "exact") return result(compareTexts(operator, left, right));
  const a = comparable(cast(left, type, binder.settings).sql, type);
  const b = comparable(cast(right, type, binder.settings).sql, type);
  return result(`(${a} ${operator} ${b})`);
}

/** The right side is named as what could not be converted; a column of a subquery has no name to give. */
const incomparable = (binder: Binder, operator: string, left: Bound, right: Bound, node?: { span: Span }): Error =>
  right.node
    ? inconvertible(binder)(left.type, right)
    : invalidArgumentTypes(
        operator,
        `(${sqlName(left.type)}, ${sqlName(right.type)})`,
        node && binder.operatorPosition(node),
      );

/** Two NUMBERs that no NUMBER could hold together. */
function compareTexts(operator: ComparisonOperator, left: Bound, right: Bound): string {
  const text = ({ sql, type }: Bound): string => numberText(sql, type as DataType & { kind: "NUMBER" });
  const order = `sf_compare_numbers(${text(left)}, ${text(right)})`;
  if (operator === "IS DISTINCT FROM" || operator === "IS NOT DISTINCT FROM") {
    const equal = `coalesce(${order} = 0, (${left.sql}) IS NULL AND (${right.sql}) IS NULL)`;
    return operator === "IS DISTINCT FROM" ? `(NOT ${equal})` : equal;
  }
  return `(${order} ${operator} 0)`;
}

/** The type both sides are converted to; undefined when they cannot be compared. */
function comparisonType(a: Bound, b: Bound): DataType | "exact" | undefined {
  if (isNullLiteral(a)) return b.type.kind === "NULL" ? { kind: "VARCHAR", length: 1 } : b.type;
  if (isNullLiteral(b)) return a.type;
  if (a.type.kind === "NUMBER" && b.type.kind === "NUMBER") {
    const leading = Math.max(a.type.precision - a.type.scale, b.type.precision - b.type.scale);
    const scale = Math.max(a.type.scale, b.type.scale);
    return leading + scale > 38 ? "exact" : { kind: "NUMBER", precision: leading + scale, scale };
  }
  if (a.type.kind === "VARCHAR" && b.type.kind === "VARCHAR")
    return { kind: "VARCHAR", length: MAX_LOB_SIZE, collation: commonCollation(b.type, a.type) };
  // A text in front of a BOOLEAN stays one, behind it the text is read.
  if (a.type.kind === "VARCHAR" && b.type.kind === "BOOLEAN") return { kind: "VARCHAR", length: MAX_LOB_SIZE };
  for (const [text, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (text.type.kind === "VARCHAR" && other.type.kind === "NUMBER")
      return widerNumber(other.type, numberForText(text));
    if (
      text.type.kind === "VARCHAR" &&
      (other.type.kind === "BINARY" || other.type.kind === "ARRAY" || other.type.kind === "OBJECT")
    )
      return undefined;
    if (other.type.kind === "TIME" && isTimestamp(text.type)) return undefined;
  }
  try {
    return commonType([a, b]);
  } catch {
    return undefined;
  }
}

const SEMI = ["VARIANT", "ARRAY", "OBJECT"];

/** Comparisons with VARIANT; undefined when neither side is semi-structured. */
function variantComparison(
  binder: Binder,
  operator: ComparisonOperator,
  left: Bound,
  right: Bound,
): string | undefined {
  const l = SEMI.includes(left.type.kind);
  const r = SEMI.includes(right.type.kind);
  if (!l && !r) return undefined;
  const mixed = left.type.kind !== right.type.kind && left.type.kind !== "VARIANT" && right.type.kind !== "VARIANT";
  if (l && r && mixed) throw incomparable(binder, operator, left, right);
  if (l && r) return compareStored(operator, left.sql, right.sql);
  const [variant, other] = l ? [left, right] : [right, left];
  if (isNullLiteral(other)) {
    return operator.startsWith("IS ") ? `(${variant.sql} ${operator} NULL::JSON)` : "NULL::BOOLEAN";
  }
  if (variant.type.kind !== "VARIANT" || other.type.kind === "BINARY")
    throw incomparable(binder, operator, left, right);
  if (l && other.type.kind === "BOOLEAN")
    return compareStored(operator, variant.sql, toVariant(other, binder.settings));
  if (other.type.kind === "NUMBER") return compareWithNumber(l ? operator : mirrored(operator), variant, other);
  const converted = cast(
    variant,
    other.type.kind === "VARCHAR" ? { kind: "VARCHAR", length: MAX_LOB_SIZE } : other.type,
    binder.settings,
  );
  const a = comparable(converted.sql, other.type);
  const b = comparable(other.sql, other.type);
  return l ? `(${a} ${operator} ${b})` : `(${b} ${operator} ${a})`;
}

/** By keys, of which each needs one side only: so the engine can join by them without trying every pair. */
function compareStored(operator: ComparisonOperator, left: string, right: string): string {
  return `(sf_variant_key(${left}) ${operator} sf_variant_key(${right}))`;
}

/** The same text for the same number, each made from one side only: so the engine can join by them without trying every pair. */
function equalNumbers(variant: string, number: string, type: DataType & { kind: "NUMBER" }): string {
  const text = numberText(number, type);
  const plain = type.scale > 0 ? `rtrim(rtrim(${text}, '0'), '.')` : text;
  const own = once(
    variant,
    (v) => `CASE WHEN json_type(${v}) IN ('UBIGINT', 'BIGINT') THEN ${v}::VARCHAR ELSE sf_variant_number(${v}) END`,
  );
  return `(${own} = ${plain})`;
}

/** Exact for every size of number: whole numbers of the engine directly, the rest digit by digit. */
function compareWithNumber(operator: ComparisonOperator, variant: Bound, other: Bound): string {
  const type = other.type as DataType & { kind: "NUMBER" };
  if (operator === "IS DISTINCT FROM" || operator === "IS NOT DISTINCT FROM") {
    return onceBoth(variant.sql, other.sql, (v, n) => {
      const same = `coalesce(sf_compare_variant(${v}, ${numberText(n, type)}) = 0, (${v} IS NULL OR json_type(${v}) = 'NULL') AND ${n} IS NULL)`;
      return operator === "IS DISTINCT FROM" ? `(NOT ${same})` : same;
    });
  }
  if (operator === "=") return equalNumbers(variant.sql, other.sql, type);
  if (operator === "<>") return `(NOT ${equalNumbers(variant.sql, other.sql, type)})`;
  return onceBoth(variant.sql, other.sql, (v, n) => {
    const exact = `sf_compare_variant(${v}, ${numberText(n, type)}) ${operator} 0`;
    if (type.precision - type.scale > 37 - type.scale || type.scale > 18) return `(${exact})`;
    return `CASE WHEN json_type(${v}) IN ('UBIGINT', 'BIGINT') THEN ${v}::VARCHAR::DECIMAL(38,${type.scale}) ${operator} ${n} ELSE ${exact} END`;
  });
}

const mirrored = (operator: ComparisonOperator): ComparisonOperator =>
  (({ "<": ">", "<=": ">=", ">": "<", ">=": "<=" }) as Record<string, ComparisonOperator>)[operator] ?? operator;
