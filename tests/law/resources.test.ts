import assert from "node:assert/strict";
import { judge, judgeTogether, LAWFUL_TYPES, READ_TYPES, readResource, sourceOf } from "../../law/index";
import { BREACHES } from "./resources/breaches";
import { LAWFUL } from "./resources/lawful";
import { CLASS_LINES, inputsOf, PACKAGE_TYPES } from "./resources/packageClasses";
import { LANDING, MCP, type Props, UNKNOWN } from "./resources/places";
import { MASKED_TAG, TAGGED, TAGGED_ELSEWHERE } from "./resources/tagged";

const tokenOf = (key: string): string =>
  key.includes(":") ? key : `snowflake:index/${key}:${key.charAt(0).toUpperCase()}${key.slice(1)}`;

function told(key: string, props: Props): string[] {
  const judged = readResource(tokenOf(key), props, (value) => value === UNKNOWN);
  const sources = (judged?.texts ?? []).map((text) => sourceOf("it", text));
  return judge(sources).findings.map(
    ({ code, where }) => `${code}${where.property ? ` ${where.property} ${where.line}:${where.column}` : ""}`,
  );
}

/** The inputs of a class that reading these resources touches. */
function inputsRead(type: string, cases: readonly Props[]): string[] {
  const touched = new Set<string>();
  for (const props of cases)
    readResource(
      tokenOf(type),
      new Proxy(props, {
        get(target, key) {
          touched.add(String(key));
          return target[String(key)];
        },
      }),
    );
  // Readers of several classes ask for what only one of them has.
  return inputsOf(type).filter((input) => touched.has(input));
}

describe("what the law reads of a resource", () => {
  for (const [key, props, expected] of BREACHES) {
    it(`${expected}: ${key} ${JSON.stringify(props)}`, () =>
      assert.deepEqual([...new Set(told(key, props))], expected));
  }
  for (const [key, props] of LAWFUL) {
    it(`nothing: ${key} ${JSON.stringify(props)}`, () => assert.deepEqual(told(key, props), []));
  }

  const together = (...resources: [key: string, props: Props][]): string[] =>
    judgeTogether(
      resources.flatMap(([key, props]) =>
        (readResource(tokenOf(key), props)?.texts ?? []).map((text) => sourceOf(key, text)),
      ),
    ).map(({ code, message, where }) => `${code} ${where.resource}: ${message}`);

  for (const [objectType, objectIdentifiers, what] of TAGGED) {
    it(`a masked tag on ${objectType} ${objectIdentifiers.join(", ")}, beside its tag`, () => {
      const association = { objectType, objectIdentifiers, tagId: '"GOV"."TAGS"."PII"', tagValue: "x" };
      assert.deepEqual(together(["tag", MASKED_TAG], ["tagAssociation", association]), [
        `TT03 tagAssociation: The tag GOV.TAGS.PII on ${what} carries a masking policy, which would hide from the refresh what was received.`,
      ]);
      assert.deepEqual(together(["tagAssociation", association]), []);
      assert.deepEqual(together(["tag", { ...MASKED_TAG, name: "OTHER" }], ["tagAssociation", association]), []);
    });
  }

  for (const [objectType, objectIdentifiers] of TAGGED_ELSEWHERE) {
    it(`nothing: a masked tag on ${objectType} ${objectIdentifiers.join(", ")}`, () => {
      const association = { objectType, objectIdentifiers, tagId: '"GOV"."TAGS"."PII"', tagValue: "x" };
      assert.deepEqual(together(["tag", MASKED_TAG], ["tagAssociation", association]), []);
    });
  }

  it("is decided for every resource class of the package", () => {
    const decided = [...READ_TYPES, ...LAWFUL_TYPES];
    assert.deepEqual(
      PACKAGE_TYPES.filter((type) => !decided.includes(type)),
      [],
    );
    assert.deepEqual(
      decided.filter((type) => !PACKAGE_TYPES.includes(type)),
      [],
    );
    assert.equal(new Set(decided).size, decided.length);
    assert.ok(PACKAGE_TYPES.length > 80);
  });

  it("is written down for every class of the package", () => {
    assert.deepEqual(
      CLASS_LINES.map(({ type }) => type),
      [...PACKAGE_TYPES].sort(),
    );
  });

  for (const { type, codes, reads, passesOver } of CLASS_LINES) {
    const cases = [...BREACHES, ...LAWFUL].filter(([key]) => key === type);

    it(`${type}: every input is read or passed over`, () =>
      assert.deepEqual([...reads, ...passesOver].sort(), inputsOf(type)));

    it(`${type}: what is read is as it is written down`, () =>
      assert.deepEqual(inputsRead(type, [{}, ...cases.map(([, props]) => props)]), reads));

    it(`${type}: breaks ${codes.join(", ") || "nothing"}`, () => {
      const broken = BREACHES.filter(([key]) => key === type).flatMap(([, , places]) => places);
      assert.deepEqual([...new Set(broken.map((place) => place.slice(0, 4)))].sort(), codes);
    });
  }

  it("is shown by a breach or a lawful case for every type that is read", () => {
    const shown = new Set([...BREACHES, ...LAWFUL].map(([key]) => key));
    assert.deepEqual(
      READ_TYPES.filter((type) => !shown.has(type)),
      [],
    );
  });

  it("names a command that it does not read and that does not name Snowflake", () => {
    assert.deepEqual(readResource("command:local:Command", { create: "make assets" })?.remarks, [
      "A command runs code that the law does not read; it does not name Snowflake.",
    ]);
  });

  for (const [type, props, unknown] of [
    ["command:local:Command", { create: "make", environment: { URL: "?" } }, ["environment"]],
    ["command:local:Command", { create: "?", stdin: "x" }, ["create"]],
    ["pulumi-nodejs:dynamic:Resource", { __provider: "?", size: 1 }, ["__provider"]],
  ] as [string, Props, string[]][]) {
    it(`does not say that ${type} names nothing of Snowflake while its ${unknown} is not known`, () => {
      const judged = readResource(type, props, (value) => value === "?");
      assert.deepEqual(judged, { texts: [], unknown, remarks: [] });
    });
  }

  const SMALL = { database: "claude_bi", schema: "mcp", name: "t" };
  const THIRD =
    "TT01 table: Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.";

  for (const [type, inputs] of [
    ["pulumi:providers:snowflake", { params: { QUOTED_IDENTIFIERS_IGNORE_CASE: "TRUE" } }],
    ["pulumi:providers:snowflake", { params: '{"quoted_identifiers_ignore_case":true}' }],
    ["accountParameter", { key: "QUOTED_IDENTIFIERS_IGNORE_CASE", value: "true" }],
    ["objectParameter", { key: "quoted_identifiers_ignore_case", value: "TRUE", onAccount: true }],
    ["user", { name: "DEPLOYER", quotedIdentifiersIgnoreCase: true }],
    ["database", { name: "OTHER", quotedIdentifiersIgnoreCase: true }],
    ["schema", { name: "P", database: "OTHER", quotedIdentifiersIgnoreCase: "true", withManagedAccess: true }],
    ["execute", { execute: "ALTER ACCOUNT SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE", revert: "SELECT 1" }],
  ] as [string, Props][]) {
    it(`reads names in capitals where ${type} with ${JSON.stringify(inputs)} has Snowflake do so`, () => {
      assert.deepEqual(together([type, inputs], ["table", SMALL]), [THIRD]);
      assert.deepEqual(together(["table", SMALL], [type, inputs]), [THIRD]);
    });
  }

  for (const [type, inputs] of [
    ["accountParameter", { key: "QUOTED_IDENTIFIERS_IGNORE_CASE", value: "false" }],
    ["accountParameter", { key: "TIMEZONE", value: "UTC" }],
    [
      "task",
      { database: "OTHER", schema: "P", name: "T", sqlStatement: "SELECT 1", quotedIdentifiersIgnoreCase: true },
    ],
    ["execute", { execute: "ALTER SESSION SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE", revert: "SELECT 1" }],
    ["execute", { execute: "ALTER TASK OTHER.P.T SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE", revert: "SELECT 1" }],
  ] as [string, Props][]) {
    it(`reads names as they are written beside ${type} with ${JSON.stringify(inputs)}`, () => {
      assert.deepEqual(together([type, inputs], ["table", SMALL]), []);
    });
  }

  it("reads names as they are written before the text itself has Snowflake read them otherwise", () => {
    const folds = "ALTER ACCOUNT SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE";
    const text = `CREATE TABLE "claude_bi".P.T (A INT); ${folds}`;
    assert.deepEqual(judge([{ text }]).findings, []);
    const found = judge([{ text }, { text: folds }], { namespace: { database: "OTHER" } }).findings;
    assert.deepEqual(found, []);
    const unqualified = [{ text: folds }, { text: 'CREATE TABLE "t" (A INT)' }];
    assert.deepEqual(judge(unqualified, { namespace: { database: "OTHER" } }).findings, []);
    assert.equal(judge(unqualified, { namespace: { database: "claude_bi" } }).findings.length, 1);
    const body = {
      database: "claude_bi",
      schema: "mcp",
      name: "p",
      procedureDefinition: "BEGIN CREATE TABLE X (A INT); END",
    };
    const parameter = { key: "QUOTED_IDENTIFIERS_IGNORE_CASE", value: "TRUE" };
    assert.deepEqual(together(["procedureSql", body]), []);
    assert.deepEqual(together(["procedureSql", body], ["accountParameter", parameter]), [
      THIRD.replace("table:", "procedureSql:").replace("MCP.T", "MCP.X"),
    ]);
  });

  it("says nothing of a provider with other parameters", () => {
    const judged = readResource("pulumi:providers:snowflake", { params: { QUERY_TAG: "x" }, role: "R" });
    assert.deepEqual(judged, { texts: [], unknown: [], remarks: [] });
  });

  it("a masked tag that a table names itself", () => {
    const table = { ...LANDING, tags: [{ name: "PII", database: "GOV", schema: "TAGS", value: "x" }] };
    assert.deepEqual(together(["tag", MASKED_TAG], ["table", table]), [
      "TT03 table: The tag GOV.TAGS.PII on CLAUDE_BI.LANDING.RAW_EVENTS carries a masking policy, which would hide from the refresh what was received.",
    ]);
    assert.deepEqual(together(["table", table]), []);
  });

  it("judges a command by what is known of it, also when other parts are not", () => {
    const judged = readResource("command:local:Command", { create: "snowsql", stdin: "?" }, (value) => value === "?");
    assert.deepEqual([judged?.texts.length, judged?.unknown], [1, []]);
  });

  it("names each property that only the update will know, once, and judges the others", () => {
    const unknown = Symbol("unknown");
    const judged = readResource(
      "snowflake:index/execute:Execute",
      { execute: unknown, revert: "CREATE TABLE T (A INT)" },
      (value) => value === unknown,
    );
    assert.deepEqual(judged?.unknown, ["execute"]);
    assert.deepEqual(judged?.texts, [{ sql: "CREATE TABLE T (A INT)", property: "revert" }]);
    const task = readResource(
      "snowflake:index/task:Task",
      { ...MCP, sqlStatement: unknown, warehouse: unknown },
      (value) => value === unknown,
    );
    assert.deepEqual(task?.unknown, ["warehouse", "sqlStatement"]);
  });

  for (const property of ["database", "schema", "name"]) {
    it(`takes no table for a third one whose ${property} is not known yet`, () => {
      const unknown = Symbol("unknown");
      const judged = readResource(
        "snowflake:index/table:Table",
        { ...MCP, [property]: unknown },
        (value) => value === unknown,
      );
      assert.deepEqual([judged?.unknown, judged?.texts], [[property], []]);
    });
  }
});
