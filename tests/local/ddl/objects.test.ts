import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Objects are made, changed and dropped", () => {
  const { run, status, refused, rows } = freshSchema();

  const KINDS: [kind: string, rest: string, title: string, name: string, dropped?: string][] = [
    ["table", "X (A number)", "Table", "X"],
    ["transient table", "X (A number)", "Table", "X"],
    ["view", "X as select 1 as A", "View", "X"],
    ["sequence", "X", "Sequence", "X"],
    ["stage", "X", "Stage area", "X"],
    ["file format", "X type = csv", "File format", "X"],
    ["tag", "X", "Tag", "X"],
    ["task", "X warehouse = COMPUTE_WH as select 1", "Task", "X"],
    ["function", "X() returns number as '1'", "Function", "X", "X()"],
    ["procedure", "X() returns number language sql as 'begin return 1; end'", "Function", "X", "X()"],
    ["schema", "X", "Schema", "X"],
    ["database role", "X", "Role", "D.X", "X"],
    ["database", "X_DATABASE", "Database", "X_DATABASE"],
    ["warehouse", "X_WAREHOUSE", "Warehouse", "X_WAREHOUSE"],
    ["role", "X_ROLE", "Role", "X_ROLE"],
    ["user", "X_USER", "User", "X_USER"],
    ["resource monitor", "X_MONITOR", "Resource monitor", "X_MONITOR"],
    ["network policy", "X_POLICY", "Network policy", "X_POLICY"],
    ["secret", "X type = generic_string secret_string = 'x'", "Secret", "X"],
    ["password policy", "X", "Password policy", "X"],
    ["authentication policy", "X", "Authentication policy", "X"],
    [
      "notification integration",
      "X_MAIL type = email enabled = true allowed_recipients = ('a@example.com')",
      "Integration",
      "X_MAIL",
    ],
  ];
  for (const [kind, rest, title, name, dropped = name] of KINDS) {
    it(`${kind}: created once, never twice, dropped once`, async () => {
      assert.equal(await status(`create ${kind} ${rest}`), `${title} ${name} successfully created.`);
      await refused(`create ${kind} ${rest}`, "002002", `SQL compilation error:\nObject '${name}' already exists.`);
      assert.equal(
        await status(`create ${kind} if not exists ${rest}`),
        `${name} already exists, statement succeeded.`,
      );
      const plain = kind.replace("transient ", "");
      if (kind === "schema") await run("use schema D.S");
      if (kind === "database") await run("use database D");
      assert.equal(await status(`drop ${plain} ${dropped}`), `${name} successfully dropped.`);
      assert.equal(
        await status(`drop ${plain} if exists ${dropped}`),
        `Drop statement executed successfully (${dropped.replace("()", "")} already dropped).`,
      );
    });
  }

  it("the account has no resource monitor of its own here, and it is said by name", () =>
    refused(
      "alter account set resource_monitor = X",
      "000002",
      "Unsupported feature 'RESOURCE_MONITOR of the account'.",
    ));

  it("a table takes no format and no copy options of its stage, and says so by name", async () => {
    await run("create table X_STAGED (A number)");
    for (const [name, value] of [
      ["STAGE_FILE_FORMAT", "(type = csv)"],
      ["STAGE_COPY_OPTIONS", "(purge = true)"],
    ])
      await refused(
        `alter table X_STAGED set ${name} = ${value}`,
        "000002",
        `Unsupported feature 'ALTER TABLE … SET ${name}'.`,
      );
  });

  it("a resource monitor has five notifications at most, and one trigger of each other action", async () => {
    const monitor = (...triggers: string[]) =>
      `create or replace resource monitor X_MANY with credit_quota = 1 triggers ${triggers.join(" ")}`;
    const notify = [10, 20, 30, 40, 50].map((percent) => `on ${percent} percent do notify`);
    const others = ["on 90 percent do suspend", "on 100 percent do suspend_immediate"];
    await run(monitor(...notify, ...others));
    for (const [extra, words] of [
      ["on 60 percent do notify", "five notify triggers"],
      ["on 95 percent do suspend", "one suspend trigger"],
      ["on 110 percent do suspend_immediate", "one suspend_immediate trigger"],
    ] as const) {
      const message = `A resource monitor can have at most ${words}.`;
      await refused(monitor(...notify, ...others, extra), "001420", message);
      await refused(
        `alter resource monitor X_MANY set triggers ${[...notify, ...others, extra].join(" ")}`,
        "001420",
        message,
      );
    }
    await run("drop resource monitor X_MANY");
  });

  it("A dynamic table is dropped as a table, too; a table is not dropped as a dynamic table", async () => {
    await run("create table BASE (A number)");
    await run("create dynamic table DT target_lag = '1 hour' warehouse = COMPUTE_WH as select A from BASE");
    await refused(
      "drop dynamic table BASE",
      "002203",
      "SQL compilation error: Object found is of type 'TABLE', not specified type 'DYNAMIC_TABLE'.",
    );
    assert.equal(await status("drop table DT"), "DT successfully dropped.");
    await refused(
      "select * from DT",
      "002003",
      "SQL compilation error:\nObject 'DT' does not exist or not authorized.",
    );
    await run("drop table BASE");
  });

  it("A dynamic table takes its lag by the older name, as Snowpark writes it", async () => {
    await run("create table SOURCE (A number)");
    await run("create dynamic table DT lag = '1000 minutes' warehouse = COMPUTE_WH as select A from SOURCE");
    assert.deepEqual(await rows("show dynamic tables like 'DT'", "target_lag"), ["1000 minutes"]);
    await run("alter dynamic table DT set lag = '5 minutes'");
    assert.deepEqual(await rows("show dynamic tables like 'DT'", "target_lag"), ["5 minutes"]);
  });

  it("A dynamic table is scheduled, or not, as dbt says with words and with texts", async () => {
    await run("create table SOURCE (A number)");
    const made = (options: string) =>
      `create or replace dynamic table DT warehouse = COMPUTE_WH ${options} as select A from SOURCE`;
    await run(made("scheduler = 'DISABLE'"));
    assert.deepEqual(await rows("show dynamic tables like 'DT'", "scheduler", "scheduling_state"), ["DISABLE ACTIVE"]);
    await run(made("target_lag = '1 hour' scheduler = 'ENABLE'"));
    assert.deepEqual(await rows("show dynamic tables like 'DT'", "target_lag", "scheduler"), ["1 hour ENABLE"]);
    await run("alter dynamic table DT set scheduler = DISABLE");
    assert.deepEqual(await rows("show dynamic tables like 'DT'", "scheduler"), ["DISABLE"]);
  });

  it("Temporary objects may be scoped, as Snowpark makes them", async () => {
    assert.equal(await status("create scoped temporary stage ST"), "Stage area ST successfully created.");
    assert.equal(await status("create or replace scoped temp table T (A number)"), "Table T successfully created.");
    assert.deepEqual(await rows("show tables like 'T'", "name", "kind"), ["T TEMPORARY"]);
    await refused(
      "create scoped table U (A number)",
      "001003",
      "SQL compilation error:\nsyntax error line 1 at position 14 unexpected 'table'.",
    );
  });

  it("The history keeps the text that ends a request, without the comments before it", async () => {
    await run("/* before */ select 1; -- job 7\n");
    await run("select 2 /* within */ as B;;");
    const found = await rows(
      "select query_text from table(information_schema.query_history_by_session()) where query_text regexp 'select [12][ ;].*' order by query_text",
      "QUERY_TEXT",
    );
    assert.deepEqual(found, ["select 1; -- job 7", "select 2 /* within */ as B;;"]);
  });

  it("A relation of another kind is neither dropped nor replaced", async () => {
    await run("create table T (A number)");
    await run("create view V as select 1 as A");
    await refused(
      "drop view T",
      "002203",
      "SQL compilation error: Object found is of type 'TABLE', not specified type 'VIEW'.",
    );
    await refused(
      "drop table if exists V",
      "002203",
      "SQL compilation error: Object found is of type 'VIEW', not specified type 'TABLE'.",
    );
    await refused(
      "create or replace view T as select 1 as A",
      "001998",
      "SQL compilation error:\nObject 'T' already exists as TABLE",
    );
    const taken = (name: string, kind: string) =>
      ["001998", `SQL compilation error:\nObject '${name}' already exists as ${kind}`] as const;
    await refused("create view T as select 1 as A", ...taken("T", "TABLE"));
    await refused("create view if not exists S.T as select 1 as A", ...taken("S.T", "TABLE"));
    await run("create stream ST on table T");
    await refused("create table ST (A number)", ...taken("ST", "STREAM"));
    await refused("create temporary table ST (A number)", ...taken("ST", "STREAM"));
    await refused("create or replace stream V on table T", ...taken("V", "VIEW"));
    await refused(
      "drop stream if exists T",
      "002203",
      "SQL compilation error: Object found is of type 'TABLE', not specified type 'STREAM'.",
    );
    await refused(
      "drop table ST",
      "002203",
      "SQL compilation error: Object found is of type 'STREAM', not specified type 'TABLE'.",
    );
    await refused("alter table T rename to T", "002002", "SQL compilation error:\nObject 'T' already exists.");
    await run("create temporary table V (B number)");
    await run("drop table V");
    await run("drop stream ST");
    await refused(
      "create or replace table if not exists T (A number)",
      "002047",
      "SQL compilation error:\noptions IF NOT EXISTS and OR REPLACE are incompatible.",
    );
  });

  it("What was dropped comes back with its rows; without it, UNDROP says so", async () => {
    await run("create table T (A number)");
    await run("insert into T values (1), (2)");
    await run("drop table T");
    assert.equal(await status("undrop table T"), "Table T successfully restored.");
    assert.equal((await run("select * from T")).length, 2);
    await refused("undrop table T", "090025", "Table T did not exist or was purged.");
    await run("drop table T");
    await run("create table T (B number)");
    await refused("undrop table T", "002002", "SQL compilation error:\nObject 'T' already exists.");
    await run("alter table T rename to OTHER");
    await run("undrop table T");
    assert.deepEqual(await rows("show tables", "name"), ["OTHER", "T"]);
    await run("drop schema S");
    await run("undrop schema S");
    assert.equal((await run("select * from D.S.T")).length, 2);
    await refused("undrop schema NOWHERE", "090025", "Schema NOWHERE did not exist or was purged.");
  });

  it("A session loses the database that it drops, and is in PUBLIC without its schema", async () => {
    await run("drop schema S");
    assert.deepEqual(await run("select current_database() as D, current_schema() as S"), [{ D: "D", S: "PUBLIC" }]);
    await run("drop database D");
    assert.deepEqual(await run("select current_database() as D, current_schema() as S"), [{ D: null, S: null }]);
    await refused(
      "create table T (A number)",
      "090105",
      "Cannot perform CREATE TABLE. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
    );
  });

  it("OR REPLACE loses grants, COPY GRANTS keeps them", async () => {
    await run("create or replace role READER");
    for (const kind of ["table", "view"]) {
      const body = kind === "table" ? "(A number)" : "as select 1 as A";
      await run(`create ${kind} X_${kind} ${body}`);
      await run(`grant select on ${kind} X_${kind} to role READER`);
      const grants = () => rows(`show grants on ${kind} X_${kind}`, "privilege", "grantee_name");
      const clause = kind === "table" ? "(A number, B number) copy grants" : "copy grants as select 2 as A";
      await run(`create or replace ${kind} X_${kind} ${clause}`);
      assert.deepEqual(await grants(), ["OWNERSHIP ACCOUNTADMIN", "SELECT READER"]);
      await run(`create or replace ${kind} X_${kind} ${body}`);
      assert.deepEqual(await grants(), ["OWNERSHIP ACCOUNTADMIN"]);
    }
  });

  it("Columns change their type within Snowflake's limits", async () => {
    await run("create table T (N number(10, 2), V varchar(10), B binary(10))");
    await run("insert into T select 12345.67, 'abcdef', to_binary('00', 'HEX')");
    await run("alter table T alter V set data type varchar(20), N type number(20, 2)");
    await run("alter table T alter column N set data type number(7, 2)");
    await refused(
      "alter table T alter column N set data type number(6, 2)",
      "002108",
      "SQL compilation error: cannot change column N from type NUMBER(7,2) to NUMBER(6,2)\n",
    );
    await refused(
      "alter table T alter column N set data type number(20, 4)",
      "040052",
      "SQL compilation error: cannot change column N from type NUMBER(7,2) to NUMBER(20,4) because changing the scale of a number is not supported.\n",
    );
    await refused(
      "alter table T alter column V set data type varchar(10)",
      "040050",
      "SQL compilation error: cannot change column V from type VARCHAR(20) to VARCHAR(10) because reducing the byte-length of a varchar is not supported.\n",
    );
    await refused(
      "alter table T alter column V set data type number",
      "002108",
      "SQL compilation error: cannot change column V from type VARCHAR(20) to NUMBER(38,0)\n",
    );
    await refused(
      "alter table T alter column B set data type binary(20)",
      "002108",
      "SQL compilation error: cannot change column B from type BINARY(10) to BINARY(20)\n",
    );
    assert.deepEqual(await rows("describe table T", "name", "type"), [
      "N NUMBER(7,2)",
      "V VARCHAR(20)",
      "B BINARY(10)",
    ]);
  });

  it("Comments are set by COMMENT ON and by SET, and taken back", async () => {
    await run("create table T (A number comment 'inline')");
    await run("comment on table T is 'it''s'");
    await run("comment on column T.A is 'a column'");
    assert.deepEqual(await rows("show tables", "comment"), ["it's"]);
    assert.deepEqual(await rows("describe table T", "comment"), ["a column"]);
    await run("alter table T unset comment");
    await run("alter table T alter A unset comment");
    assert.deepEqual(await rows("show tables", "comment"), [""]);
    assert.deepEqual(await rows("describe table T", "comment"), ["null"]);
    assert.equal(await status("comment if exists on table NOWHERE is 'x'"), "Statement executed successfully.");
  });

  it("COMMENT IF EXISTS is silent about a column and a table that are not there", async () => {
    await run("create table T (A number)");
    await run("comment if exists on column T.NOWHERE is 'x'");
    await run("comment if exists on column NOWHERE.A is 'x'");
    await run("comment if exists on column T.A is 'x'");
    assert.deepEqual(await rows("describe table T", "comment"), ["x"]);
    await refused(
      "comment on column T.NOWHERE is 'x'",
      "000904",
      "SQL compilation error:\ninvalid identifier 'NOWHERE'",
    );
  });

  it("DESCRIBE TABLE is of its columns or of its stage, and of nothing else", async () => {
    await run("create table T (A number)");
    assert.deepEqual(await rows("describe table T type = columns", "name"), ["A"]);
    assert.equal((await rows("describe table T type = 'stage'", "property"))[0], "TYPE");
    const message = "SQL compilation error:\ninvalid value [foo] for parameter 'TYPE'";
    await refused("describe table T type = foo", "001008", message);
    await refused("describe view NOWHERE type = foo", "001008", message);
  });

  it("of a kind that cannot be made here there is nothing to drop", async () => {
    await run("create view V as select 1 as A");
    const inSchemas = ["external table", "iceberg table", "event table", "git repository"];
    const more = ["notebook", "model", "service", "semantic view", "contact", "session policy", "projection policy"];
    for (const kind of [...inSchemas, ...more]) {
      const gone = "Drop statement executed successfully (NOWHERE already dropped).";
      assert.equal(await status(`drop ${kind} if exists NOWHERE`), gone, kind);
      const title = kind.charAt(0).toUpperCase() + kind.slice(1);
      const missing = (name: string) => `SQL compilation error:\n${name} does not exist or not authorized.`;
      await assert.rejects(run(`drop ${kind} NOWHERE`), { message: missing(`${title} 'D.S.NOWHERE'`) });
      await refused(`drop ${kind} if exists NOSCHEMA.X`, "002003", missing("Schema 'D.NOSCHEMA'"));
    }
    for (const kind of ["compute pool", "external volume", "application package", "failover group"]) {
      await run(`drop ${kind} if exists NOWHERE`);
    }
    await refused(
      "drop materialized view if exists V",
      "002203",
      "SQL compilation error: Object found is of type 'VIEW', not specified type 'MATERIALIZED_VIEW'.",
    );
  });
});
