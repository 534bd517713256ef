import { storageOf } from "../../errors";
import type { DataType } from "../../types/dataType";
import { isTimestamp, physicalType } from "../../types/dataType";
import type { Bound } from "../bound";
import { once, raise } from "../sql";

type NumberType = DataType & { kind: "NUMBER" };

/** Text → NUMBER with Snowflake's messages; `attempt` gives NULL for what is no number or does not fit. */
export function numberFromText(text: string, target: NumberType, attempt: boolean): string {
  const type = physicalType(target);
  // The engine also reads 1_000, which is no number in Snowflake.
  if (attempt) return once(text, (x) => `CASE WHEN contains(${x}, '_') THEN NULL ELSE TRY_CAST(${x} AS ${type}) END`);
  return once(
    text,
    (x) =>
      `CASE WHEN TRY_CAST(${x} AS ${type}) IS NULL OR contains(${x}, '_') THEN sf_number(${x}, ${target.precision}, ${target.scale})::${type} ELSE TRY_CAST(${x} AS ${type}) END`,
  );
}

export function floatFromText(text: string, attempt: boolean): string {
  if (attempt) return once(text, (x) => `CASE WHEN contains(${x}, '_') THEN NULL ELSE TRY_CAST(${x} AS DOUBLE) END`);
  return once(
    text,
    (x) =>
      `CASE WHEN TRY_CAST(${x} AS DOUBLE) IS NULL OR contains(${x}, '_') THEN sf_float(${x}) ELSE TRY_CAST(${x} AS DOUBLE) END`,
  );
}

/**
 * NUMBER → NUMBER: rounds half away from zero; digits that do not fit in front are an error. The engine's own error is taken
 * for a nullable value, whose message is put into Snowflake's words where it leaves the engine.
 */
export function numberFromNumber(value: Bound & { type: NumberType }, target: NumberType, attempt = false): string {
  const { sql, type: from, nullable } = value;
  const type = physicalType(target);
  if (from.precision === target.precision && from.scale === target.scale) return sql;
  if (attempt) return `TRY_CAST(${sql} AS ${type})`;
  const fits = from.precision - from.scale + (target.scale < from.scale ? 1 : 0) <= target.precision - target.scale;
  if (fits || nullable) return `CAST(${sql} AS ${type})`;
  const range = `Number out of representable range: type FIXED[${storageOf(target.precision)}](${target.precision},${target.scale}){not null}, value `;
  return once(
    sql,
    (x) => `coalesce(TRY_CAST(${x} AS ${type}), ${raise("100046", "22003", range, numberText(x, from), "", type)})`,
  );
}

export function numberFromFloat(sql: string, target: NumberType, attempt = false): string {
  const type = physicalType(target);
  return attempt ? `TRY_CAST(${sql} AS ${type})` : `CAST(${sql} AS ${type})`;
}

/** Up to so many digits the engine computes in 64 bits, and keeps what comes out within them. */
const NARROW = 18;

/** An operand as it is, or with one digit more where the engine would not give the result the digits it may have. */
export const widened = (sql: string, { precision, scale }: NumberType): string =>
  precision <= NARROW ? `(${sql})::DECIMAL(${NARROW + 1},${scale})` : sql;

/** The digits of a NUMBER as a whole number: 12.50 → 1250. */
export function unscaled(sql: string, type: NumberType): string {
  if (type.scale === 0) return `${sql}::HUGEINT`;
  if (type.precision + type.scale <= 37) {
    const operand = type.precision + type.scale > NARROW ? widened(sql, type) : sql;
    return `(${operand} * ${10n ** BigInt(type.scale)})::HUGEINT`;
  }
  return `replace(${sql}::VARCHAR, '.', '')::HUGEINT`;
}

/** A NUMBER as text. Without a place in front of the point the engine would leave out the zero: `.5`. */
export const numberText = (sql: string, { precision, scale }: NumberType): string =>
  scale > 0 && precision === scale ? `(${sql})::DECIMAL(${precision + 1},${scale})::VARCHAR` : `(${sql})::VARCHAR`;

/** Would values of one type be rounded, or cut, to become values of the other? */
export function loses(from: DataType, to: DataType): boolean {
  if (to.kind === "NUMBER") return from.kind === "FLOAT" || (from.kind === "NUMBER" && from.scale > to.scale);
  return (to.kind === "DATE" || to.kind === "TIME") && isTimestamp(from);
}
