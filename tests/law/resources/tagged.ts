import type { Props } from "./places";

/** A tag that masks whatever has it. */
export const MASKED_TAG: Props = {
  database: "GOV",
  schema: "TAGS",
  name: "PII",
  maskingPolicies: ['"GOV"."POLICIES"."HIDE"'],
};

/** Where such a tag reaches the landing table: the type and the names of an association, and what is told. */
export const TAGGED: [objectType: string, identifiers: string[], what: string][] = [
  ["TABLE", ['"CLAUDE_BI"."LANDING"."RAW_EVENTS"'], "CLAUDE_BI.LANDING.RAW_EVENTS"],
  ["TABLE", ['"A"."B"."C"', "CLAUDE_BI.LANDING.RAW_EVENTS"], "CLAUDE_BI.LANDING.RAW_EVENTS"],
  ["COLUMN", ['"CLAUDE_BI"."LANDING"."RAW_EVENTS"."PAYLOAD"'], "CLAUDE_BI.LANDING.RAW_EVENTS"],
  ["column", ["CLAUDE_BI.LANDING.RAW_EVENTS.PAYLOAD"], "CLAUDE_BI.LANDING.RAW_EVENTS"],
  ["SCHEMA", ['"CLAUDE_BI"."LANDING"'], "the schema CLAUDE_BI.LANDING"],
  ["DATABASE", ['"CLAUDE_BI"'], "the database CLAUDE_BI"],
  ["ACCOUNT", ['"ORG"."ACCOUNT"'], "the account"],
];

/** Where it does not. */
export const TAGGED_ELSEWHERE: [objectType: string, identifiers: string[]][] = [
  ["TABLE", ['"CLAUDE_BI"."ACTIVITY"."EVENTS"']],
  ["COLUMN", ['"CLAUDE_BI"."ACTIVITY"."EVENTS"."ACTOR_ID"']],
  ["COLUMN", ['"OTHER"."LANDING"."RAW_EVENTS"."PAYLOAD"']],
  ["VIEW", ['"CLAUDE_BI"."MCP"."V"']],
  ["SCHEMA", ['"CLAUDE_BI"."ACTIVITY"']],
  ["DATABASE", ['"OTHER"']],
  ["WAREHOUSE", ['"CLAUDE_BI"']],
  ["SNOWFLAKE.CORE.BUDGET", ['"A"."B"."C"']],
];
