import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { Finding, Rule, RuleCode } from "../law/index";
import type { Judgements } from "./judgements";

/**
 * One rule of the law as a policy of the pack, named after its code: over each resource, and over the stack where the rule
 * looks at several. `allow` lists resources (name or URN) that it leaves alone.
 */
export function rulePolicy(rule: Rule, judgements: Judgements): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: rule.code.toLowerCase(),
    description: rule.title,
    enforcementLevel: rule.severity === "error" ? "mandatory" : "advisory",
    configSchema: {
      properties: {
        allow: {
          type: "array",
          items: { type: "string" },
          default: [],
          description: "Names or URNs of resources that the rule leaves alone.",
        },
      },
    },
    validateResource(args, reportViolation) {
      if (judgements.leavesAlone(rule.code, allowedBy(args, rule.code), args)) return;
      for (const finding of judgements.of(args).findings) {
        if (finding.code === rule.code) reportViolation(violation(finding), args.urn);
      }
    },
    validateStack(args, reportViolation) {
      const allow = allowedBy(args, rule.code);
      for (const finding of judgements.ofStack(args.resources)) {
        const { code, urn, name } = finding;
        const left = [urn, name].some((one) => one !== undefined && allow.includes(one));
        if (code === rule.code && !left) reportViolation(violation(finding), urn);
      }
    },
  };
}

/**
 * What the configuration of a rule leaves alone.
 * @throws Error when it holds anything else: a misspelt `allow` would allow nothing, and nobody would know why
 */
function allowedBy(args: { getConfig<T extends object>(): T }, code: RuleCode): readonly string[] {
  const { allow = [], ...others } = args.getConfig<{ allow?: string[] }>();
  const [odd] = Object.keys(others);
  if (odd !== undefined)
    throw new Error(`two-table-law: ${odd} is no setting of ${code.toLowerCase()}; there is allow.`);
  return allow;
}

/** For one over the whole stack the name is left out. `[TT01] users: execute line 3, column 14: Creates the table …`, the line itself, and what to do instead. */
export function violation({ code, message, where, fix }: Finding): string {
  const place = where.property ? `${where.property} line ${where.line}, column ${where.column}: ` : "";
  const excerpt = where.property && where.excerpt ? `\n    ${where.excerpt}` : "";
  const name = where.resource === undefined ? "" : `${where.resource}: `;
  return `[${code}] ${name}${place}${message}${excerpt}\n    Instead: ${fix}`;
}
