import type { Act, Source } from "./acts/act";
import { collectActs, type Unreadable } from "./acts/collect";
import type { Namespace } from "./acts/names";
import type { Finding, Place, RuleCode } from "./finding";
import { placeIn } from "./place";
import type { Rule } from "./rule";
import { RULES } from "./rules/index";
import { UNREADABLE_FIX } from "./rules/TT11";
import { DEFAULT_SETTINGS, type LawSettings } from "./settings";

export interface CheckOptions {
  settings?: LawSettings;
  /** Rules to judge by; all of them unless said otherwise. */
  rules?: readonly Rule[];
  /** What unqualified names mean at the start of the text; nothing by default, which counts as the governed database. */
  namespace?: Namespace;
}

/** Judges one text. Findings come in the order of their places. */
export function checkText(source: Source, options: CheckOptions = {}): Finding[] {
  const { settings = DEFAULT_SETTINGS, rules = RULES } = options;
  const { acts, unreadable } = collectActs(source, options.namespace);
  const findings = [
    ...(rules.some((rule) => rule.code === "TT11") ? unreadable.map(unreadableFinding) : []),
    ...acts.flatMap((act) => checkAct(act, settings, rules)),
  ];
  return findings.sort(
    (a, b) => (a.where.span?.start ?? 0) - (b.where.span?.start ?? 0) || a.code.localeCompare(b.code),
  );
}

function checkAct(act: Act, settings: LawSettings, rules: readonly Rule[]): Finding[] {
  return rules.flatMap((rule) =>
    (rule.check?.(act, settings) ?? []).map((breach) => ({
      code: rule.code,
      severity: rule.severity,
      message: act.within.length > 0 ? `${breach.message} (in ${act.within.join(", ")})` : breach.message,
      where: placeOf(act.source, act.spanInSource ?? breach.span ?? act.statement.span, breach.secret),
      fix: breach.fix,
    })),
  );
}

function unreadableFinding(unreadable: Unreadable): Finding {
  const code: RuleCode = "TT11";
  return {
    code,
    severity: "error",
    message: `This SQL cannot be read: ${unreadable.message.replace(/^SQL compilation error:\n/, "")}`,
    where: placeOf(unreadable.source, unreadable.span),
    fix: UNREADABLE_FIX,
  };
}

function placeOf(source: Source, span: { start: number; end: number }, secret = false): Place {
  const { excerpt, ...place } = placeIn(source.text, span);
  return {
    file: source.file,
    resource: source.resource,
    property: source.property,
    ...place,
    excerpt: secret ? undefined : excerpt,
  };
}
