import { SnowflakeError } from "../errors";
import type { DataType } from "../types/dataType";
import type { Bound } from "./bound";
import { quote } from "./sql";

/** A collation specification taken apart. Source: https://docs.snowflake.com/en/sql-reference/collation */
export interface Collation {
  /** Empty for `utf8`, `bin` and the empty specification: by code point. */
  locale: string;
  isCaseSensitive: boolean;
  isAccentSensitive: boolean;
  isPunctuationSensitive: boolean;
  first: "" | "upper" | "lower";
  trimsStart: boolean;
  trimsEnd: boolean;
  fold: "" | "upper" | "lower";
}

/** Options that say how a language compares, which is nothing to ask of code points. */
const LANGUAGE_OPTIONS: readonly (readonly [what: string, options: readonly string[]])[] = [
  ["Case sensitivity", ["cs", "ci"]],
  ["Accent sensitivity", ["as", "ai"]],
  ["Punctuation sensitivity", ["ps", "pi"]],
  ["Upper/lower preference", ["fl", "fu"]],
];
const OPTIONS = new Set([
  ...LANGUAGE_OPTIONS.flatMap(([, options]) => options),
  "trim",
  "ltrim",
  "rtrim",
  "upper",
  "lower",
]);

/** Reads a specification: whatever is no option in the first place is a locale. Of two options that contradict each other the last counts. */
export function readCollation(written: string): Collation {
  const spec = written.toLowerCase();
  const parts = spec.replace(/-+$/, "").split("-");
  const first = parts[0] ?? "";
  const options = OPTIONS.has(first) ? parts : parts.slice(1);
  const locale = OPTIONS.has(first) || first === "utf8" || first === "bin" ? "" : first;
  const invalid = (reason: string) =>
    new SnowflakeError("100199", "22023", `Invalid value '${spec}' for COLLATION. Reason: ${reason}`);
  const unknown = options.find((option) => !OPTIONS.has(option));
  if (unknown !== undefined) throw invalid(`Unknown option: ${unknown}`);
  const has = (option: string) => options.includes(option);
  const last = (among: readonly string[]) => options.findLast((option) => among.includes(option));
  if (has("upper") && has("lower")) throw invalid("Options 'upper' and 'lower' are mutually exclusive");
  if (locale === "") {
    const wrong = LANGUAGE_OPTIONS.find(([, among]) => last(among) !== undefined);
    if (wrong) throw invalid(`${wrong[0]} option not allowed for the UTF8 collation`);
  }
  const preference = last(["fl", "fu"]);
  return {
    locale,
    isCaseSensitive: last(["cs", "ci"]) !== "ci",
    isAccentSensitive: last(["as", "ai"]) !== "ai",
    isPunctuationSensitive: last(["ps", "pi"]) !== "pi",
    first: preference === "fu" ? "upper" : preference === "fl" ? "lower" : "",
    trimsStart: has("trim") || has("ltrim"),
    trimsEnd: has("trim") || has("rtrim"),
    fold: has("upper") ? "upper" : has("lower") ? "lower" : "",
  };
}

/** The locale with ICU's own words for the options. One that nobody knows compares as the root of all locales does. */
export function icuLocale(collation: Collation): string {
  const locale = /^[a-z]{2,3}(_[a-z0-9]+)*$/.test(collation.locale) ? collation.locale : "root";
  const strength = !collation.isAccentSensitive
    ? `colStrength=primary${collation.isCaseSensitive ? ";colCaseLevel=yes" : ""}`
    : collation.isCaseSensitive
      ? ""
      : "colStrength=secondary";
  const keywords = [
    strength,
    collation.isPunctuationSensitive ? "" : "colAlternate=shifted",
    collation.first ? `colCaseFirst=${collation.first}` : "",
  ].filter((keyword) => keyword !== "");
  return keywords.length > 0 ? `${locale}@${keywords.join(";")}` : locale;
}

/** A text as its collation trims it and changes its case. */
export function preparedText(sql: string, { trimsStart, trimsEnd, fold }: Collation): string {
  const trim = trimsStart && trimsEnd ? "trim" : trimsStart ? "ltrim" : trimsEnd ? "rtrim" : undefined;
  const trimmed = trim ? `${trim}(${sql}, ' ')` : sql;
  return fold ? `${fold}(${trimmed})` : trimmed;
}

/** What texts of a collation are compared, grouped and sorted by. */
export function collationKey(sql: string, spec: string): string {
  const collation = readCollation(spec);
  const text = preparedText(sql, collation);
  return collation.locale ? `icu_sort_key(${text}, ${quote(icuLocale(collation))})` : text;
}

export const collationOf = (type: DataType): string | undefined =>
  type.kind === "VARCHAR" && type.collation ? type.collation : undefined;

const plainText: DataType = { kind: "VARCHAR", length: 1 };

type Collated = Pick<Extract<DataType, { kind: "VARCHAR" }>, "collation" | "isExplicit">;

const collatedOf = (type: DataType): Collated =>
  type.kind === "VARCHAR" && type.collation ? { collation: type.collation, isExplicit: type.isExplicit ?? false } : {};

/**
 * What two texts that meet have for a collation: that which is written at one of them, else that which one of them brings
 * along. Two different ones cannot meet: the refusal names that of `a` first. Source: https://docs.snowflake.com/en/sql-reference/collation (precedence)
 */
export function mergedCollation(a: DataType, b: DataType): Collated {
  const [x, y] = [collatedOf(a), collatedOf(b)];
  if (x.collation === undefined) return y;
  if (y.collation === undefined) return x;
  if (x.isExplicit !== y.isExplicit) return x.isExplicit ? x : y;
  if (x.collation !== y.collation)
    throw new SnowflakeError(
      "002322",
      "42846",
      `SQL compilation error: Incompatible collations: '${x.collation}' and '${y.collation}'`,
    );
  return x;
}

/**
 * The one collation of several texts, which are named in the order in which they stand; of some functions (COALESCE, IFF,
 * IN) Snowflake reads them from the end.
 */
export function collationOfAll(types: readonly DataType[]): Collated {
  let merged: DataType = plainText;
  for (const type of types) merged = { ...plainText, ...mergedCollation(merged, type) };
  return collatedOf(merged);
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
  return { ...result, type: { ...result.type, ...collationOfAll(args.map(({ type }) => type)) } };
}
