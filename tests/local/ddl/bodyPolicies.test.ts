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

  it("are attached and taken away by CREATE and by ALTER", async () => {
    await run("create masking policy MP as (V varchar) returns varchar -> '*'");
    await run("create row access policy RAP as (V varchar) returns boolean -> V = 'b'");
    await run("create table T (A varchar with masking policy MP, B varchar) with row access policy RAP on (B)");
    await run("insert into T values ('a', 'b'), ('c', 'd')");
    await run("create view W (X with masking policy MP, Y) as select 'w', column1 from values ('b'), ('c')");
    await run("alter view W add row access policy RAP on (Y)");
    assert.deepEqual(await rows("select * from T union all select * from W", "A", "B"), ["* b", "* b"]);
    await run("alter table T alter column A unset masking policy, column B unset masking policy");
    await run("alter view W drop row access policy RAP");
    assert.deepEqual(await rows("select * from T union all select * from W order by 1, 2", "A", "B"), [
      "* b",
      "* c",
      "a b",
    ]);
    await run("alter table T drop all row access policies");
    await run("alter table T add column C varchar default 'e' masking policy MP");
    assert.deepEqual(await rows("select * from T order by 1", "A", "B", "C"), ["a b *", "c d *"]);
  });

  it("come with a clone and stay behind in what is selected, and in LIKE", async () => {
    await run("create schema OTHER");
    await run("create masking policy MP as (V varchar) returns varchar -> 'one'");
    await run("create row access policy RAP as (V varchar) returns boolean -> V = 'b'");
    await run("create table T (A varchar with masking policy MP, B varchar) with row access policy RAP on (B)");
    await run("insert into T values ('a', 'b'), ('c', 'd')");
    await run("create table SELECTED as select * from T");
    await run("create schema COPY clone OTHER");
    await run("alter masking policy OTHER.MP set body -> 'two'");
    assert.deepEqual(await rows("select * from OTHER.T union all select * from COPY.T", "A", "B"), ["two b", "one b"]);
    await run("create table OTHER.CLONED clone OTHER.T");
    await run("alter masking policy OTHER.MP set body -> V");
    assert.deepEqual(await rows("select * from OTHER.CLONED union all select * from OTHER.SELECTED", "A", "B"), [
      "a b",
      "one b",
    ]);
    await run("alter table OTHER.T modify column A unset masking policy");
    await run("create table OTHER.LIKED like OTHER.T");
    await run("insert into OTHER.LIKED values ('a', 'd')");
    assert.deepEqual(await rows("select * from OTHER.LIKED", "A", "B"), ["a d"]);
    await run("drop schema COPY");
    await run("drop schema OTHER");
  });

  it("hold for streams, time travel, MERGE and dynamic tables", async () => {
    await run("create masking policy MP as (V varchar) returns varchar -> '*'");
    await run("create row access policy RAP as (V varchar) returns boolean -> V <> 'hidden'");
    await run("create table T (A varchar with masking policy MP, B varchar) with row access policy RAP on (B)");
    await run("create stream S on table T");
    await run("insert into T values ('a', 'seen'), ('b', 'hidden')");
    assert.deepEqual(await rows("select A, B, metadata$action as M from S", "A", "B", "M"), ["* seen INSERT"]);
    assert.deepEqual(await rows("select * from T at (offset => 0)", "A", "B"), ["* seen"]);
    await run("create dynamic table DT target_lag = '1 day' warehouse = COMPUTE_WH as select * from T");
    assert.deepEqual(await rows("select * from DT", "A", "B"), ["* seen"]);
    await run(
      "merge into T using (values ('seen'), ('hidden')) v (k) on T.B = v.k when matched then update set B = A when not matched then insert values ('c', 'new')",
    );
    assert.deepEqual(await rows("select B from T order by 1", "B"), ["*", "new"]);
    await run("alter row access policy RAP set body -> true");
    assert.deepEqual(await rows("select B from T order by 1", "B"), ["*", "hidden", "new"]);
  });

  it("read further columns, and have the size of the column that they mask", async () => {
    await run(
      "create masking policy COND as (V varchar, W varchar) returns varchar -> case when W = 'open' then V else '*****' end",
    );
    await run("create masking policy LESS as (V number) returns number -> V - 0.009");
    await run("create table T (A varchar(5), B varchar, N number(10, 2) masking policy LESS)");
    await run("insert into T values ('a', 'open', 1.25), ('b', 'no', 2)");
    await run("alter table T modify column A set masking policy COND using (A, B)");
    assert.deepEqual(await rows("select A, N from T order by N", "A", "N"), ["a 1.24", "***** 1.99"]);
    await run("alter masking policy COND set body -> '******'");
    await refused("select A from T", "100078", "String '******' is too long and would be truncated");
    await refused(
      "alter table T drop column B",
      "000002",
      "Unsupported feature 'DROP COLUMN B, which a policy reads'.",
    );
  });

  it("know the tags of the column that they mask, and of its table", async () => {
    await run("create tag TG");
    await run(
      "create masking policy MP as (V varchar) returns varchar -> case system$get_tag_on_current_column('TG') when 'hidden' then system$get_tag_on_current_table('TG') else V end",
    );
    await run(
      "create table T (A varchar with masking policy MP with tag (TG = 'hidden'), B varchar with masking policy MP) with tag (TG = 'table')",
    );
    await run("insert into T values ('a', 'b')");
    assert.deepEqual(await rows("select * from T", "A", "B"), ["table b"]);
  });

  it("are shown by DESCRIBE, GET_DDL and POLICY_REFERENCES", async () => {
    await run("create masking policy MP as (V varchar, W varchar) returns varchar -> V");
    await run("create row access policy RAP as (V varchar) returns boolean -> true");
    await run(
      "create table T (A varchar not null default 'x' with masking policy MP using (A, B) comment 'c', B varchar, C varchar) with row access policy RAP on (C)",
    );
    assert.deepEqual(await rows("describe table T", "name", "policy name"), ["A D.S.MP", "B null", "C null"]);
    const text = (await rows("select get_ddl('table', 'T') as T", "T"))[0] ?? "";
    assert.equal(
      text,
      "create or replace TABLE T (\n\tA VARCHAR(16777216) NOT NULL DEFAULT 'x' WITH MASKING POLICY D.S.MP USING (A, B) COMMENT 'c',\n\tB VARCHAR(16777216),\n\tC VARCHAR(16777216)\n) WITH ROW ACCESS POLICY D.S.RAP ON (C)\n;",
    );
    await run(text);
    const columns = ["POLICY_NAME", "POLICY_KIND", "REF_ENTITY_NAME", "REF_ENTITY_DOMAIN", "REF_COLUMN_NAME"] as const;
    for (const asked of ["policy_name => 'D.S.MP'", "ref_entity_name => 'T', ref_entity_domain => 'table'"]) {
      const found = await rows(`select * from table(information_schema.policy_references(${asked}))`, ...columns);
      assert.deepEqual(found.slice(-1), ["MP MASKING_POLICY T TABLE A"]);
      assert.equal(found.length, asked.startsWith("policy") ? 1 : 2);
    }
  });

  it("are neither dropped nor replaced while they hold, nor dropped with a schema that does not hold all of it", async () => {
    const inUse = (name: string) =>
      `SQL compilation error:\nPolicy ${name} cannot be dropped/replaced as it is associated with one or more entities.`;
    await run("create schema OTHER");
    await run("create masking policy MP as (V varchar) returns varchar -> '*'");
    await run("create row access policy RAP as (V varchar) returns boolean -> true");
    await run("create table D.S.T (A varchar with masking policy MP, B varchar) with row access policy RAP on (B)");
    await refused("drop masking policy MP", "003531", inUse("MP"));
    await refused(
      "create or replace row access policy RAP as (V varchar) returns boolean -> false",
      "003531",
      inUse("RAP"),
    );
    await run("alter table D.S.T drop row access policy RAP");
    await refused("drop schema OTHER", "003531", inUse("MP"));
    await run("alter table D.S.T modify column A unset masking policy");
    await run("drop schema OTHER");
  });

  it("are refused where they do not fit", async () => {
    await run("create masking policy MP as (V varchar) returns varchar -> '*'");
    await run("create masking policy MQ as (V varchar) returns varchar -> '#'");
    await run("create row access policy RAP as (V varchar) returns boolean -> true");
    await run("create row access policy RAQ as (V varchar, W number) returns boolean -> true");
    await run("create table T (A varchar, N number(10, 2), M varchar masking policy MP)");
    const compilation = "SQL compilation error:";
    const cases: [string, string, string][] = [
      [
        "add row access policy RAP on (N)",
        "003502",
        `${compilation} Column 'N' data type 'NUMBER(10,2)' does not match with Row access policy data type 'VARCHAR(134217728)'.`,
      ],
      [
        "add row access policy RAP on (M)",
        "003502",
        `${compilation} Column 'M' cannot be used as policy argument because it is masked by another policy.`,
      ],
      [
        "add row access policy RAP on (A, N)",
        "001003",
        `${compilation}\nInvalid number of arguments for attaching policy 'RAP' to 'T', expected 1 arguments, got 2 arguments.`,
      ],
      [
        "add row access policy RAQ on (A)",
        "001003",
        `${compilation}\nInvalid number of arguments for attaching policy 'RAQ' to 'T', expected 2 arguments, got 1 arguments.`,
      ],
      [
        "add row access policy RAP on (X)",
        "000904",
        `${compilation} error line 1 at position 44\ninvalid identifier 'X'`,
      ],
      [
        "add row access policy NONE on (A)",
        "002003",
        `${compilation}\nRow access policy 'D.S.NONE' does not exist or not authorized.`,
      ],
      ["drop row access policy RAP", "003551", `${compilation}\nPolicy RAP is not attached to TABLE T.`],
      [
        "modify column N set masking policy MP",
        "003502",
        `${compilation} COLUMN data type NUMBER(10,2) does not match with masking policy data type TEXT.`,
      ],
      [
        "modify column M set masking policy MQ",
        "003529",
        "Specified column already attached to another masking policy. A column cannot be attached to multiple masking policies. Please drop the current association in order to attach a new masking policy.",
      ],
      [
        "modify column A set masking policy NONE",
        "002003",
        `${compilation}\nMasking policy 'D.S.NONE' does not exist or not authorized.`,
      ],
    ];
    for (const [action, code, message] of cases) await refused(`alter table T ${action}`, code, message);
    await run("alter table T modify column M set masking policy MQ force");
    await run("alter table T modify column M set masking policy MQ");
    await run("alter table T add row access policy RAP on (A)");
    await refused(
      "alter table T add row access policy RAP on (A)",
      "003550",
      `${compilation}\nObject T already has a ROW_ACCESS_POLICY. Only one ROW_ACCESS_POLICY is allowed at a time.`,
    );
    await refused(
      "create table U (A varchar) with row access policy RAP on (X)",
      "000904",
      `${compilation}\ncolumn 'X' does not exist`,
    );
    await run("create tag TG");
    await assert.rejects(run("alter tag TG set masking policy MP"), /Unsupported feature/);
  });

  it("are compiled when they are created and when their body changes", async () => {
    await run("create row access policy RAP as (N number) returns boolean -> true");
    await refused(
      "create masking policy MP as (V varchar) returns varchar -> 1",
      "090207",
      "Declared return type 'VARCHAR(134217728)' is incompatible with actual return type 'NUMBER(1,0)'",
    );
    await refused(
      "alter row access policy RAP set body -> NONE",
      "000904",
      "SQL compilation error: error line 1 at position 1\ninvalid identifier 'NONE'",
    );
    await run("alter row access policy RAP set body -> N < 100");
  });

  it("know their arguments in upper case too, where the names are quoted, as the plugin writes them all", async () => {
    for (const sql of [
      `create masking policy QUOTED as ("val" varchar, "VAL2" varchar) returns varchar -> iff(val2 = 'open', val, "val" || '?')`,
      "create table MASKED (SECRET varchar, KIND varchar)",
      "insert into MASKED values ('a', 'open'), ('b', 'shut')",
      "alter table MASKED modify column SECRET set masking policy QUOTED using (SECRET, KIND)",
    ])
      await run(sql);
    assert.deepEqual(await rows("select SECRET from MASKED order by KIND", "SECRET"), ["a", "b?"]);
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
