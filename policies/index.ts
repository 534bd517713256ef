import { PolicyPack } from "@pulumi/policy";
import { TT01 } from "../law/rules/TT01";
import { TT11 } from "../law/rules/TT11";
import { rulePolicy } from "./rulePolicy";

/** The Two-Table Law at preview time: one policy per rule. */
new PolicyPack("two-table-law", {
  enforcementLevel: "mandatory",
  policies: [rulePolicy(TT01, "tt01-no-third-table"), rulePolicy(TT11, "tt11-readable-sql")],
});
