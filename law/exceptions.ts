import type { Act, Source } from "./acts/act";
import type { Place, RuleCode } from "./finding";

/**
 * `-- law:allow TT06 because …` above a statement, or what a configuration leaves alone: a breach that its authors stand by.
 * Every report lists it.
 */
export interface Exception {
  code: RuleCode;
  reason: string;
  where: Place;
  /** False when nothing that it stands for breaks the rule: then it should go. */
  used: boolean;
  /** Set when it does not stand in the text: the configuration leaves the resource alone. */
  by?: "configuration";
}

/** An exception as it is written, with its place in the text. */
export interface WrittenException {
  code: string;
  reason: string;
  span: { start: number; end: number };
  /** Why it is none as it is written, when that shows before it is read. */
  flaw?: string;
}

/** The rules that know no exception: a third table, a missing table, and SQL that nobody can read. */
const WITHOUT_EXCEPTION: readonly string[] = ["TT01", "TT02", "TT11"];

const MIN_REASON_WORDS = 3;

const WRITTEN = /^[^\S\n]*--[^\S\n]*law:allow\b[^\S\n]*(\w*)[^\S\n]*(?:because\b[^\S\n]*(.*?))?[^\S\n]*$/gim;

const known = new WeakMap<Source, WrittenException[]>();

/** Every exception that stands in a text: each time the same ones, so that they can be counted as used. */
export function writtenIn(source: Source): readonly WrittenException[] {
  const written = known.get(source) ?? writtenExceptions(source.text);
  known.set(source, written);
  return written;
}

function writtenExceptions(text: string): WrittenException[] {
  if (!/law:allow/i.test(text)) return [];
  const written: WrittenException[] = [...text.matchAll(WRITTEN)].map((match) => ({
    code: (match[1] ?? "").toUpperCase(),
    reason: match[2] ?? "",
    span: { start: match.index + match[0].search(/\S/), end: match.index + match[0].length },
  }));
  const known = new Set(written.map(({ span }) => span.start));
  return [...written, ...[...text.matchAll(MEANT)].filter(({ index }) => !known.has(index)).flatMap(miswritten)];
}

/** What somebody meant for an exception, in whatever comment. */
const MEANT = /(?:--|\/\/)[^\S\n]*law:allow\b[^\n]*|\/\*\s*law:allow\b[\s\S]*?\*\//gi;

function miswritten({ 0: comment, index, input }: RegExpMatchArray): WrittenException[] {
  const start = index ?? 0;
  const line = input?.slice(input.lastIndexOf("\n", start - 1) + 1, start) ?? "";
  const flaw = comment.startsWith("--")
    ? line.trim() === ""
      ? "it is not written as law:allow TTnn because …, for one rule"
      : "it stands behind other code; write it on a line of its own, directly above"
    : `it stands behind ${comment.slice(0, 2)}; write it behind --`;
  const codes = comment.toUpperCase().match(/\bTT\d\d\b/g) ?? [];
  return codes.map((code) => ({ code, reason: "", span: { start, end: start + comment.length }, flaw }));
}

/** Why an exception does not count; undefined when it does. */
export function flawOf({ code, reason, flaw }: WrittenException): string | undefined {
  if (flaw !== undefined) return flaw;
  if (!/^TT\d\d$/.test(code)) return "it names no rule; write law:allow TTnn because …";
  if (WITHOUT_EXCEPTION.includes(code)) return `${code} knows no exception`;
  if (reason.split(/\s+/).filter(Boolean).length < MIN_REASON_WORDS)
    return `it gives no reason of at least three words; write law:allow ${code} because …`;
  return undefined;
}

/** Those that were meant for a statement and do not count: above it, in it, or behind it on its last line. */
export function flawedBeside(act: Act, written: readonly WrittenException[]): readonly WrittenException[] {
  const { start, end } = act.spanInSource ?? act.statement.span;
  const lineEnd = act.source.text.indexOf("\n", end);
  const inside = ({ span }: WrittenException) => start <= span.start && (lineEnd === -1 || span.start < lineEnd);
  return [...exceptionsAbove(act, written), ...written.filter((one) => one.flaw !== undefined && inside(one))];
}

/** The exceptions directly above a statement: only white space and other comment lines may stand between. */
export function exceptionsAbove(act: Act, written: readonly WrittenException[]): WrittenException[] {
  const start = act.spanInSource?.start ?? act.statement.span.start;
  return written.filter(
    ({ span }) => span.end <= start && /^\s*(?:--[^\n]*\n\s*)*$/.test(act.source.text.slice(span.end, start)),
  );
}
