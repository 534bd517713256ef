import { PolicyPack } from "@pulumi/policy";
import { RULES } from "../law/index";
import { rulePolicy } from "./rulePolicy";

/** The Two-Table Law at preview time: one policy per rule, named after its code. */
new PolicyPack("two-table-law", {
  enforcementLevel: "mandatory",
  policies: RULES.map((rule) => rulePolicy(rule, rule.code.toLowerCase())),
});
