import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Masking and row access policies", () => {
  const { run, status, refused, rows } = freshSchema();

  it("are described with their signature and the body as it was written", async () => {
    assert.equal(
      await status(
        "create masking policy MP as (V varchar, N number) returns varchar ->\n  case when N > 1 then V else '*' end comment = 'c' exempt_other_policies = true",
      ),
      "Masking policy MP successfully created.",
    );
    assert.deepEqual(await rows("describe masking policy MP", "name", "signature", "return_type", "body"), [
      "MP (V VARCHAR, N NUMBER) VARCHAR(16777216) case when N > 1 then V else '*' end",
    ]);
    assert.deepEqual(await rows("show masking policies", "name", "kind", "comment", "options"), [
      'MP MASKING_POLICY c {"EXEMPT_OTHER_POLICIES":true}',
    ]);
    assert.equal(
      await status("create row access policy RAP as (N number) returns boolean -> N = 1"),
      "Row access policy RAP successfully created.",
    );
    assert.deepEqual(await rows("describe row access policy RAP", "signature", "return_type", "body"), [
      "(N NUMBER) BOOLEAN N = 1",
    ]);
  });

  it("change their body, comment and name", async () => {
    await run("create masking policy MP as (V varchar) returns varchar -> V");
    await run("alter masking policy MP set body -> upper(V)");
    await run("alter masking policy MP set comment = 'c'");
    await run("alter masking policy MP rename to MQ");
    assert.deepEqual(await rows("describe masking policy MQ", "body"), ["upper(V)"]);
    await run("alter masking policy MQ unset comment");
    assert.deepEqual(await rows("show masking policies", "name", "comment"), ["MQ "]);
    assert.equal(await status("drop masking policy MQ"), "MQ successfully dropped.");
  });

  it("are not attached, by whatever statement: they would not be applied", async () => {
    await run("create table T (A varchar)");
    await run("create masking policy MP as (V varchar) returns varchar -> '*'");
    await run("create row access policy RAP as (V varchar) returns boolean -> false");
    for (const sql of [
      "alter table T modify column A set masking policy MP",
      "alter table T add row access policy RAP on (A)",
      "create table U (A varchar with masking policy MP)",
      "create table U (A varchar) with row access policy RAP on (A)",
      "create view V (A with masking policy MP) as select A from T",
      "create tag TG",
    ]) {
      if (sql === "create tag TG") await run(sql);
      else await assert.rejects(run(sql), /Unsupported feature/, sql);
    }
    await assert.rejects(run("alter tag TG set masking policy MP"), /Unsupported feature/);
    assert.deepEqual(await rows("show tables", "name"), ["T"]);
  });

  it("mask a value with one of the same type", () =>
    refused(
      "create masking policy MP as (V varchar) returns number -> 1",
      "003502",
      "SQL compilation error:\nMasking policy function argument and return type mismatch.",
    ));
});

describe("Routines that would run somewhere else", () => {
  const { run, refused, rows } = freshSchema();
  const described = (what: string) => rows(`describe ${what}`, "property", "value");

  it("are described with their handler, packages, imports and secrets, and refused by name when called", async () => {
    await run("create secret SEC type = generic_string secret_string = 'x'");
    await run(
      "create function F(X varchar) returns varchar language python runtime_version = '3.9' packages = ('a==1', 'b') secrets = ('cred' = SEC) handler = 'run' as $$def run(x): return x$$",
    );
    assert.deepEqual((await described("function F(varchar)")).slice(5), [
      "body def run(x): return x",
      "handler run",
      "runtime_version 3.9",
      "imports []",
      "packages ['a==1','b']",
      'secrets {"cred":"D.S.SEC"}',
      "is_aggregate false",
    ]);
    await refused("select F('a')", "000002", "Unsupported feature 'PYTHON function F'.");
    await run(
      "create procedure P() returns varchar language java runtime_version = '11' packages = ('com.snowflake:snowpark:1.14.0') imports = ('@~/a.jar') handler = 'A.run'",
    );
    assert.deepEqual((await described("procedure P()")).slice(6), [
      "body null",
      "handler A.run",
      "runtime_version 11",
      "imports [@~/a.jar]",
      "packages ['com.snowflake:snowpark:1.14.0']",
    ]);
    await refused("call P()", "000002", "Unsupported feature 'LANGUAGE JAVA'.");
    await refused(
      "create procedure Q() returns varchar language scala handler = 'A.run' as 'x'",
      "002029",
      "SQL compilation error:\nMissing option(s): [RUNTIME_VERSION, PACKAGES]",
    );
  });

  it("may lie behind an API integration that the role can use", async () => {
    await run(
      "create api integration GATE api_provider = google_api_gateway google_audience = 'a' api_allowed_prefixes = ('https://example.com/') enabled = true",
    );
    await run(
      "create external function E(A varchar) returns variant api_integration = GATE headers = ('h' = 'v') context_headers = (current_timestamp) max_batch_rows = 5 as 'https://example.com/x'",
    );
    assert.deepEqual(
      (await described("function E(varchar)")).filter((row) => !/^(signature|returns|null|volatility)/.test(row)),
      [
        "language EXTERNAL",
        "body https://example.com/x",
        'headers {"h":"v"}',
        'context_headers ["CURRENT_TIMESTAMP"]',
        "max_batch_rows 5",
        "compression AUTO",
        "request_translator null",
        "response_translator null",
      ],
    );
    assert.deepEqual(await rows("show external functions", "name", "language", "is_external_function"), [
      "E EXTERNAL Y",
    ]);
    assert.equal(
      (await rows("select get_ddl('function', 'E(varchar)') as T", "T"))[0],
      [
        'CREATE OR REPLACE EXTERNAL FUNCTION "E"("A" VARCHAR(16777216))',
        "RETURNS VARIANT",
        'API_INTEGRATION = "GATE"',
        "HEADERS = ('h' = 'v')",
        "CONTEXT_HEADERS = (CURRENT_TIMESTAMP)",
        "MAX_BATCH_ROWS = 5",
        "COMPRESSION = AUTO",
        "AS 'https://example.com/x';",
      ].join("\n"),
    );
    await refused("select E('a')", "000002", "Unsupported feature 'EXTERNAL function E'.");
    await run("drop integration GATE");
  });
});
