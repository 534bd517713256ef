import type { IntervalLiteral } from "../../dialect/index";
import { compilationError } from "../errors";
import type { IntervalStep } from "./intervals";

/** `INTERVAL '1' DAY`: a value of an interval type, other than `INTERVAL '1 day'`. */
export const isQualified = (interval: IntervalLiteral): boolean => interval.unit !== undefined;

const YEAR_MONTH = ["YEAR", "MONTH"] as const;
const DAY_TIME = ["DAY", "HOUR", "MINUTE", "SECOND"] as const;
type Field = (typeof YEAR_MONTH)[number] | (typeof DAY_TIME)[number];

/** How many of a field make one of the field before it, and what stands between the two in a text. */
const AFTER: Partial<Record<Field, { most: bigint; separator: string }>> = {
  MONTH: { most: 12n, separator: "-" },
  HOUR: { most: 24n, separator: " " },
  MINUTE: { most: 60n, separator: ":" },
  SECOND: { most: 60n, separator: ":" },
};

const MICROS: Record<(typeof DAY_TIME)[number], bigint> = {
  DAY: 86_400_000_000n,
  HOUR: 3_600_000_000n,
  MINUTE: 60_000_000n,
  SECOND: 1_000_000n,
};

const singular = (unit: string): string => unit.replace(/S$/, "");

/**
 * The fields of a qualifier, from the first to the last. WEEK and QUARTER are none.
 * Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#syntax-of-interval-data-types
 */
function fieldsOf({ unit = "", toUnit }: IntervalLiteral): Field[] {
  const family: readonly Field[] = singular(unit) === "YEAR" || singular(unit) === "MONTH" ? YEAR_MONTH : DAY_TIME;
  const first = family.indexOf(singular(unit) as Field);
  const last = toUnit ? family.indexOf(singular(toUnit) as Field) : first;
  const isRange = toUnit !== undefined && last <= first;
  if (first < 0 || last < 0 || isRange) {
    const words = toUnit ? `${unit} TO ${toUnit}` : unit;
    throw compilationError("001003", "42000", `Invalid specification for type INTERVAL: INTERVAL ${words}`);
  }
  return family.slice(first, last + 1);
}

/** The step of `INTERVAL '1-2' YEAR TO MONTH` in months, of `INTERVAL '1 02:03:04.5' DAY TO SECOND` in microseconds. */
export function readQualified(interval: IntervalLiteral): IntervalStep {
  const fields = fieldsOf(interval);
  const first = fields[0] as Field;
  const separators = fields.slice(1).map((field) => AFTER[field]?.separator as string);
  const pattern = `^\\s*([+-]?)(\\d+)${separators.map((s) => `${s}(\\d+)`).join("")}${fields.includes("SECOND") ? "(?:\\.(\\d*))?" : ""}\\s*$`;
  const match = new RegExp(pattern).exec(interval.value);
  const numbers = (match?.slice(2, 2 + fields.length) ?? []).map(BigInt);
  const digits = interval.unitParameters?.[0] ?? 9;
  const isTooLong = String(numbers[0] ?? 0).length > digits;
  const overflows = fields.some((field, i) => i > 0 && (numbers[i] as bigint) >= (AFTER[field]?.most as bigint));
  if (!match || isTooLong || overflows) {
    throw compilationError(
      "001003",
      "42000",
      `invalid interval '${interval.value}' for type ${intervalTypeName(interval)}`,
    );
  }
  const sign = match[1] === "-" ? -1n : 1n;
  if (first === "YEAR" || first === "MONTH") {
    const months = fields.reduce((sum, field, i) => sum + (numbers[i] as bigint) * (field === "YEAR" ? 12n : 1n), 0n);
    return { amount: sign * months, part: "month" };
  }
  const fraction = BigInt((match[2 + fields.length] ?? "").padEnd(6, "0").slice(0, 6) || "0");
  const micros = fields.reduce(
    (sum, field, i) => sum + (numbers[i] as bigint) * MICROS[field as keyof typeof MICROS],
    fraction,
  );
  return { amount: sign * micros, part: "microsecond" };
}

/** `INTERVAL DAY(9) TO SECOND(9)` */
export function intervalTypeName(interval: IntervalLiteral): string {
  const fields = fieldsOf(interval);
  const first = fields[0] as Field;
  const last = fields[fields.length - 1] as Field;
  const [leading = 9, ownFraction = 9] = interval.unitParameters ?? [];
  if (first === "SECOND") return `INTERVAL SECOND(${leading}, ${ownFraction})`;
  const end = last === "SECOND" ? `SECOND(${interval.toParameters?.[0] ?? 9})` : last;
  return `INTERVAL ${first}(${leading})${first === last ? "" : ` TO ${end}`}`;
}
