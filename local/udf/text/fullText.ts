import { BOOLEAN, type DuckDBListValue, LIST, VARCHAR } from "@duckdb/node-api";
import type { EngineFunction } from "../scalarFunction";
import { addressesIn, addressRange } from "./addresses";

export const ANALYZERS = ["DEFAULT_ANALYZER", "UNICODE_ANALYZER", "NO_OP_ANALYZER"] as const;
export const SEARCH_MODES = ["OR", "AND", "PHRASE", "EXACT"] as const;
type Analyzer = (typeof ANALYZERS)[number];
type SearchMode = (typeof SEARCH_MODES)[number];

/** What parts words for the default analyzer. */
const DELIMITERS = " []<>(){}|!,'\"*&?+/:;=@.-$%\\_\n\r\t";
const isDelimiter = (character: string | undefined): boolean =>
  character === undefined || DELIMITERS.includes(character);
const BETWEEN = new RegExp(`[${DELIMITERS.replace(/[\]\\^-]/g, "\\$&")}]+`);

const words = new Intl.Segmenter("und", { granularity: "word" });

/** Words in small letters; the whole text as it is for the analyzer that does nothing. */
function tokens(text: string, analyzer: Analyzer): string[] {
  if (analyzer === "NO_OP_ANALYZER") return [text];
  const lower = text.toLowerCase();
  if (analyzer === "DEFAULT_ANALYZER") return lower.split(BETWEEN).filter((token) => token !== "");
  return [...words.segment(lower)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

const stands = (sought: readonly string[], found: readonly string[]): boolean =>
  sought.length > 0 && found.some((_, at) => sought.every((token, i) => found[at + i] === token));

/** With the same delimiters between the words, and one at both ends unless the text that is sought brings it. */
function isPart(text: string, sought: string): boolean {
  const [hay, needle] = [text.toLowerCase(), sought.toLowerCase()];
  if (needle === "") return false;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    const opens = at === 0 || isDelimiter(needle[0]) || isDelimiter(hay[at - 1]);
    const closes = end === hay.length || isDelimiter(needle.at(-1)) || isDelimiter(hay[end]);
    if (opens && closes) return true;
  }
  return false;
}

/** Whether one of the texts matches; null when all of them are. Source: …/functions/search */
function search(
  texts: readonly (string | null)[],
  sought: string,
  analyzer: Analyzer,
  mode: SearchMode,
): boolean | null {
  const present = texts.filter((text) => text !== null);
  if (present.length === 0) return null;
  const wanted = tokens(sought, analyzer);
  if (mode === "EXACT" && analyzer === "DEFAULT_ANALYZER") return present.some((text) => isPart(text, sought));
  return present.some((text) => {
    const found = tokens(text, analyzer);
    if (mode === "PHRASE") return stands(wanted, found);
    const has = (token: string) => found.includes(token);
    return mode === "AND" ? wanted.length > 0 && wanted.every(has) : wanted.some(has);
  });
}

/** Whether an address of the range stands in one of the texts; null when all of them are. Source: …/functions/search_ip */
function searchAddress(texts: readonly (string | null)[], sought: string): boolean | null {
  const present = texts.filter((text) => text !== null);
  const wanted = addressRange(sought);
  if (present.length === 0 || !wanted) return null;
  return present.some((text) =>
    addressesIn(text).some(({ width, low }) => width === wanted.width && low >= wanted.low && low <= wanted.high),
  );
}

export const fullTextFunctions: EngineFunction[] = [
  {
    name: "sf_search_ip",
    parameters: [LIST(VARCHAR), VARCHAR],
    returns: BOOLEAN,
    compute: (texts: DuckDBListValue, sought: string) => searchAddress(texts.items as (string | null)[], sought),
  },
  {
    name: "sf_search",
    parameters: [LIST(VARCHAR), VARCHAR, VARCHAR, VARCHAR],
    returns: BOOLEAN,
    compute: (texts: DuckDBListValue, sought: string, analyzer: Analyzer, mode: SearchMode) =>
      search(texts.items as (string | null)[], sought, analyzer, mode),
  },
];
