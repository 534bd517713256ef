import type { Act, Source } from "./acts/act";
import type { Place, RuleCode } from "./finding";

/** `-- law:allow TT06 because …` above a statement, or what a configuration leaves alone: a breach that its authors stand by. Every report lists it. */
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
  return [...text.matchAll(WRITTEN)].map((match) => ({
    code: (match[1] ?? "").toUpperCase(),
    reason: match[2] ?? "",
    span: { start: match.index + match[0].search(/\S/), end: match.index + match[0].length },
  }));
}

/** Why an exception does not count; undefined when it does. */
export function flawOf({ code, reason }: WrittenException): string | undefined {
  if (!/^TT\d\d$/.test(code)) return "it names no rule; write law:allow TTnn because …";
  if (WITHOUT_EXCEPTION.includes(code)) return `${code} knows no exception`;
  if (reason.split(/\s+/).filter(Boolean).length < MIN_REASON_WORDS)
    return `it gives no reason of at least three words; write law:allow ${code} because …`;
  return undefined;
}

/** The exceptions directly above a statement: only white space and other comment lines may stand between. */
export function exceptionsAbove(act: Act, written: readonly WrittenException[]): WrittenException[] {
  const start = act.spanInSource?.start ?? act.statement.span.start;
  return written.filter(
    ({ span }) => span.end <= start && /^\s*(?:--[^\n]*\n\s*)*$/.test(act.source.text.slice(span.end, start)),
  );
}
