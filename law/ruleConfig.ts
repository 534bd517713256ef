import type { Judgement } from "./check";
import type { Exception } from "./exceptions";
import type { Finding, RuleCode } from "./finding";
import type { Rule } from "./rule";
import { RULES } from "./rules/index";

/** How findings of a rule are taken: `advisory` ones are warnings, a `disabled` rule does not look. */
type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";

/** What a configuration says of one rule. */
interface RuleConfig {
  /** Default `mandatory`. */
  enforcementLevel?: EnforcementLevel;
  /** Names or URNs of resources that the rule leaves alone. */
  allow?: readonly string[];
}

export type RuleConfigs = Readonly<Partial<Record<RuleCode, RuleConfig>>>;

export const isDisabled = (configs: RuleConfigs, code: RuleCode): boolean =>
  configs[code]?.enforcementLevel === "disabled";

/** The rules that are to look. */
export const enabledRules = (configs: RuleConfigs): readonly Rule[] =>
  RULES.filter(({ code }) => !isDisabled(configs, code));

/** A breach that the configuration passes over: an exception like one that stands in the text, and listed with them. */
const leftAlone = ({ code, message, where }: Finding): Exception => ({
  code,
  reason: `the configuration leaves it alone: ${message}`,
  where,
  used: true,
  by: "configuration",
});

/** An entry of `allow` that passes over nothing. */
const neededByNobody = (code: RuleCode, resource: string): Exception => ({
  code,
  reason: `the configuration leaves ${resource} alone`,
  where: { resource },
  used: false,
  by: "configuration",
});

/**
 * A judgement as it is configured: what is left alone is an exception and no finding, what is advisory a warning. `urnsOf`
 * gives the URNs of the resources of a name, by which `allow` may list them as well; without it no stack is judged, whose
 * resources an entry could be for, and so none is unused.
 */
export function asConfigured(
  judgement: Judgement,
  rules: RuleConfigs,
  urnsOf?: (resource: string) => readonly string[],
): Judgement {
  const used = new Set<string>();
  const exceptions: Exception[] = [];
  const findings = judgement.findings.flatMap((finding): Finding[] => {
    const { enforcementLevel, allow = [] } = rules[finding.code] ?? {};
    const { resource } = finding.where;
    const names = resource === undefined ? [] : [resource, ...(urnsOf?.(resource) ?? [])];
    const entries = allow.filter((entry) => names.includes(entry));
    if (entries.length === 0) return [enforcementLevel === "advisory" ? { ...finding, severity: "warning" } : finding];
    for (const entry of entries) used.add(keyOf(finding.code, entry));
    exceptions.push(leftAlone(finding));
    return [];
  });
  const configs = urnsOf === undefined ? [] : (Object.entries(rules) as [RuleCode, RuleConfig][]);
  const unused = configs.flatMap(([code, { allow = [] }]) =>
    allow.filter((entry) => !used.has(keyOf(code, entry))).map((entry) => neededByNobody(code, entry)),
  );
  return { ...judgement, findings, exceptions: [...judgement.exceptions, ...exceptions, ...unused] };
}

const keyOf = (code: RuleCode, entry: string): string => `${code} ${entry}`;
