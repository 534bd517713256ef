/**
 * The fields of interval types, from the longest on. An interval of years and months is kept as months, one of days and times as
 * nanoseconds. Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-data-types
 */
export const YEAR_MONTH = ["YEAR", "MONTH"] as const;
export const DAY_TIME = ["DAY", "HOUR", "MINUTE", "SECOND"] as const;

export type IntervalField = (typeof YEAR_MONTH)[number] | (typeof DAY_TIME)[number];

export interface IntervalType {
  kind: "INTERVAL";
  first: IntervalField;
  /** The same as the first for a type of one field. */
  last: IntervalField;
  /** Digits of the first field. */
  precision: number;
  /** Digits of the fraction of a second. */
  scale: number;
}

/** Digits where a type names none. */
export const INTERVAL_DIGITS = 9;

export const isYearMonth = ({ first }: Pick<IntervalType, "first">): boolean => first === "YEAR" || first === "MONTH";

const familyOf = (type: Pick<IntervalType, "first">): readonly IntervalField[] =>
  isYearMonth(type) ? YEAR_MONTH : DAY_TIME;

/** From the first field to the last. */
export function intervalFields(type: Pick<IntervalType, "first" | "last">): IntervalField[] {
  const family = familyOf(type);
  return family.slice(family.indexOf(type.first), family.indexOf(type.last) + 1);
}

/** Months, or nanoseconds, of one of each field. */
export const UNITS: Record<IntervalField, bigint> = {
  YEAR: 12n,
  MONTH: 1n,
  DAY: 86_400_000_000_000n,
  HOUR: 3_600_000_000_000n,
  MINUTE: 60_000_000_000n,
  SECOND: 1_000_000_000n,
};

/** What stands in front of a field in a text, and how many of it make one of the field before. */
export const BEHIND: Partial<Record<IntervalField, { most: bigint; separator: string }>> = {
  MONTH: { most: 12n, separator: "-" },
  HOUR: { most: 24n, separator: " " },
  MINUTE: { most: 60n, separator: ":" },
  SECOND: { most: 60n, separator: ":" },
};

/** `INTERVAL DAY(9) TO SECOND(9)` */
export function intervalName({ first, last, precision, scale }: Omit<IntervalType, "kind">): string {
  if (first === "SECOND") return `INTERVAL SECOND(${precision}, ${scale})`;
  const end = last === "SECOND" ? `SECOND(${scale})` : last;
  return `INTERVAL ${first}(${precision})${first === last ? "" : ` TO ${end}`}`;
}

/** The type that holds the values of both; undefined for months beside days. */
export function coveringInterval(a: IntervalType, b: IntervalType): IntervalType | undefined {
  if (isYearMonth(a) !== isYearMonth(b)) return undefined;
  const family = familyOf(a);
  const places = [a, b].flatMap(({ first, last }) => [family.indexOf(first), family.indexOf(last)]);
  return {
    kind: "INTERVAL",
    first: family[Math.min(...places)] as IntervalField,
    last: family[Math.max(...places)] as IntervalField,
    precision: Math.max(a.precision, b.precision),
    scale: Math.max(a.scale, b.scale),
  };
}
