import { compilationError, unsupportedFeature } from "../errors";
import type { DataType } from "../types/dataType";
import type { Bound } from "./bound";
import { quote } from "./sql";

/** A collation specification taken apart. Source: https://docs.snowflake.com/en/sql-reference/collation */
interface Collation {
  /** Empty for `utf8` and the empty specification: by code point. */
  locale: string;
  caseSensitive: boolean;
  accentSensitive: boolean;
  trim: "" | "trim" | "ltrim" | "rtrim";
  fold: "" | "upper" | "lower";
}

const OPTIONS = new Set(["cs", "ci", "as", "ai", "ps", "trim", "ltrim", "rtrim", "upper", "lower", "fl"]);

export function readCollation(spec: string): Collation {
  const invalid = () => compilationError("100199", "22023", `The collation '${spec}' is not valid.`);
  const parts = spec
    .toLowerCase()
    .split("-")
    .filter((part) => part !== "");
  const first = parts[0] ?? "";
  const hasLocale = /^(utf8|bin|[a-z]{2}(_[a-z0-9]+)*)$/.test(first) && !OPTIONS.has(first);
  const options = hasLocale ? parts.slice(1) : parts;
  if (options.some((option) => option === "fu" || option === "pi"))
    throw unsupportedFeature(`collation '${spec}' (punctuation-insensitive and upper-first collations)`);
  if (!options.every((option) => OPTIONS.has(option))) throw invalid();
  const has = (option: string) => options.includes(option);
  const locale = hasLocale && first !== "utf8" && first !== "bin" ? first : "";
  if (locale === "" && has("ai")) throw invalid();
  return {
    // Without a locale, case-insensitive means by upper-case letters alone.
    locale,
    caseSensitive: !has("ci"),
    accentSensitive: !has("ai"),
    trim: has("trim") ? "trim" : has("ltrim") ? "ltrim" : has("rtrim") ? "rtrim" : "",
    fold: has("upper") ? "upper" : has("lower") ? "lower" : "",
  };
}

/** What texts of a collation are compared, grouped and sorted by. */
export function collationKey(sql: string, spec: string): string {
  const { locale, caseSensitive, accentSensitive, trim, fold } = readCollation(spec);
  let key = sql;
  if (trim) key = `${trim}(${key}, ' ')`;
  if (fold) key = `${fold}(${key})`;
  if (!accentSensitive) key = `strip_accents(${key})`;
  if (!caseSensitive) key = `lower(${key})`;
  return locale ? `icu_sort_key(${key}, ${quote(locale)})` : key;
}

export const collationOf = (type: DataType): string | undefined =>
  type.kind === "VARCHAR" && type.collation ? type.collation : undefined;

type Collated = Pick<Extract<DataType, { kind: "VARCHAR" }>, "collation" | "isExplicit">;

const collatedOf = (type: DataType): Collated =>
  type.kind === "VARCHAR" && type.collation ? { collation: type.collation, isExplicit: type.isExplicit ?? false } : {};

/**
 * What two texts that meet have for a collation: that which is written at one of them, else that which one of them brings
 * along. Two different ones cannot meet. Source: https://docs.snowflake.com/en/sql-reference/collation (precedence)
 */
export function mergedCollation(a: DataType, b: DataType): Collated {
  const [x, y] = [collatedOf(a), collatedOf(b)];
  if (x.collation === undefined) return y;
  if (y.collation === undefined) return x;
  if (x.isExplicit !== y.isExplicit) return x.isExplicit ? x : y;
  if (x.collation.toLowerCase() !== y.collation.toLowerCase())
    throw compilationError("002325", "42601", `Incompatible collations: '${x.collation}' and '${y.collation}'`);
  return x;
}

export const commonCollation = (a: DataType, b: DataType): string | undefined => mergedCollation(a, b).collation;

/** Functions whose text has the collation of the texts they are given. */
const INHERITING: ReadonlySet<string> = new Set([
  "CONCAT", "CONCAT_WS", "INITCAP", "LEFT", "LISTAGG", "LOWER", "LPAD", "LTRIM", "REVERSE", "RIGHT", "RPAD", "RTRIM", "SPLIT_PART",
  "SUBSTR", "SUBSTRING", "TRANSLATE", "TRIM", "UPPER",
]); // biome-ignore format: one list

/** The result of a function with the collation it inherits. */
export function withInheritedCollation(name: string, args: readonly Bound[], result: Bound): Bound {
  if (result.type.kind !== "VARCHAR" || !INHERITING.has(name)) return result;
  if (!args.some(({ type }) => collationOf(type) !== undefined)) return result;
  const merged = args.reduce<DataType>(
    (type, arg) => ({ ...plainText, ...mergedCollation(type, arg.type) }),
    plainText,
  );
  return { ...result, type: { ...result.type, ...mergedCollation(merged, plainText) } };
}

const plainText: DataType = { kind: "VARCHAR", length: 1 };
