import { PolicyPack } from "@pulumi/policy";
import { RULES } from "../law/index";
import { lawPolicy } from "./lawPolicy";
import { rulePolicy } from "./rulePolicy";

const law = lawPolicy();

/** The Two-Table Law at preview time: its settings, then one policy per rule, named after its code. */
new PolicyPack("two-table-law", {
  enforcementLevel: "mandatory",
  policies: [law.policy, ...RULES.map((rule) => rulePolicy(rule, law.current))],
});
