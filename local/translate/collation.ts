import { compilationError, unsupportedFeature } from "../errors";
import type { DataType } from "../types/dataType";
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

/** The one collation that two texts are compared by; two that differ cannot be compared. */
export function commonCollation(a: DataType, b: DataType): string | undefined {
  const [x, y] = [collationOf(a), collationOf(b)];
  if (x !== undefined && y !== undefined && x.toLowerCase() !== y.toLowerCase())
    throw compilationError("002325", "42601", `Incompatible collations: '${x}' and '${y}'`);
  return x ?? y;
}
