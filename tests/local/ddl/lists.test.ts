import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Lists of objects", () => {
  const { run, refused, rows } = freshSchema();

  it("The views of INFORMATION_SCHEMA are listed in it, and nowhere else", async () => {
    await run("create view V as select 1 as A");
    const views = await rows("show views in schema information_schema", "name", "schema_name", "owner");
    assert.ok(views.includes("COLUMNS INFORMATION_SCHEMA "));
    assert.deepEqual(
      await rows("show terse objects like 'TABLE_CONSTR%' in D.information_schema", "name", "kind", "database_name"),
      ["TABLE_CONSTRAINTS VIEW D"],
    );
    assert.deepEqual(await rows("show views in database D", "name"), ["V"]);
  });

  it("The roles of a database that is not there are asked for in vain, and the database is named", () =>
    refused(
      "show database roles in database NOWHERE",
      "002003",
      "SQL compilation error:\nDatabase 'NOWHERE' does not exist or not authorized.",
    ));

  it("Lists take LIKE, STARTS WITH, LIMIT … FROM, a scope and TERSE", async () => {
    for (const name of ["ALPHA", "ALBUM", "BETA", '"alien"']) await run(`create table ${name} (A number)`);
    const names = (sql: string) => rows(sql, "name");
    assert.deepEqual(await names("show tables like 'al%'"), ["ALBUM", "ALPHA", "alien"]);
    assert.deepEqual(await names("show tables starts with 'AL'"), ["ALBUM", "ALPHA"]);
    await run('create table "a-b.c/d+(e)$" (A number)');
    assert.deepEqual(await names("show tables like 'A-B.C/D+(E)$'"), ["a-b.c/d+(e)$"]);
    await run('drop table "a-b.c/d+(e)$"');
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

  it("of a scope that does not exist some kinds say its name, and lists that are always empty say so, too", async () => {
    const unnamed = "SQL compilation error:\nObject does not exist, or operation cannot be performed.";
    for (const kind of [
      "tables",
      "dynamic tables",
      "views",
      "stages",
      "file formats",
      "network rules",
      "event tables",
    ]) {
      await refused(`show ${kind} in schema D.NOWHERE`, "002043", unnamed);
      await refused(`show ${kind} in database NOWHERE`, "002043", unnamed);
    }
    for (const kind of ["sequences", "streams", "tasks", "tags", "alerts", "procedures", "user functions", "pipes"]) {
      const missing = (what: string) => `SQL compilation error:\n${what} does not exist or not authorized.`;
      await refused(`show ${kind} in schema D.NOWHERE`, "002003", missing("Schema 'D.NOWHERE'"));
      await refused(`show ${kind} in schema NOWHERE.S`, "002003", missing("Database 'NOWHERE'"));
      await refused(`show ${kind} in database NOWHERE`, "002003", missing("Database 'NOWHERE'"));
    }
    for (const kind of ["pipes", "network rules"]) assert.deepEqual(await run(`show ${kind} in schema D.S`), []);
  });

  it("Lists of more than 10 000 rows want a LIMIT; sizes follow every change", async () => {
    const columns = Array.from({ length: 2600 }, (_, i) => `C${i} number`).join();
    await run(`create table WIDE (${columns})`);
    for (const name of ["WIDE2", "WIDE3", "WIDE4"]) await run(`create table ${name} like WIDE`);
    await refused(
      "show columns in schema D.S",
      "090153",
      "The result set size exceeded the max number of rows(10000) supported for SHOW statements. Use LIMIT option to limit result set to a smaller number.",
    );
    await run("drop table WIDE4");
    assert.equal((await run("show columns in schema D.S")).length, 7800);
    await run("create table SIZED (A varchar)");
    const size = () => rows("show tables like 'SIZED'", "rows", "bytes");
    assert.deepEqual(await size(), ["0 0"]);
    await run("insert into SIZED values ('four'), ('two')");
    assert.deepEqual(await size(), ["2 7"]);
    await run("update SIZED set A = 'eleven' where A = 'two'");
    assert.deepEqual(await size(), ["2 10"]);
    await run("delete from SIZED where A = 'four'");
    assert.deepEqual(await size(), ["1 6"]);
    await run("truncate table SIZED");
    assert.deepEqual(await size(), ["0 0"]);
    assert.deepEqual(await rows("show terse views", "name", "kind"), []);
    await run("create view SEEN as select A from SIZED");
    assert.deepEqual(await rows("show terse views", "name", "kind"), ["SEEN VIEW"]);
    await refused("show roles in service X", "000002", "Unsupported feature 'SHOW ROLES IN SERVICE'.");
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
