import { cannotConvert, incompatibleTypes, SnowflakeError } from "../../errors";
import {
  type DataType,
  DECFLOAT,
  isStructured,
  isTimestamp,
  MAX_PRECISION,
  sameType,
  sqlName,
  VARIANT,
  varchar,
} from "../../types/dataType";
import { coveringInterval } from "../../types/interval";
import { decimalFromText, digitsOf } from "../../udf/numeric/decimal";
import type { Binder } from "../binder";
import type { Bound } from "../bound";
import { mergedCollation } from "../collation";
import { planText } from "../planText";
import { isPredicate } from "../predicateNodes";

/** NUMBER that holds all values of both. */
export function widerNumber(
  a: DataType & { kind: "NUMBER" },
  b: DataType & { kind: "NUMBER" },
): DataType & { kind: "NUMBER" } {
  const scale = Math.max(a.scale, b.scale);
  const leading = Math.max(a.precision - a.scale, b.precision - b.scale);
  return { kind: "NUMBER", precision: Math.min(MAX_PRECISION, leading + scale), scale };
}

/**
 * NUMBER that a text becomes where a number is wanted: its own digits for a constant, NUMBER(18,5) otherwise.
 * Source: https://docs.snowflake.com/en/sql-reference/data-type-conversion
 */
export function numberForText(value: Bound): DataType & { kind: "NUMBER" } {
  const text = value.literal?.kind === "string" ? value.literal.text.trim() : undefined;
  const match = text === undefined ? null : /^[+-]?0*(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match) return { kind: "NUMBER", precision: 18, scale: 5 };
  const scale = (match[2] ?? "").length;
  const precision = Math.max(1, (match[1] as string).length + scale);
  return precision > MAX_PRECISION
    ? { kind: "NUMBER", precision: 38, scale: Math.min(scale, 37) }
    : { kind: "NUMBER", precision, scale };
}

/** NUMBER that a text becomes as an alternative: that of the number a constant is written as, without blanks around it. */
function alternativeForText(value: Bound): DataType & { kind: "NUMBER" } {
  const text = value.literal?.kind === "string" ? value.literal.text : "";
  const plain = /^\S+$/.test(text) ? decimalFromText(text) : null;
  if (plain === null) return { kind: "NUMBER", precision: 18, scale: 5 };
  const { precision, scale } = digitsOf(plain);
  return { kind: "NUMBER", precision: Math.min(precision, MAX_PRECISION), scale: Math.min(scale, 37) };
}

/** What is said of a value whose type does not meet that of those before it. */
type Refusal = (expected: DataType, given: Bound) => SnowflakeError;

const unlikeBranches: Refusal = (expected, given) =>
  new SnowflakeError(
    "002016",
    "22000",
    `SQL compilation error:\ninconsistent data type for result columns for set operator input branches, expected ${sqlName(expected)}, got ${sqlName(given.type)} for expression [{2}] branch {3}`,
  );

/** Of alternatives and of the sides of a comparison; times and timestamps are named without the value. */
export const inconvertible =
  (binder: Binder): Refusal =>
  (expected, given) => {
    const types = [expected, given.type];
    const time = types.find(({ kind }) => kind === "TIME");
    const timestamp = types.find(isTimestamp);
    if (time && timestamp) return incompatibleTypes(sqlName(time), sqlName(timestamp));
    return cannotConvert(given.node ? planText(binder, given.node) : "", sqlName(given.type), sqlName(expected));
  };

const TIMESTAMP_RANK = ["TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"];

/** The one type that alternatives (CASE branches, COALESCE arguments, set operator inputs) take. */
export function commonType(values: readonly Bound[], refuse = unlikeBranches): DataType {
  let result: DataType | undefined;
  for (const value of values) {
    if (value.type.kind === "NULL") continue;
    result = result === undefined ? value.type : pair(result, value, values, refuse);
  }
  return result ?? { kind: "NULL" };
}

/**
 * The type of a conditional: its alternatives meet from the last to the first where a VARIANT, or a text beside a BOOLEAN, is among
 * them, since what those become depends on what stands with them.
 */
export function branchType(binder: Binder, values: readonly Bound[]): DataType {
  const refuse = inconvertible(binder);
  const typed = values.filter(({ type }) => type.kind !== "NULL");
  const kinds = new Set(typed.map(({ type }) => type.kind));
  const ordered = kinds.has("VARIANT") || (kinds.has("BOOLEAN") && kinds.has("VARCHAR"));
  if (!ordered || kinds.size === 1) return commonType(values, refuse);
  let later = typed.at(-1) as Bound;
  for (const value of typed.slice(0, -1).reverse())
    later = { ...later, type: alternative(value, later, typed, refuse) };
  return later.type;
}

const NUMERIC = ["NUMBER", "FLOAT", "DECFLOAT"];

/** What a value and the alternatives behind it become. */
function alternative(value: Bound, later: Bound, all: readonly Bound[], refuse: Refusal): DataType {
  const [a, b] = [value.type, later.type];
  const kinds = [a.kind, b.kind];
  const textOrBoolean = kinds.includes("VARCHAR") && kinds.includes("BOOLEAN");
  const variant = kinds.includes("VARIANT") && a.kind !== b.kind;
  if ((!variant && !textOrBoolean) || isPredicate(value.node) || isPredicate(later.node))
    return pair(a, later, all, refuse);
  if (textOrBoolean) return a.kind === "VARCHAR" ? varchar() : a;
  const other = a.kind === "VARIANT" ? b : a;
  if (NUMERIC.includes(other.kind) || other.kind === "BINARY" || isStructured(other) || other.kind === "VECTOR")
    return pair(a, later, all, refuse);
  if (other.kind === "VARCHAR") return varchar();
  return other.kind === "BOOLEAN" || other.kind === "OBJECT" || other.kind === "ARRAY" ? a : other;
}

function pair(a: DataType, value: Bound, all: readonly Bound[], refuse: Refusal): DataType {
  const b = value.type;
  if (a.kind === b.kind) return sameKind(a, value, refuse);
  if (refuse !== unlikeBranches && isPredicate(value.node)) throw refuse(a, value);
  const kinds = [a.kind, b.kind];
  const other = (kind: string): DataType => (a.kind === kind ? b : a);
  if (isStructured(a) || isStructured(b) || kinds.includes("VECTOR")) throw refuse(a, value);
  if (kinds.includes("VARIANT") && kinds.includes("BINARY")) throw refuse(a, value);
  if (kinds.includes("VARIANT")) return VARIANT;
  if (kinds.includes("ARRAY") || kinds.includes("OBJECT")) {
    if (kinds.includes("ARRAY") && kinds.includes("OBJECT")) return VARIANT;
    throw refuse(a, value);
  }
  if (kinds.includes("INTERVAL") && !kinds.includes("VARCHAR")) throw refuse(a, value);
  if (kinds.includes("DECFLOAT") && [...NUMERIC, "VARCHAR"].includes(other("DECFLOAT").kind)) return DECFLOAT;
  if (kinds.includes("FLOAT") && (kinds.includes("NUMBER") || kinds.includes("VARCHAR"))) return { kind: "FLOAT" };
  if (kinds.includes("VARCHAR")) {
    const target = other("VARCHAR");
    if (target.kind === "BINARY") throw refuse(a, value);
    if (target.kind !== "NUMBER") return target;
    const texts = b.kind === "VARCHAR" ? [value] : all.filter((v) => v.type.kind === "VARCHAR");
    return texts.reduce<DataType & { kind: "NUMBER" }>(
      (wide, text) => widerNumber(wide, alternativeForText(text)),
      target,
    );
  }
  if (kinds.includes("BOOLEAN") && (kinds.includes("NUMBER") || kinds.includes("FLOAT"))) return { kind: "BOOLEAN" };
  if (kinds.includes("DATE") && (isTimestamp(a) || isTimestamp(b))) return other("DATE");
  if (isTimestamp(a) && isTimestamp(b)) {
    const kind = TIMESTAMP_RANK[Math.max(TIMESTAMP_RANK.indexOf(a.kind), TIMESTAMP_RANK.indexOf(b.kind))];
    return { kind, scale: Math.max(a.scale, b.scale) } as DataType;
  }
  throw refuse(a, value);
}

function sameKind(a: DataType, value: Bound, refuse: Refusal): DataType {
  const b = value.type;
  if (a.kind === "INTERVAL" && b.kind === "INTERVAL") {
    const covering = coveringInterval(a, b);
    if (!covering) throw refuse(a, value);
    return covering;
  }
  if (a.kind === "NUMBER" && b.kind === "NUMBER") return widerNumber(a, b);
  if (a.kind === "VARCHAR" && b.kind === "VARCHAR")
    return { kind: "VARCHAR", length: Math.max(a.length, b.length), ...mergedCollation(a, b) };
  if (a.kind === "BINARY" && b.kind === "BINARY") return a.length >= b.length ? a : b;
  if ((isStructured(a) || isStructured(b) || a.kind === "VECTOR") && !sameType(a, b)) throw refuse(a, value);
  if ("scale" in a && "scale" in b) return a.scale >= b.scale ? a : b;
  return a;
}
