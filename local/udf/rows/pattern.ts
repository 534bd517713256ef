import { compilationError, unsupportedFeature } from "../../errors";

/** A row pattern; `max` is undefined without an upper limit. */
export type RowPattern =
  | { kind: "symbol"; name: string }
  | { kind: "start" | "end" }
  | { kind: "sequence" | "alternatives"; parts: RowPattern[] }
  | { kind: "excluded"; part: RowPattern }
  | { kind: "repeat"; part: RowPattern; min: number; max?: number; reluctant: boolean };

interface Token {
  text: string;
  /** Of a symbol: its name, in upper case unless quoted. */
  name?: string;
}

const TOKEN = /\s+|--.*|"((?:[^"]|"")+)"|[A-Za-z_][\w$]*|\d+|\{-|-\}|[(){}|,*+?^$]/y;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw unexpected(text.slice(at, at + 1));
    const [whole, quoted] = match;
    if (quoted !== undefined) found.push({ text: whole, name: quoted.replaceAll('""', '"') });
    else if (/^[A-Za-z_]/.test(whole)) found.push({ text: whole, name: whole.toUpperCase() });
    else if (!/^(\s|--)/.test(whole)) found.push({ text: whole });
  }
  return found;
}

const unexpected = (text: string | undefined) =>
  compilationError("001003", "42000", `syntax error: unexpected '${text ?? ")"}' in the PATTERN of MATCH_RECOGNIZE.`);

/** PERMUTE of more patterns than this has too many orders. */
const MOST_PERMUTED = 6;

/**
 * Reads what stands between the parentheses of PATTERN. Errors: 001003 syntax, 000002 for what is not read here.
 * Source: https://docs.snowflake.com/en/sql-reference/constructs/match_recognize
 */
export function readPattern(text: string): RowPattern {
  const all = tokens(text);
  let at = 0;
  const is = (wanted: string): boolean => all[at]?.text === wanted && all[at]?.name === undefined;
  const accept = (wanted: string): boolean => is(wanted) && ++at > 0;
  const expect = (wanted: string): void => {
    if (!accept(wanted)) throw unexpected(all[at]?.text);
  };

  function alternatives(): RowPattern {
    const parts = [sequence()];
    while (accept("|")) parts.push(sequence());
    // Snowflake's page lets | bind more tightly than a sequence, its examples and the standard do not.
    if (parts.length > 1 && parts.some(({ kind }) => kind === "sequence"))
      throw unsupportedFeature("PATTERN with | beside a sequence of symbols without parentheses");
    return parts.length === 1 ? (parts[0] as RowPattern) : { kind: "alternatives", parts };
  }

  function sequence(): RowPattern {
    const parts: RowPattern[] = [];
    do parts.push(quantified());
    while (at < all.length && ![")", "-}", "|", ","].some(is));
    return parts.length === 1 ? (parts[0] as RowPattern) : { kind: "sequence", parts };
  }

  function quantified(): RowPattern {
    const part = primary();
    const limits = quantifier();
    return limits ? { kind: "repeat", part, ...limits, reluctant: accept("?") } : part;
  }

  function quantifier(): { min: number; max?: number } | undefined {
    if (accept("*")) return { min: 0 };
    if (accept("+")) return { min: 1 };
    if (accept("?")) return { min: 0, max: 1 };
    if (!accept("{")) return undefined;
    const low = count();
    const max = accept(",") ? count() : (low ?? 0);
    if (low === undefined && max === undefined) throw unexpected(all[at]?.text);
    expect("}");
    if (max !== undefined && max < (low ?? 0)) throw unexpected(`{${low},${max}}`);
    return { min: low ?? 0, ...(max === undefined ? {} : { max }) };
  }

  function count(): number | undefined {
    const digits = all[at]?.text ?? "";
    if (!/^\d+$/.test(digits)) return undefined;
    at++;
    return Number(digits);
  }

  function primary(): RowPattern {
    if (accept("^")) return { kind: "start" };
    if (accept("$")) return { kind: "end" };
    if (accept("(")) return closed(")");
    if (accept("{-")) return { kind: "excluded", part: closed("-}") };
    const token = all[at];
    if (token?.name === undefined) throw unexpected(token?.text);
    at++;
    if (token.text.toUpperCase() === "PERMUTE" && accept("(")) return permutation();
    return { kind: "symbol", name: token.name };
  }

  function closed(bracket: string): RowPattern {
    const part = alternatives();
    expect(bracket);
    // What stands in parentheses is one part, whatever it holds.
    return part.kind === "sequence" ? { kind: "repeat", part, min: 1, max: 1, reluctant: false } : part;
  }

  function permutation(): RowPattern {
    const parts = [alternatives()];
    while (accept(",")) parts.push(alternatives());
    expect(")");
    if (parts.length > MOST_PERMUTED) throw unsupportedFeature(`PERMUTE of more than ${MOST_PERMUTED} patterns`);
    return {
      kind: "alternatives",
      parts: orders(parts).map((order): RowPattern => ({ kind: "sequence", parts: order })),
    };
  }

  const pattern = alternatives();
  if (at < all.length) throw unexpected(all[at]?.text);
  return pattern;
}

/** All orders of the items; those that keep the first ones in front come first. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => orders(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}

/** The symbols of a pattern, each once. */
export function symbolsOf(pattern: RowPattern): Set<string> {
  if (pattern.kind === "symbol") return new Set([pattern.name]);
  const parts = "parts" in pattern ? pattern.parts : "part" in pattern ? [pattern.part] : [];
  return new Set(parts.flatMap((part) => [...symbolsOf(part)]));
}

export const hasExclusion = (pattern: RowPattern): boolean =>
  pattern.kind === "excluded" ||
  ("parts" in pattern ? pattern.parts.some(hasExclusion) : "part" in pattern && hasExclusion(pattern.part));
