import { PolicyPack } from "@pulumi/policy";
import { RULES } from "../law/index";
import { Judgements } from "./judgements";
import { lawPolicy } from "./lawPolicy";
import { rulePolicy } from "./rulePolicy";

const judgements = new Judgements();

/** The Two-Table Law at preview time: its settings, then one policy per rule, named after its code. */
new PolicyPack("two-table-law", {
  enforcementLevel: "mandatory",
  policies: [lawPolicy(judgements), ...RULES.map((rule) => rulePolicy(rule, judgements))],
});
