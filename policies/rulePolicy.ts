import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checkText, type Finding, type Rule, readResource } from "../law/index";
import type { CurrentSettings } from "./lawPolicy";
import { isUnknown, plainInputs } from "./unknownValues";

/** One rule of the law as a policy of the pack, named after its code. `allow` lists resources (name or URN) that it leaves alone. */
export function rulePolicy(rule: Rule, current: CurrentSettings): ResourceValidationPolicy {
  return {
    name: rule.code.toLowerCase(),
    description: rule.title,
    enforcementLevel: rule.severity === "error" ? "mandatory" : "advisory",
    configSchema: { properties: { allow: { type: "array", items: { type: "string" }, default: [] } } },
    validateResource(args, reportViolation) {
      const { allow = [] } = args.getConfig<{ allow?: string[] }>();
      if (allow.includes(args.name) || allow.includes(args.urn)) return;
      const judged = readResource(args.type, plainInputs(args.props), isUnknown);
      for (const { sql, property, namespace, routine } of judged?.texts ?? []) {
        const source = { text: sql, resource: args.name, property, routine };
        const findings = checkText(source, { settings: current.settings, namespace, rules: [rule] });
        for (const finding of findings) reportViolation(violation(finding), args.urn);
      }
    },
  };
}

/** `[TT01] users: execute line 3, column 14: Creates the table …`, the line itself, and what to do instead. */
function violation({ code, message, where, fix }: Finding): string {
  const place = where.property ? `${where.property} line ${where.line}, column ${where.column}: ` : "";
  const excerpt = where.property && where.excerpt ? `\n    ${where.excerpt}` : "";
  return `[${code}] ${where.resource}: ${place}${message}${excerpt}\n    Instead: ${fix}`;
}
