import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { githubReport, humanReport, type Judgement, judge, type Source, sarifReport } from "../../law/index";

const SCHEMA = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);

interface SarifLog {
  runs: {
    results: { ruleId: string; level: string; kind?: string; suppressions?: object[]; locations: unknown[] }[];
  }[];
}

const FILE: Source = {
  file: "sql/a b.sql",
  text: `-- law:allow TT06 because the partner's name is only known at run time
EXECUTE IMMEDIATE $Q;
-- law:allow TT03 because it was needed once
SELECT 1;
\tCREATE TABLE CLAUDE_BI.MCP.T (A INT);
CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TARGET_LAG = '1 minute' WAREHOUSE = DT_XS_WH REFRESH_MODE = INCREMENTAL
  CLUSTER BY (DATE(OCCURRED_AT), ACTION) AS SELECT PARSED(PAYLOAD) AS P FROM CLAUDE_BI.LANDING.RAW_EVENTS;`,
};
const RESOURCE: Source = {
  resource: "bob",
  property: "execute",
  text: "CREATE USER BOB PASSWORD = 'Never.Show.This.1'",
};
const UNREAD: Source = {
  resource: "script",
  text: "",
  unread: { message: "A command reaches Snowflake.", fix: "No." },
};

const judgement = (): Judgement => judge([FILE, RESOURCE, UNREAD]);

const textOf = ({ file, resource }: { file?: string; resource?: string }) =>
  [FILE, RESOURCE, UNREAD].find((source) => source.file === file && source.resource === resource)?.text;

const THIRD =
  "Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.";

describe("the reports of the law", () => {
  it("show people the line, carets below it, what to do, exceptions, notes, and no secret", () => {
    assert.equal(
      humanReport(judgement(), textOf),
      `sql/a b.sql:5:15  TT01  ${THIRD}
  5 |  CREATE TABLE CLAUDE_BI.MCP.T (A INT);
    |               ^^^^^^^^^^^^^^^
  instead: Make it a view over the events table, or write what it would hold as events.

bob.execute:1:17  TT12  PASSWORD stands in the text.
  instead: Use key pairs or a Pulumi secret that the provider hands over as a typed property.

script  TT06  A command reaches Snowflake.
  instead: No.

sql/a b.sql:1:1  TT06 allowed because the partner's name is only known at run time

sql/a b.sql:3:1  TT03 allowed because it was needed once (unused: nothing below it breaks the rule)

sql/a b.sql:7:52  TT05  note: PARSED is not one of Snowflake's functions: whether it refreshes incrementally depends on its definition.

3 findings, 2 documented exceptions.`,
    );
  });

  it("are SARIF 2.1.0 by its schema, with exceptions as suppressed results", () => {
    const report: SarifLog = JSON.parse(JSON.stringify(sarifReport(judgement(), "1.0.0")));
    const ajv = new AjvDraft04({ strict: false, unicodeRegExp: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(SCHEMA);
    const isValid: boolean = validate(report);
    assert.ok(isValid, JSON.stringify(validate.errors, null, 2));
    const results = report.runs[0]?.results ?? [];
    assert.deepEqual(
      results.map(({ ruleId, level, kind, suppressions }) => [ruleId, level, kind, suppressions?.length]),
      [
        ["TT01", "error", undefined, undefined],
        ["TT12", "error", undefined, undefined],
        ["TT06", "error", undefined, undefined],
        ["TT06", "error", undefined, 1],
        ["TT03", "note", undefined, 1],
        ["TT05", "none", "informational", undefined],
      ],
    );
    assert.deepEqual(results[0]?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: "sql/a%20b.sql" },
          region: { startLine: 5, startColumn: 15 },
        },
      },
    ]);
    assert.ok(!JSON.stringify(report).includes("Never.Show.This.1"));
  });

  it("give every result a place, without which code scanning takes none of them", () => {
    const missing = judge([{ resource: "db", text: "CREATE DATABASE CLAUDE_BI" }], { whole: true });
    const remarks = [{ message: "Not judged: SHOW USERS: refused", where: {} }];
    const report = sarifReport({ ...missing, remarks }, "1.0.0") as SarifLog;
    assert.deepEqual(
      report.runs[0]?.results?.map(({ locations }) => locations),
      Array(3).fill([{ physicalLocation: { artifactLocation: { uri: "Pulumi.yaml" } } }]),
    );
  });

  it("has a schema that refuses what is no SARIF, so that passing it means something", () => {
    const ajv = new AjvDraft04({ strict: false, unicodeRegExp: false });
    addFormats(ajv);
    const report = sarifReport(judgement(), "1.0.0") as SarifLog;
    report.runs[0]!.results[0]!.level = "fatal";
    assert.equal(ajv.compile(SCHEMA)(report), false);
  });

  it("are workflow commands for GitHub, one a line", () => {
    assert.deepEqual(githubReport(judgement()).split("\n"), [
      `::error file=sql/a b.sql,line=5,col=15,title=TT01::${THIRD} Instead: Make it a view over the events table, or write what it would hold as events.`,
      "::error file=bob,line=1,col=17,title=TT12::PASSWORD stands in the text. Instead: Use key pairs or a Pulumi secret that the provider hands over as a typed property.",
      "::error file=script,line=1,col=1,title=TT06::A command reaches Snowflake. Instead: No.",
      "::notice file=sql/a b.sql,line=1,col=1,title=TT06::Allowed because the partner's name is only known at run time",
      "::notice file=sql/a b.sql,line=3,col=1,title=TT03::Unused exception: it was needed once",
      "::notice file=sql/a b.sql,line=7,col=52,title=TT05::PARSED is not one of Snowflake's functions: whether it refreshes incrementally depends on its definition.",
    ]);
  });

  it("say so when nothing is found", () => {
    assert.equal(
      humanReport(judge([{ text: "SELECT 1" }]), () => undefined),
      "The two tables are safe: no finding.",
    );
  });

  for (const [file, uri, name] of [
    ["C:\\work\\a b.sql", "file:///C:/work/a%20b.sql", "C%3A/work/a b.sql"],
    ["\\\\server\\share\\a.sql", "file://server/share/a.sql", "//server/share/a.sql"],
    ["sql\\deep\\a.sql", "sql/deep/a.sql", "sql/deep/a.sql"],
    ["/work/a.sql", "file:///work/a.sql", "/work/a.sql"],
    ["sql/a\\b.sql", "sql/a%5Cb.sql", "sql/a\\b.sql"],
    ["sql/ü #1,2:3.sql", "sql/%C3%BC%20%231%2C2%3A3.sql", "sql/ü #1%2C2%3A3.sql"],
    ["<stdin>", "%3Cstdin%3E", "<stdin>"],
  ] as const) {
    it(`name ${file} as other programs know it`, () => {
      const made = judge([{ file, text: "CREATE TABLE CLAUDE_BI.MCP.T (A INT)" }]);
      const log = JSON.stringify(sarifReport(made, "1.0.0"));
      assert.ok(log.includes(`"artifactLocation":{"uri":${JSON.stringify(uri)}}`), log);
      assert.ok(githubReport(made).startsWith(`::error file=${name},line=1,col=14,`), githubReport(made));
    });
  }

  it("count columns in UTF-16 units behind letters of two, and lines that end as on Windows", () => {
    const text = "SELECT 1;\r\n\tSELECT '😀é'; CREATE TABLE CLAUDE_BI.MCP.\"T😀\" (A INT);\r\n";
    const made = judge([{ file: "a.sql", text }]);
    assert.deepEqual(
      made.findings.map(({ where: { line, column, excerpt, span } }) => [
        line,
        column,
        excerpt,
        text.slice(span?.start, span?.end),
      ]),
      [[2, 29, "SELECT '😀é'; CREATE TABLE CLAUDE_BI.MCP.\"T😀\" (A INT);", 'CLAUDE_BI.MCP."T😀"']],
    );
    assert.match(JSON.stringify(sarifReport(made, "1")), /"region":\{"startLine":2,"startColumn":29\}/);
    assert.match(githubReport(made), /^::error file=a\.sql,line=2,col=29,/);
  });

  it("show a line without its carriage returns, which would write over it", () => {
    const text = "SELECT 1;\rCREATE TABLE CLAUDE_BI.MCP.T (A INT);\r";
    const shown = humanReport(judge([{ file: "a.sql", text }]), () => text);
    assert.ok(shown.includes("  1 | SELECT 1; CREATE TABLE CLAUDE_BI.MCP.T (A INT);\n"), shown);
    assert.ok(!shown.includes("\r"));
  });
});
