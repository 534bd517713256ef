import type { Act, Source } from "./acts/act";
import { type Collected, collectActs, type Unreadable } from "./acts/collect";
import type { Namespace } from "./acts/names";
import { type Exception, exceptionsAbove, flawedBeside, flawOf, type WrittenException, writtenIn } from "./exceptions";
import type { Finding, Place, Remark, RuleCode } from "./finding";
import { withFoldedNames } from "./foldedNames";
import { handedOver } from "./handedOver";
import { placeIn } from "./place";
import type { Breach, Rule } from "./rule";
import { RULES } from "./rules/index";
import { TT06 } from "./rules/TT06";
import { unreadableFix } from "./rules/TT11";
import { DEFAULT_SETTINGS, type LawSettings } from "./settings";
import { isGoverned } from "./target";

export interface CheckOptions {
  settings?: LawSettings;
  /** Rules to judge by; all of them unless said otherwise. */
  rules?: readonly Rule[];
  /** What unqualified names mean at the start of the text; nothing by default, which counts as the governed database. */
  namespace?: Namespace;
  /** The texts are all that there is, as in an account or a stack: one of the two tables that is missing is a breach. */
  whole?: boolean;
}

/** What the law says of one or several texts. */
export interface Judgement {
  findings: Finding[];
  /** Documented exceptions, used or not. */
  exceptions: Exception[];
  /** What the rules could not tell from the text. */
  remarks: Remark[];
}

/** The findings of one text, in the order of their places. */
export const checkText = (source: Source, options: CheckOptions = {}): Finding[] => judge([source], options).findings;

/**
 * Judges texts that are deployed together: each by itself, and all of them for what only shows together, such as a table
 * that is declared twice.
 */
export function judge(given: readonly Source[], options: CheckOptions = {}): Judgement {
  const sources = withFoldedNames(given, options.namespace);
  const { settings = DEFAULT_SETTINGS, rules = RULES, whole = false } = options;
  const judgement: Judgement = { findings: [], exceptions: [], remarks: [] };
  const kept: Act[] = [];
  const used = new Set<WrittenException>();
  for (const source of sources) {
    const { acts, unreadable } = readIn(source, options);
    const { findings, remarks } = judgeOne(source, acts, unreadable, settings, rules, used);
    judgement.findings.push(...findings);
    judgement.remarks.push(...remarks);
    kept.push(...acts.filter(seenTogether));
  }
  judgement.findings.push(...together(kept, rules, settings, whole, used));
  judgement.exceptions = sources.flatMap((source) => exceptionsOf(source, used));
  return judgement;
}

/**
 * What only shows over all texts of a deployment, for whoever has judged each by itself: a table declared twice or missing,
 * a view below the events table that would force a full refresh, names that a parameter of the account makes others.
 */
export function judgeTogether(given: readonly Source[], options: CheckOptions = {}): Finding[] {
  const { settings = DEFAULT_SETTINGS, rules = RULES, whole = false } = options;
  const acts = withFoldedNames(given, options.namespace).flatMap((source) => readIn(source, options).acts);
  return [...together(acts.filter(seenTogether), rules, settings, whole), ...byFoldedNames(given, options)];
}

/** What breaks a rule in a text by itself only because another text has its quoted names read in upper case. */
function byFoldedNames(sources: readonly Source[], options: CheckOptions): Finding[] {
  const folded = withFoldedNames(sources, options.namespace);
  if (folded === sources) return [];
  const alone = (source: Source): Finding[] => checkText(source, { ...options, whole: false });
  return folded.flatMap((source, index) => {
    const before = alone(sources[index] as Source).map(({ code, message }) => code + message);
    return alone(source).filter(({ code, message }) => !before.includes(code + message));
  });
}

/**
 * What a text does. A body in another language is a breach as a whole in the governed database (TT06); its texts count
 * elsewhere, as do those that are handed to procedures of other databases.
 */
function readIn(source: Source, { settings = DEFAULT_SETTINGS, namespace }: CheckOptions): Collected {
  const { acts, unreadable } = collectActs(source, source.namespace ?? namespace);
  return {
    acts: acts.filter(
      ({ foreign, routine, handedTo }) =>
        !(foreign && routine && isGoverned(routine, settings)) && !(handedTo && isGoverned(handedTo, settings)),
    ),
    unreadable,
  };
}

const together = (
  acts: Act[],
  rules: readonly Rule[],
  settings: LawSettings,
  whole: boolean,
  used = new Set<WrittenException>(),
): Finding[] =>
  rules.flatMap((rule) =>
    (rule.checkAll?.(acts, settings, whole) ?? []).flatMap((breach) =>
      breach.act ? judged(rule, breach, breach.act, used) : [findingOf(rule, breach, undefined)],
    ),
  );

/** The finding, unless a documented exception stands above the act. */
function judged(rule: Rule, breach: Breach, act: Act, used: Set<WrittenException>): Finding[] {
  const written = writtenIn(act.source);
  const above = exceptionsAbove(act, written).find((one) => one.code === rule.code && flawOf(one) === undefined);
  if (above === undefined) return [findingOf(rule, withFlaw(breach, rule, act, written), act)];
  used.add(above);
  return [];
}

const exceptionsOf = (source: Source, used: ReadonlySet<WrittenException>): Exception[] =>
  writtenIn(source)
    .filter((exception) => flawOf(exception) === undefined)
    .map((exception) => ({
      code: exception.code as RuleCode,
      reason: exception.reason,
      where: placeOf(source, exception.span),
      used: used.has(exception),
    }));

const seenTogether = ({ statement, handedTo }: Act): boolean =>
  handedTo === undefined && SEEN_TOGETHER.has(statement.kind);

/** What says something only beside others; the trees of all else are let go, of which a thousand files have many. */
const SEEN_TOGETHER: ReadonlySet<string> = new Set([
  "CreateDatabase",
  "CreateSchema",
  "CreateTable",
  "CreateDynamicTable",
  "CreateView",
  "Alter",
  "Drop",
]);

function judgeOne(
  source: Source,
  acts: Act[],
  unreadable: Unreadable[],
  settings: LawSettings,
  asked: readonly Rule[],
  used: Set<WrittenException>,
): Pick<Judgement, "findings" | "remarks"> {
  const rules = source.only ? asked.filter(({ code }) => source.only?.includes(code)) : asked;
  const judges = (code: RuleCode): boolean => rules.some((rule) => rule.code === code);
  const findings = judges("TT11") ? unreadable.map(unreadableFinding) : [];
  if (source.unread && judges("TT06"))
    findings.push({
      code: "TT06",
      severity: "error",
      ...source.unread,
      where: { file: source.file, resource: source.resource },
    });
  for (const act of acts) {
    if (act.handedTo) continue;
    for (const rule of rules) {
      // Whether all of a body in another language is known is asked of the whole; what it makes is not.
      if (act.foreign && rule.code === "TT06" && !/^(Create|Alter$)/.test(act.statement.kind)) continue;
      for (const breach of rule.check?.(act, settings) ?? []) findings.push(...judged(rule, breach, act, used));
    }
  }
  if (judges("TT06"))
    for (const { act, breach } of handedOver(acts, RULES, settings)) findings.push(...judged(TT06, breach, act, used));
  const noting = rules.filter(({ notes }) => notes !== undefined);
  const remarks: Remark[] = [];
  for (const act of acts) {
    if (act.handedTo) continue;
    for (const { code, notes } of noting)
      for (const { message, span } of notes?.(act, settings) ?? [])
        remarks.push({ code, message, where: placeOf(source, act.spanInSource ?? span) });
  }
  return { findings: findings.sort(byPlace), remarks };
}

/** An exception that was meant for this breach and does not count is told of with it. */
function withFlaw(breach: Breach, rule: Rule, act: Act, written: readonly WrittenException[]): Breach {
  const meant = flawedBeside(act, written).find(({ code }) => code === rule.code);
  const flaw = meant && flawOf(meant);
  const at = meant && meant.span.start > (act.spanInSource ?? act.statement.span).start ? "beside" : "above";
  return flaw ? { ...breach, message: `${breach.message} The exception ${at} it does not count: ${flaw}.` } : breach;
}

function findingOf(rule: Rule, breach: Breach, act: Act | undefined): Finding {
  const within = act?.within ?? [];
  return {
    code: rule.code,
    severity: rule.severity,
    message: within.length > 0 ? `${breach.message} (in ${within.join(", ")})` : breach.message,
    where: act ? placeOf(act.source, act.spanInSource ?? breach.span ?? act.statement.span, breach.secret) : {},
    fix: breach.fix,
  };
}

function unreadableFinding(unreadable: Unreadable): Finding {
  return {
    code: "TT11",
    severity: "error",
    message: `This SQL cannot be read: ${unreadable.message.replace(/^SQL compilation error:\n/, "")}`,
    where: placeOf(unreadable.source, unreadable.span),
    fix: unreadableFix(unreadable.source.text, unreadable.span.start),
  };
}

function placeOf(source: Source, span: { start: number; end: number }, secret = false): Place {
  const { file, resource, property } = source;
  const { text, offsetOf } = source.original ?? { text: source.text, offsetOf: (offset: number) => offset };
  const start = offsetOf(span.start);
  if (start === undefined) return { file, resource };
  const { excerpt, ...place } = placeIn(text, { start, end: offsetOf(span.end) ?? text.length });
  return { file, resource, property, ...place, excerpt: secret || source.secret ? undefined : excerpt };
}

const byPlace = (a: Finding, b: Finding): number =>
  (a.where.span?.start ?? 0) - (b.where.span?.start ?? 0) || a.code.localeCompare(b.code);
