import assert from "node:assert/strict";
import { asConfigured, humanReport, type Judgement, judge, type RuleConfigs, sarifReport } from "../../law/index";

const judgement = (): Judgement =>
  judge([
    { resource: "users", text: "CREATE TABLE CLAUDE_BI.MCP.USERS (A INT)" },
    { resource: "big", text: "CREATE WAREHOUSE BIG WAREHOUSE_SIZE = LARGE AUTO_SUSPEND = 60" },
    { resource: "both", text: "CREATE TABLE CLAUDE_BI.MCP.T (A INT); USE WAREHOUSE DT_XS_WH" },
  ]);

const URN = "urn:pulumi:dev::shop::snowflake:index/execute:Execute::both";
const urnsOf = (name: string): string[] => (name === "both" ? [URN] : []);

const told = (rules: RuleConfigs, ofStack = true): { findings: string[]; exceptions: string[] } => {
  const { findings, exceptions } = asConfigured(judgement(), rules, ofStack ? urnsOf : undefined);
  return {
    findings: findings.map(({ severity, code, where }) => `${severity} ${code} ${where.resource}`),
    exceptions: exceptions.map(
      ({ code, where, used, by, reason }) =>
        `${code} ${where.resource} ${used ? "used" : "unused"} by ${by}: ${reason.split(": ")[0]}`,
    ),
  };
};

describe("the configuration of a rule", () => {
  it("makes exceptions that are listed of what it leaves alone, by name and by URN, and of no other rule", () => {
    assert.deepEqual(told({ TT01: { allow: ["users", URN] } }), {
      findings: ["error TT09 big", "error TT09 both"],
      exceptions: [
        "TT01 users used by configuration: the configuration leaves it alone",
        "TT01 both used by configuration: the configuration leaves it alone",
      ],
    });
  });

  it("lists what it leaves alone for nothing, where the resources of a stack are judged", () => {
    const rules: RuleConfigs = { TT01: { allow: ["users", "big", "nobody"] } };
    assert.deepEqual(told(rules).exceptions, [
      "TT01 users used by configuration: the configuration leaves it alone",
      "TT01 big unused by configuration: the configuration leaves big alone",
      "TT01 nobody unused by configuration: the configuration leaves nobody alone",
    ]);
    assert.deepEqual(told(rules, false).exceptions, [
      "TT01 users used by configuration: the configuration leaves it alone",
    ]);
  });

  it("makes warnings of an advisory rule", () => {
    assert.deepEqual(told({ TT09: { enforcementLevel: "advisory" }, TT01: { enforcementLevel: "mandatory" } }), {
      findings: ["error TT01 users", "warning TT09 big", "error TT01 both", "warning TT09 both"],
      exceptions: [],
    });
  });

  it("is told in the reports", () => {
    const configured = asConfigured(
      judgement(),
      { TT01: { allow: ["users", "both", "nobody"] }, TT09: { enforcementLevel: "advisory" } },
      urnsOf,
    );
    assert.equal(
      humanReport(configured, () => undefined),
      `big:1:22  TT09 (advisory)  The warehouse is LARGE; it must be X-Small.
  instead: Say WAREHOUSE_SIZE = 'XSMALL'.

both:1:53  TT09 (advisory)  DT_XS_WH refreshes the events table and nothing else; this session would use it.
  instead: Use the query warehouse.

users:1:14  TT01 allowed because the configuration leaves it alone: Creates the table CLAUDE_BI.MCP.USERS: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.

both:1:14  TT01 allowed because the configuration leaves it alone: Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.

nobody  TT01 allowed because the configuration leaves nobody alone (unused: nothing there breaks the rule)

2 findings, 3 documented exceptions.`,
    );
    const [run] = (
      sarifReport(configured, "1") as { runs: { results: { level: string; suppressions?: object[] }[] }[] }
    ).runs;
    assert.deepEqual(
      run?.results.map(({ level, suppressions }) => [
        level,
        suppressions && Object.values(suppressions[0] as object)[0],
      ]),
      [
        ["warning", undefined],
        ["warning", undefined],
        ["error", "external"],
        ["error", "external"],
        ["note", "external"],
      ],
    );
  });
});
