import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { type LawConfig, lawSettings, type Place, RULES } from "../law/index";
import type { Judgements } from "./judgements";
import { LAW_CONFIG_SCHEMA } from "./settings";

const SEEN_TOGETHER: ReadonlySet<string> = new Set(RULES.filter(({ checkAll }) => checkAll).map(({ code }) => code));

/**
 * The first policy of the pack. It holds the settings that all rules share, so that the governed database is said once, and
 * tells of what is not judged: what only the update will know (the rules read it then, before it runs), what the text cannot
 * tell, every documented exception, and what the configuration leaves alone.
 */
export function lawPolicy(judgements: Judgements): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: "law",
    description: "Which database the law governs; and what it cannot read before the update.",
    enforcementLevel: "advisory",
    configSchema: LAW_CONFIG_SCHEMA,
    validateResource(args, reportViolation) {
      judgements.settings = lawSettings(args.getConfig<LawConfig>());
      const { unknown, unseen, remarks, exceptions } = judgements.of(args);
      const tell = (sentence: string) => reportViolation(`${args.name}: ${sentence}`, args.urn);
      if (unknown.length > 0) {
        const [are, them] = unknown.length === 1 ? ["is", "it"] : ["are", "them"];
        const properties = unknown.map((property) => `\`${property}\``).join(", ");
        tell(`${properties} ${are} not known yet; the law reads ${them} at the update, before anything runs.`);
      }
      for (const sentence of unseen) tell(sentence);
      for (const { code, message, where } of remarks) tell(`[${code}] ${placeOf(where)}${message}`);
      for (const { code, reason, used, where } of exceptions) {
        // One that only matters beside other resources is not unused because this one alone needs none.
        if (!used && SEEN_TOGETHER.has(code)) continue;
        const verdict = used
          ? `allowed because ${reason}`
          : `exception unused: nothing below it breaks the rule (${reason})`;
        tell(`[${code}] ${placeOf(where)}${verdict}`);
      }
    },
    validateStack({ resources }, reportViolation) {
      for (const { code, reason, used, where } of judgements.leftAlone(resources)) {
        const verdict = used
          ? `allowed because ${reason}`
          : `exception unused: nothing there breaks the rule (${reason})`;
        reportViolation(`${where.resource ?? "the stack"}: [${code}] ${verdict}`);
      }
    },
  };
}

/** What stands for a typed resource has no lines that anybody wrote. */
const placeOf = ({ property, line }: Place): string => (property === undefined ? "" : `${property} line ${line}: `);
