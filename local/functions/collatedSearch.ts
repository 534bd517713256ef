import { compilationError, unsupportedFeature } from "../errors";
import { type Bound, bound } from "../translate/bound";
import { type Collation, collationOfAll, icuLocale, readCollation } from "../translate/collation";
import { quote, raise } from "../translate/sql";
import { type DataType, MAX_LOB_SIZE } from "../types/dataType";
import type { Call, FunctionEntry } from "./call";

/** Languages in which no two letters stand for one: a text can be compared letter by letter. */
const LETTER_BY_LETTER = new Set(["en", "de", "fr", "es", "it", "pt", "nl", "sv", "fi", "pl", "root"]);
/** Letters of the Latin, Greek and Cyrillic scripts, but no mark that joins another letter and none that is compared as two letters. */
const SIMPLE =
  "\\x09\\x0a\\x0d\\x20-\\x7e\\x{a0}-\\x{ac}\\x{ae}-\\x{c5}\\x{c7}-\\x{de}\\x{e0}-\\x{e5}\\x{e7}-\\x{131}\\x{134}-\\x{13e}\\x{141}-\\x{148}\\x{14a}-\\x{151}\\x{154}-\\x{17e}\\x{370}-\\x{482}\\x{48a}-\\x{52f}";
/** Letters whose small and capital forms are one character each. */
const CASED = "\\x09\\x0a\\x0d\\x20-\\x7e\\x{c0}-\\x{de}\\x{e0}-\\x{fe}";

const TEXT: DataType = { kind: "VARCHAR", length: MAX_LOB_SIZE };

/** The text, or a refusal by name when it has characters that are not known to compare one by one. */
function simpleText(sql: string, name: string, spec: string, letters: string): string {
  const refusal = raise(
    "000002",
    "0A000",
    `Unsupported feature '${name} with collation '${spec}' of `,
    sql,
    "'.",
    "VARCHAR",
  );
  return `CASE WHEN regexp_matches(${sql}, '[^${letters}]') THEN ${refusal} ELSE ${sql} END`;
}

/** What a text is to a locale, letter by letter: letters that compare as equal have the same key. */
const letterKeys = (sql: string, locale: string): string =>
  `array_to_string(list_transform(list_filter(string_split(${sql}, ''), lambda c: c <> ''), lambda c: '<' || icu_sort_key(c, ${quote(locale)}) || '>'), '')`;

/** The searched text and the text sought, in the two places where a function has them. */
export interface Places {
  text: number;
  sought: number;
}

/** `WHETHER`: only whether it is there; `WHERE`: its position; `PARTS`: the rest of the text is given back. */
type Answer = "WHETHER" | "WHERE" | "PARTS";

/**
 * A function that looks for one text in another and follows their collation.
 * Source: https://docs.snowflake.com/en/sql-reference/collation#functions-that-support-collation
 */
export function byCollation(entry: FunctionEntry, answer: Answer, { text, sought }: Places): FunctionEntry {
  const bind = (call: Call): Bound => {
    const spec = collationOfAll([call.arg(0).type, call.arg(1).type]).collation;
    if (spec === undefined) return entry.bind(call);
    const collation = readCollation(spec);
    const prepare = preparation(call, collation, spec, answer);
    if (!prepare) return entry.bind(call);
    const args = [...call.args];
    const put = (i: number, sql: string) => {
      args[i] = bound(sql, TEXT, call.arg(i).nullable);
    };
    put(text, prepare(text, sought));
    put(sought, answer === "PARTS" ? call.text(sought) : prepare(sought, sought));
    return entry.bind(call.reordered(call.node.args, args));
  };
  return { ...entry, bind };
}

/** How the text of an argument is made comparable by code points; undefined when it is as it stands. */
function preparation(
  call: Call,
  collation: Collation,
  spec: string,
  answer: Answer,
): ((i: number, sought: number) => string) | undefined {
  const { locale, fold, isCaseSensitive, isAccentSensitive, isPunctuationSensitive } = collation;
  const { name } = call;
  if (!isPunctuationSensitive || (isCaseSensitive && !isAccentSensitive)) {
    throw compilationError("002325", "42846", `Function ${name} does not support collation: ${spec}.`, call.position());
  }
  const unknown = () => unsupportedFeature(`${name} with collation '${spec}'`);
  if (collation.trimsStart || collation.trimsEnd) throw unknown();
  if (locale === "" && fold === "") return undefined;
  if (locale !== "" && (fold !== "" || !LETTER_BY_LETTER.has(icuLocale(collation).split(/[_@]/)[0] as string)))
    throw unknown();
  if (answer === "WHETHER") {
    if (locale === "") return (i) => `${fold}(${call.text(i)})`;
    return (i) => letterKeys(simpleText(call.text(i), name, spec, SIMPLE), icuLocale(collation));
  }
  if (!isAccentSensitive) throw unknown();
  const ignoresCase = fold !== "" || !isCaseSensitive;
  const simple = (i: number) => simpleText(call.text(i), name, spec, CASED);
  if (!ignoresCase) return simple;
  if (answer === "WHERE") return (i) => `lower(${simple(i)})`;
  // Every place where it is found, written as it is sought.
  return (i, sought) =>
    `CASE WHEN ${simple(sought)} = '' THEN ${simple(i)} ELSE regexp_replace(${simple(i)}, regexp_escape(${call.text(sought)}), replace(${call.text(sought)}, '\\', '\\\\'), 'gi') END`;
}
