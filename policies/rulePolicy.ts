import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checkText, DEFAULT_SETTINGS, type Finding, type LawSettings, type Rule, readResource } from "../law/index";
import { plainInputs, unknownValues } from "./unknownValues";

/** One rule of the law as a policy of the pack: `TT01` is `tt01-no-third-table` and so on. */
export function rulePolicy(rule: Rule, name: string): ResourceValidationPolicy {
  return {
    name,
    description: rule.title,
    enforcementLevel: rule.severity === "error" ? "mandatory" : "advisory",
    configSchema: {
      properties: {
        database: { type: "string", default: DEFAULT_SETTINGS.database },
        allow: { type: "array", items: { type: "string" }, default: [] },
      },
    },
    validateResource(args, reportViolation) {
      const { database = DEFAULT_SETTINGS.database, allow = [] } = args.getConfig<{
        database?: string;
        allow?: string[];
      }>();
      if (allow.includes(args.name) || allow.includes(args.urn)) return;
      const settings: LawSettings = { ...DEFAULT_SETTINGS, database };
      const judged = readResource(args.type, plainInputs(args.props), (value) => unknownValues.has(value));
      for (const { sql, property, namespace, routine } of judged?.texts ?? []) {
        const source = { text: sql, resource: args.name, property, routine };
        for (const finding of checkText(source, { settings, namespace, rules: [rule] }))
          reportViolation(violation(finding), args.urn);
      }
    },
  };
}

/** `Execute "users", execute line 3: Creates the table …` and what to do instead. */
function violation({ code, message, where, fix }: Finding): string {
  const place = where.property ? `${where.property} line ${where.line}, column ${where.column}: ` : "";
  const excerpt = where.property && where.excerpt ? `\n    ${where.excerpt}` : "";
  return `[${code}] ${where.resource}: ${place}${message}${excerpt}\n    Instead: ${fix}`;
}
