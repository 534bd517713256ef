import { SnowflakeError } from "../../errors";
import {
  BEHIND,
  type IntervalField,
  type IntervalType,
  intervalFields,
  intervalName,
  UNITS,
} from "../../types/interval";

type Shape = Omit<IntervalType, "kind">;

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

export const invalidInterval = (text: string, type: Shape): SnowflakeError =>
  new SnowflakeError(
    "001003",
    "42000",
    `SQL compilation error:\ninvalid interval '${text}' for type ${intervalName(type)}`,
  );

/** The value whose first field has more digits than the type. */
export const intervalOverflow = (type: Shape): SnowflakeError =>
  new SnowflakeError("100046", "22015", `Interval field overflow: type ${intervalName(type)}`);

/**
 * `1-2`, `-54 16:15:14.123` → months or nanoseconds. Digits of a second beyond the type's fall away. Undefined for what is no
 * interval of the type.
 */
export function parseInterval(text: string, type: Shape): bigint | undefined {
  const fields = intervalFields(type);
  const separators = fields.slice(1).map((field) => BEHIND[field]?.separator as string);
  const fraction = type.last === "SECOND" ? "(?:\\.(\\d*))?" : "";
  const match = new RegExp(
    `^\\s*([+-]?)\\s*(\\d+)${separators.map((s) => `${s}(\\d+)`).join("")}${fraction}\\s*$`,
  ).exec(text);
  if (!match) return undefined;
  const numbers = match.slice(2, 2 + fields.length).map(BigInt);
  const isTooLong = String(numbers[0]).length > type.precision;
  if (isTooLong || fields.some((field, i) => i > 0 && (numbers[i] as bigint) >= (BEHIND[field]?.most as bigint)))
    return undefined;
  const nanos = (match[2 + fields.length] ?? "").slice(0, type.scale).padEnd(9, "0");
  const value = fields.reduce(
    (sum, field, i) => sum + (numbers[i] as bigint) * UNITS[field],
    type.last === "SECOND" ? BigInt(nanos) : 0n,
  );
  return match[1] === "-" ? -value : value;
}

/** What a value of the type counts in: its last field, or the last digit of a second. */
const smallest = ({ last, scale }: Shape): bigint =>
  last === "SECOND" ? 10n ** BigInt(9 - scale) : UNITS[last as IntervalField];

/** A value of another type of the family: what is shorter than the last field falls away; undefined where the first one has too many digits. */
export function fitInterval(value: bigint, type: Shape): bigint | undefined {
  const unit = smallest(type);
  const kept = (magnitude(value) / unit) * unit;
  if (String(kept / UNITS[type.first]).length > type.precision) return undefined;
  return value < 0n ? -kept : kept;
}

/** `+14-04`, `-54 16:15:14.123`: the sign always, the first field without zeros in front. */
export function intervalText(value: bigint, type: Shape): string {
  let rest = magnitude(value);
  const parts = intervalFields(type).map((field, i) => {
    const count = rest / UNITS[field];
    rest %= UNITS[field];
    return i === 0 ? String(count) : `${BEHIND[field]?.separator}${String(count).padStart(2, "0")}`;
  });
  const fraction =
    type.last === "SECOND" && type.scale > 0 ? `.${String(rest).padStart(9, "0").slice(0, type.scale)}` : "";
  return `${value < 0n ? "-" : "+"}${parts.join("")}${fraction}`;
}
