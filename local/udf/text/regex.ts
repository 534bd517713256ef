import { BIGINT, BOOLEAN, DuckDBListValue, LIST, VARCHAR } from "@duckdb/node-api";
import { RE2JS } from "re2js";
import { SnowflakeError, unsupportedFeature } from "../../errors";
import type { EngineFunction } from "../scalarFunction";

/** Compiled patterns by their flags and text; a pattern is nearly always the same for all rows. */
const compiled = new Map<string, RE2JS>();
const MOST_KEPT = 500;

/** @param parameters letters of c, i, m, s, e; the last of c and i wins. Source: …/functions-regexp */
function compile(pattern: string, parameters: string): RE2JS {
  const key = `${parameters}\u0000${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  let flags = 0;
  for (const letter of parameters) {
    if (letter === "i") flags |= RE2JS.CASE_INSENSITIVE;
    else if (letter === "c") flags &= ~RE2JS.CASE_INSENSITIVE;
    else if (letter === "m") flags |= RE2JS.MULTILINE;
    else if (letter === "s") flags |= RE2JS.DOTALL;
    else if (letter !== "e") throw new SnowflakeError("100050", "22023", `Invalid regexp parameters: ${parameters}`);
  }
  checkGroups(pattern);
  let made: RE2JS;
  try {
    made = RE2JS.compile(pattern, flags);
  } catch (error) {
    throw invalidPattern(pattern, error as Error);
  }
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(key, made);
  return made;
}

/** Whether a text is a regular expression, and one whose quantifiers are all greedy. */
export function isPattern(text: string): boolean {
  try {
    compile(text, "");
    checkGreedy(text);
    return true;
  } catch {
    return false;
  }
}

const invalid = (pattern: string, reason: string): SnowflakeError =>
  new SnowflakeError("100048", "2201B", `Invalid regular expression: '${pattern}', ${reason}`);

/** Escapes, brackets, the beginning of Perl's groups, quantifiers that are not greedy. */
const TOKENS = /\\[\s\S]|\[\^?\]?(?:\[:\w+:\]|\\[\s\S]|[^\]\\])*\]|\(\?|(?:[*+?]|\{\d+(?:,\d*)?\})\?/g;

const tokensOf = (pattern: string): string[] => [...pattern.matchAll(TOKENS)].map(([token]) => token);

/** Patterns are POSIX ERE with Perl's classes; what else Perl has behind `(?` is an error. Source: …/functions-regexp#general-usage-notes */
function checkGroups(pattern: string): void {
  if (pattern.includes("(?") && tokensOf(pattern).includes("(?"))
    throw invalid(pattern, "no argument for repetition operator: ?");
}

/** Where it matters how much a quantifier takes, only greedy ones are supported. Source: as above */
function checkGreedy(pattern: string): void {
  if (/[*+?}]\?/.test(pattern) && tokensOf(pattern).some((token) => /^[*+?{]/.test(token)))
    throw unsupportedFeature("non-greedy quantifier in a regular expression");
}

/** RE2's words for what its translation to JavaScript says in Go's. */
const REASONS: [RegExp, string][] = [
  [/^missing closing \): `([\s\S]*)`$/, "missing ): $1"],
  [/^missing closing \]: `([\s\S]*)`$/, "missing ]: $1"],
  [/^missing argument to repetition operator: `([\s\S]*)`$/, "no argument for repetition operator: $1"],
  [/^invalid nested repetition operator: `([\s\S]*)`$/, "bad repetition operator: $1"],
  [/^invalid repeat count: `([\s\S]*)`$/, "invalid repetition size: $1"],
  [/^trailing backslash at end of expression.*$/, "trailing \\"],
  [/`([\s\S]*)`$/, "$1"],
];

function invalidPattern(pattern: string, error: Error): SnowflakeError {
  const said = error.message.replace(/^error parsing regexp: /, "");
  const [found, words] = REASONS.find(([reason]) => reason.test(said)) ?? [];
  return invalid(pattern, found && words !== undefined ? said.replace(found, words) : said);
}

/** The pattern itself. Error: it is none. */
export function checkedPattern(pattern: string): string {
  compile(pattern, "");
  return pattern;
}

/** Positions count UTF-16 units of the part that was searched. */
interface Match {
  start: number;
  end: number;
  groups: (string | null)[];
  startOf(group: number): number;
}

/** The text from `position` on, which counts characters from 1. */
function tail(text: string, position: bigint): { before: string; rest: string } {
  if (position < 1n)
    throw new SnowflakeError("100052", "22023", `Invalid position: ${position}; expected a positive integer`);
  const units = unitsOf(text, Number(position) - 1);
  return { before: text.slice(0, units), rest: text.slice(units) };
}

/** UTF-16 units of the first `characters` characters. */
function unitsOf(text: string, characters: number): number {
  let units = 0;
  for (let i = 0; i < characters && units < text.length; i++)
    units += (text.codePointAt(units) as number) > 0xffff ? 2 : 1;
  return units;
}

const lengthOf = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

function* matches(text: string, pattern: string, parameters: string): Generator<Match> {
  // An empty pattern matches nothing, not even an empty text.
  if (pattern === "") return;
  checkGreedy(pattern);
  const matcher = compile(pattern, parameters).matcher(text);
  while (matcher.find()) {
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? null);
    yield { start: matcher.start(), end: matcher.end(), groups, startOf: (group) => matcher.start(group) };
  }
}

/** What is found from the `occurrence`-th on, counted from 1. */
function* from(found: Iterable<Match>, occurrence: bigint): Generator<Match, undefined> {
  if (occurrence < 1n)
    throw new SnowflakeError("100053", "22023", `Invalid occurrence: ${occurrence}; expected a positive integer`);
  let at = 0n;
  for (const match of found) if (++at >= occurrence) yield match;
}

/** Which group is asked for: `e` means the first unless a number says otherwise; a pattern without groups is taken whole. */
function groupOf(match: Match, parameters: string, group: bigint): number {
  const wanted = group >= 0n ? Number(group) : parameters.includes("e") ? 1 : 0;
  if (match.groups.length === 1) return 0;
  if (wanted >= match.groups.length)
    throw new SnowflakeError(
      "100054",
      "22023",
      `Invalid group number: ${wanted}; the pattern has ${match.groups.length - 1}`,
    );
  return wanted;
}

/** Text that stands for a match: `\1` is a group, `\\` a backslash. */
const expanded = (replacement: string, match: Match): string =>
  replacement.replace(/\\([0-9\\])/g, (_, c: string) => (c === "\\" ? "\\" : (match.groups[Number(c)] ?? "")));

function replace(
  text: string,
  pattern: string,
  replacement: string,
  position: bigint,
  occurrence: bigint,
  parameters: string,
): string {
  const { before, rest } = tail(text, position);
  let result = before;
  let done = 0;
  let count = 0n;
  for (const match of matches(rest, pattern, parameters)) {
    count++;
    if (occurrence !== 0n && count !== occurrence) continue;
    result += rest.slice(done, match.start) + expanded(replacement, match);
    done = match.end;
    if (count === occurrence) break;
  }
  return result + rest.slice(done);
}

const PART_PARAMETERS = [VARCHAR, VARCHAR, BIGINT, BIGINT, VARCHAR, BIGINT];
type PartArguments = [
  text: string,
  pattern: string,
  position: bigint,
  occurrence: bigint,
  parameters: string,
  group: bigint,
];

/** The matches from an occurrence on, or one group of each. */
function* parts(
  ...[text, pattern, position, occurrence, parameters, group]: PartArguments
): Generator<string | null, undefined> {
  for (const match of from(matches(tail(text, position).rest, pattern, parameters), occurrence))
    yield match.groups[groupOf(match, parameters, group)] ?? null;
}

/** Regular expressions with positions, occurrences and groups, which the engine's own functions do not have. */
export const regexFunctions: EngineFunction[] = [
  { name: "sf_checked_pattern", parameters: [VARCHAR], returns: VARCHAR, compute: checkedPattern },
  {
    name: "sf_regexp_like",
    parameters: [VARCHAR, VARCHAR, VARCHAR],
    returns: BOOLEAN,
    compute: (text: string, pattern: string, parameters: string) =>
      pattern === "" ? text === "" : compile(pattern, parameters).matches(text),
  },
  {
    name: "sf_regexp_replace",
    parameters: [VARCHAR, VARCHAR, VARCHAR, BIGINT, BIGINT, VARCHAR],
    returns: VARCHAR,
    compute: replace,
  },
  {
    name: "sf_regexp_substr",
    parameters: PART_PARAMETERS,
    returns: VARCHAR,
    compute: (...args: PartArguments) => parts(...args).next().value ?? null,
  },
  {
    name: "sf_regexp_substr_all",
    parameters: PART_PARAMETERS,
    returns: LIST(VARCHAR),
    compute: (...args: PartArguments) => new DuckDBListValue([...parts(...args)]),
  },
  {
    name: "sf_regexp_count",
    parameters: [VARCHAR, VARCHAR, BIGINT, VARCHAR],
    returns: BIGINT,
    compute: (text: string, pattern: string, position: bigint, parameters: string) =>
      BigInt([...matches(tail(text, position).rest, pattern, parameters)].length),
  },
  {
    name: "sf_regexp_instr",
    parameters: [VARCHAR, VARCHAR, BIGINT, BIGINT, BIGINT, VARCHAR, BIGINT],
    returns: BIGINT,
    compute: (
      text: string,
      pattern: string,
      position: bigint,
      occurrence: bigint,
      option: bigint,
      parameters: string,
      group: bigint,
    ) => {
      const { before, rest } = tail(text, position);
      const match = from(matches(rest, pattern, parameters), occurrence).next().value;
      if (!match) return 0n;
      const wanted = groupOf(match, parameters, group);
      const start = match.startOf(wanted);
      const part = match.groups[wanted] ?? "";
      const units = option === 0n ? start : start + part.length;
      return BigInt(lengthOf(before + rest.slice(0, units)) + 1);
    },
  },
];
