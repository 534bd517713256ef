import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, query, startServer } from "../support";

describe("what the system keeps about objects", () => {
  let server: LocalServer;
  let connection: Connection;

  const run = async (...statements: string[]) => {
    for (const sql of statements) await query(connection, sql);
  };
  const value = async (sql: string) => Object.values((await query(connection, sql))[0] ?? {})[0];
  const columns = async (sql: string) =>
    (await execute(connection, sql)).statement.getColumns()?.map((column) => column.getName()) ?? [];
  const refused = (sql: string, code: string, message: string | RegExp) =>
    assert.rejects(query(connection, sql), { code, message });

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    await run("create database D", "create schema D.S", "create table T (ID int, N varchar)");
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  describe("INFORMATION_SCHEMA as the current schema", () => {
    before(() => run("use schema D.INFORMATION_SCHEMA"));

    after(() => run("use schema D.S"));

    it("makes its views reachable by their own names", async () => {
      assert.equal(await value("select current_schema()"), "INFORMATION_SCHEMA");
      assert.equal(await value("select count(*) from TABLES where TABLE_NAME = 'T'"), 1);
      assert.equal(await value("select count(*) from INFORMATION_SCHEMA.COLUMNS where TABLE_NAME = 'T'"), 2);
      assert.equal((await query(connection, "describe view SCHEMATA"))[0]?.["name"], "CATALOG_NAME");
      await refused("select * from T", "002003", /Object 'T' does not exist or not authorized/);
      await refused(
        "select * from MODEL_VERSIONS",
        "000002",
        "Unsupported feature 'view INFORMATION_SCHEMA.MODEL_VERSIONS'.",
      );
    });

    it("is described by its views, which no moment made", async () => {
      const rows = await query(connection, "describe schema D.INFORMATION_SCHEMA");
      const tables = rows.find(({ name }) => name === "TABLES");
      assert.deepEqual([tables?.["kind"], Number(tables?.["created_on"])], ["VIEW", 0]);
      assert.equal(rows.length, (await query(connection, "show views in schema D.INFORMATION_SCHEMA")).length);
    });

    it("takes no objects and stays as it is", async () => {
      const denied = /^SQL access control error:\nInsufficient privileges to operate on schema 'INFORMATION_SCHEMA'/;
      await refused("create table X (A int)", "003001", denied);
      await refused("drop schema D.INFORMATION_SCHEMA", "003001", denied);
      await refused("alter schema D.INFORMATION_SCHEMA rename to D.OTHER", "003001", denied);
      await refused(
        "create schema D.INFORMATION_SCHEMA",
        "002002",
        "SQL compilation error:\nObject 'D.INFORMATION_SCHEMA' already exists.",
      );
    });
  });

  it("a clone of a database has an INFORMATION_SCHEMA of its own, and a dropped one has none", async () => {
    await run("create database CLONED clone D", "use schema CLONED.INFORMATION_SCHEMA");
    assert.equal(await value("select max(TABLE_CATALOG) from TABLES"), "CLONED");
    await run("drop database CLONED");
    assert.equal(await value("select current_schema()"), null);
    await run("use schema D.S");
  });

  describe("SYSTEM$GET_TAG", () => {
    before(() =>
      run(
        "create tag COST allowed_values 'low', 'high'",
        "create tag OTHER",
        "alter schema D.S set tag COST = 'low'",
        "alter table T modify column N set tag COST = 'high'",
        "alter warehouse COMPUTE_WH set tag COST = 'low'",
        "create view TAGGED as select N from T",
        "alter table TAGGED set tag COST = 'high'",
        "create function F(A number) returns number as 'A'",
        "create function F(A varchar) returns number as '1'",
        "alter function F(varchar) set tag COST = 'high'",
        "create masking policy M as (V varchar) returns varchar -> V",
        "alter masking policy M set tag COST = 'high'",
      ),
    );

    it("gives the nearest value, NULL when there is none", async () => {
      for (const [name, domain, expected] of [
        ["D.S", "schema", "low"],
        ["T", "table", "low"],
        ["D.S.T.N", "column", "high"],
        ['T."ID"', "column", "low"],
        ["COMPUTE_WH", "warehouse", "low"],
        ["D", "database", null],
        ["TAGGED", "table", "high"],
        ["F(VARCHAR)", "function", "high"],
        ["M", "masking policy", "high"],
        ['"D"."S"."F"(NUMBER)', "function", "low"],
      ]) {
        assert.equal(await value(`select system$get_tag('D.S.COST', '${name}', '${domain}')`), expected, String(name));
      }
      assert.equal(await value("select system$get_tag('OTHER', 'T', 'table')"), null);
    });

    it("names what is missing", async () => {
      await refused("select system$get_tag('NO', 'T', 'table')", "002003", /Tag 'NO' does not exist or not authorized/);
      await refused("select system$get_tag('COST', 'X', 'table')", "002003", /Table 'X' does not exist or not/);
      await refused("select system$get_tag('COST', 'T.X', 'column')", "002003", /Column 'T.X' does not exist or not/);
      await refused(
        "select system$get_tag('COST', 'F(DATE)', 'function')",
        "002003",
        /Function 'D.S.F' does not exist/,
      );
      await refused(
        "select system$get_tag('COST', 'TAGGED', 'view')",
        "001015",
        /Invalid value VIEW for argument OBJECT_TYPE. Please use object type TABLE for all kinds of table-like objects/,
      );
      await refused("select system$get_tag('COST', 'T', 'thing')", "001008", /invalid value \[THING\] for parameter/);
    });

    it("is what TAG_REFERENCES lists, for columns too", async () => {
      const rows = await query(
        connection,
        "select TAG_VALUE, LEVEL, COLUMN_NAME from table(INFORMATION_SCHEMA.TAG_REFERENCES('D.S.T.N', 'COLUMN'))",
      );
      assert.deepEqual(rows, [{ TAG_VALUE: "high", LEVEL: "COLUMN", COLUMN_NAME: "N" }]);
    });
  });

  it("INFORMATION_SCHEMA has the views of what cannot be made, too, and says which it lacks", async () => {
    assert.equal((await columns("select * from INFORMATION_SCHEMA.PIPES")).at(-1), "PATTERN");
    assert.equal((await columns("select * from INFORMATION_SCHEMA.EXTERNAL_TABLES")).length, 13);
    assert.equal(await value("select count(*) from INFORMATION_SCHEMA.FIELDS where ORDINAL_POSITION > 0"), 0);
    await refused("select * from INFORMATION_SCHEMA.X", "002003", /Object 'INFORMATION_SCHEMA.X' does not exist/);
  });

  it("TABLE_STORAGE_METRICS has the bytes of live and dropped tables, for ACCOUNTADMIN alone", async () => {
    await run(
      "create table BIG as select seq4() as A, randstr(40, random()) as B from table(generator(rowcount => 100))",
      "create transient table GONE (A int)",
      "drop table GONE",
    );
    const rows = await query(
      connection,
      "select TABLE_NAME, IS_TRANSIENT, ACTIVE_BYTES > 0 as HAS, TABLE_DROPPED is not null as DROPPED from INFORMATION_SCHEMA.TABLE_STORAGE_METRICS where TABLE_NAME in ('BIG', 'GONE') order by 1",
    );
    assert.deepEqual(rows, [
      { TABLE_NAME: "BIG", IS_TRANSIENT: "NO", HAS: true, DROPPED: false },
      { TABLE_NAME: "GONE", IS_TRANSIENT: "YES", HAS: false, DROPPED: true },
    ]);
    await run("grant usage on database D to role SYSADMIN", "use role SYSADMIN", "use secondary roles none");
    assert.equal(await value("select count(*) from D.INFORMATION_SCHEMA.TABLE_STORAGE_METRICS"), 0);
    await run("use role ACCOUNTADMIN");
  });

  it("kinds of objects that cannot be made are listed with their own columns", async () => {
    assert.deepEqual(
      await columns("show event tables in account"),
      "created_on name database_name schema_name owner comment owner_role_type".split(" "),
    );
    assert.deepEqual(
      await columns("show masking policies like 'x%'"),
      "created_on name database_name schema_name kind owner comment options owner_role_type".split(" "),
    );
    assert.deepEqual(
      await columns("show terse external tables"),
      "created_on name kind database_name schema_name".split(" "),
    );
    assert.equal((await columns("show pipes")).at(-1), "is_snowflake_managed");
    assert.equal((await query(connection, "show regions"))[0]?.["snowflake_region"], "AWS_US_WEST_2");
    for (const [kind, last] of [
      ["git repositories in database D", "comment"],
      ["compute pools like 'x%'", "backup_instance_families"],
      ["notebooks in account", "code_warehouse"],
      ["semantic views in schema D.S", "extension"],
      ["dbt projects", "last_deployed_from"],
      ["image repositories in account", "privatelink_repository_url"],
      ["models", "aliases"],
    ] as const) {
      assert.deepEqual(await query(connection, `show ${kind}`), []);
      assert.equal((await columns(`show ${kind}`)).at(-1), last);
    }
    await refused("show services", "000002", "Unsupported feature 'SHOW SERVICES'.");
  });
});
