import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("Objects are made, changed, dropped and listed", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;

  before(async () => {
    server = await startServer();
    connection = await connect(server);
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  beforeEach(async () => {
    for (const sql of [
      "create or replace database D",
      "create schema D.S",
      "use schema D.S",
      "use warehouse COMPUTE_WH",
    ])
      await run(sql);
  });

  const run = (sql: string) => query(connection, sql);
  const status = async (sql: string) => (await run(sql))[0]?.["status"];
  const refused = (sql: string, code: string, message: string) =>
    assert.rejects(run(sql), (error: Error & { code?: unknown }) => {
      assert.equal(error.message, message);
      assert.equal(error.code, code);
      return true;
    });
  const rows = async (sql: string, ...columns: string[]) =>
    (await run(sql)).map((row) => columns.map((column) => String(row[column])).join(" "));

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

  it("Names that are missing are printed as written", async () => {
    const missing = (kind: string, name: string): [string, string] => [
      "002003",
      `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`,
    ];
    await refused("select * from NOWHERE", ...missing("Object", "NOWHERE"));
    await refused("select * from S.NOWHERE", ...missing("Object", "S.NOWHERE"));
    await refused("select * from D.S.NOWHERE", ...missing("Object", "D.S.NOWHERE"));
    await refused('select * from "nowhere"', ...missing("Object", '"nowhere"'));
    await refused("drop table NOWHERE", ...missing("Table", "NOWHERE"));
    await refused("alter view NOWHERE set comment = 'x'", ...missing("View", "NOWHERE"));
    await refused("drop file format NOWHERE", ...missing("File format", "NOWHERE"));
    await refused("drop task NOWHERE", ...missing("Task", "D.S.NOWHERE"));
    await refused("drop schema NOWHERE", ...missing("Schema", "D.NOWHERE"));
    await refused(
      "use schema NOWHERE",
      "002043",
      "SQL compilation error:\nObject does not exist, or operation cannot be performed.",
    );
  });

  it("A relation of another kind is neither dropped nor replaced", async () => {
    await run("create table T (A number)");
    await run("create view V as select 1 as A");
    await refused(
      "drop view T",
      "002203",
      "SQL compilation error:\nObject found is of type 'TABLE', not specified type 'VIEW'.",
    );
    await refused(
      "drop table if exists V",
      "002203",
      "SQL compilation error:\nObject found is of type 'VIEW', not specified type 'TABLE'.",
    );
    await refused(
      "create or replace view T as select 1 as A",
      "001998",
      "SQL compilation error:\nObject 'D.S.T' already exists as TABLE",
    );
    await refused("create view T as select 1 as A", "002002", "SQL compilation error:\nObject 'T' already exists.");
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

  it("A session loses the database or schema that it drops", async () => {
    await run("drop schema S");
    assert.deepEqual(await run("select current_database() as D, current_schema() as S"), [{ D: "D", S: null }]);
    await run("drop database D");
    assert.deepEqual(await run("select current_database() as D, current_schema() as S"), [{ D: null, S: null }]);
    await refused(
      "create table T (A number)",
      "090105",
      "Cannot perform CREATE TABLE. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
    );
  });

  it("RENAME and SWAP change names, rows and grants stay", async () => {
    await run("create table ONE (A number)");
    await run("insert into ONE values (1)");
    await run("create table TWO (B number)");
    await run("create or replace role READER");
    await run("grant select on table ONE to role READER");
    await run("alter table ONE swap with TWO");
    assert.deepEqual(await run("select * from TWO"), [{ A: 1 }]);
    assert.deepEqual(await rows("show grants on table TWO", "privilege", "grantee_name"), [
      "OWNERSHIP ACCOUNTADMIN",
      "SELECT READER",
    ]);
    await refused("alter table ONE rename to TWO", "002002", "SQL compilation error:\nObject 'TWO' already exists.");
    await run("create schema ELSEWHERE");
    await run("alter table D.S.TWO rename to D.ELSEWHERE.MOVED");
    assert.deepEqual(await run("select * from D.ELSEWHERE.MOVED"), [{ A: 1 }]);
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
      "SQL compilation error:\ncannot change column N from type NUMBER(7,2) to NUMBER(6,2)",
    );
    await refused(
      "alter table T alter column N set data type number(20, 4)",
      "002108",
      "SQL compilation error:\ncannot change column N from type NUMBER(7,2) to NUMBER(20,4)",
    );
    await refused(
      "alter table T alter column V set data type varchar(10)",
      "040050",
      "SQL compilation error:\ncannot change column V from type VARCHAR(20) to VARCHAR(10) because reducing the byte-length of varchar is not supported.",
    );
    await refused(
      "alter table T alter column V set data type number",
      "002108",
      "SQL compilation error:\ncannot change column V from type VARCHAR(20) to NUMBER(38,0)",
    );
    await refused(
      "alter table T alter column B set data type binary(20)",
      "002108",
      "SQL compilation error:\ncannot change column B from type BINARY(10) to BINARY(20)",
    );
    assert.deepEqual(await rows("describe table T", "name", "type"), [
      "N NUMBER(7,2)",
      "V VARCHAR(20)",
      "B BINARY(10)",
    ]);
  });

  it("Lists take LIKE, STARTS WITH, LIMIT … FROM, a scope and TERSE", async () => {
    for (const name of ["ALPHA", "ALBUM", "BETA", '"alien"']) await run(`create table ${name} (A number)`);
    const names = (sql: string) => rows(sql, "name");
    assert.deepEqual(await names("show tables like 'al%'"), ["ALBUM", "ALPHA", "alien"]);
    assert.deepEqual(await names("show tables starts with 'AL'"), ["ALBUM", "ALPHA"]);
    assert.deepEqual(await names("show tables limit 2"), ["ALBUM", "ALPHA"]);
    assert.deepEqual(await names("show tables limit 1 from 'ALBUM'"), ["ALPHA"]);
    assert.deepEqual(await names("show tables like '%A' in schema D.S limit 1 from 'ALPHA'"), ["BETA"]);
    assert.deepEqual(await names("show tables in schema D.PUBLIC"), []);
    assert.equal((await names("show tables in database D")).length, 4);
    for (const sql of [
      "show terse tables",
      "show terse schemas",
      "show terse databases",
      "show terse views in account",
    ]) {
      const [first] = await run(sql);
      if (first) {
        assert.deepEqual(Object.keys(first), ["created_on", "name", "kind", "database_name", "schema_name"], sql);
      }
    }
    await refused(
      "show tables in schema D.NOWHERE",
      "002043",
      "SQL compilation error:\nObject does not exist, or operation cannot be performed.",
    );
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

  it("Tags take allowed values only, and show where they are set", async () => {
    await run("create tag TG allowed_values 'low', 'high'");
    await run("create table T (A number) with tag (TG = 'low')");
    await refused(
      "alter table T set tag TG = 'other'",
      "003559",
      "SQL compilation error:\nTag value 'other' is not an allowed value of tag 'TG'.",
    );
    await run("alter tag TG add allowed_values 'other', 'more'");
    await run("alter table T set tag TG = 'other'");
    await run("alter table T alter column A set tag TG = 'high'");
    await run("alter tag TG drop allowed_values 'more'");
    assert.deepEqual(await rows("show tags", "name", "allowed_values"), ['TG ["low","high","other"]']);
    const references = "select * from table(D.information_schema.tag_references('T', 'table'))";
    assert.deepEqual(await rows(references, "TAG_NAME", "TAG_VALUE", "LEVEL"), ["TG other TABLE"]);
    await run("alter table T unset tag TG");
    assert.deepEqual(await run(references), []);
  });

  it("INFORMATION_SCHEMA shows foreign keys, describes its views and names what it lacks", async () => {
    await run("create table P (ID number constraint PK primary key, U number constraint UK unique)");
    await run(
      "create table C (ID number constraint FK1 references P (ID), U number, constraint FK2 foreign key (U) references P (U))",
    );
    assert.deepEqual(
      await rows(
        "select * from information_schema.referential_constraints order by constraint_name",
        "CONSTRAINT_NAME",
        "UNIQUE_CONSTRAINT_NAME",
        "DELETE_RULE",
      ),
      ["FK1 PK NO ACTION", "FK2 UK NO ACTION"],
    );
    const described = await rows("describe view D.information_schema.schemata", "name", "type");
    assert.deepEqual(described.slice(0, 2), ["CATALOG_NAME VARCHAR(16777216)", "SCHEMA_NAME VARCHAR(16777216)"]);
    await refused(
      "select * from table(information_schema.login_history())",
      "000002",
      "Unsupported feature 'table function INFORMATION_SCHEMA.LOGIN_HISTORY'.",
    );
  });
});
