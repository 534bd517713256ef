import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

/** Source: https://docs.snowflake.com/en/sql-reference/constraints-drop */
describe("Primary, unique and foreign keys", () => {
  const { run, refused, rows } = freshSchema();

  const foreign = () => rows("show imported keys in account", "fk_table_name", "fk_column_name", "pk_column_name");

  async function families() {
    await run("create table P (A int, B int, C int, primary key (A), unique (B, C))");
    await run("create table TO_A (X int references P (A), Y int)");
    await run("create table TO_BC (X int, Y int, foreign key (X, Y) references P (B, C))");
    assert.deepEqual(await foreign(), ["TO_A X A", "TO_BC X B", "TO_BC Y C"]);
  }

  it("foreign keys go with the key that they point to", async () => {
    await families();
    await run("alter table P drop primary key");
    assert.deepEqual(await foreign(), ["TO_BC X B", "TO_BC Y C"]);
    assert.match(
      String(await ddl("TO_A")),
      /^create or replace TABLE TO_A \(\s+X NUMBER\(38,0\),\s+Y NUMBER\(38,0\)\s+\);$/,
    );
    await run("alter table P drop unique (B, C) cascade");
    assert.deepEqual(await foreign(), []);
  });

  it("RESTRICT keeps a key that is pointed to, and a table, a schema or a database that has one", async () => {
    await families();
    await run("create schema D.OTHER");
    await run("use schema D.S");
    await run("create table D.OTHER.FAR (X int references P (A))");
    const message = (what: string) => `Cannot drop the ${what} because of dependencies`;
    await refused("alter table P drop primary key restrict", "003011", message("constraint"));
    await refused("drop table P restrict", "003011", message("table"));
    await refused("drop schema D.S restrict", "003011", message("schema"));
    await run("drop table TO_A restrict");
    await run("drop table D.OTHER.FAR restrict");
    await run("alter table P drop primary key restrict");
    await run("drop schema D.S restrict");
  });

  it("with a column go the keys it is in, whole, and what points to them", async () => {
    await families();
    await run("alter table P drop column C");
    assert.deepEqual(await foreign(), ["TO_A X A"]);
    assert.deepEqual(await rows("describe table P", "name", "primary key", "unique key"), ["A Y N", "B N N"]);
    assert.deepEqual(await rows("show unique keys in table P", "column_name"), []);
    await run("create table PAIR (A int, B int, C int, primary key (A, B))");
    await run("alter table PAIR drop column B");
    assert.deepEqual(await rows("describe table PAIR", "name", "primary key", "null?"), ["A N N", "C N Y"]);
    await run("alter table PAIR add primary key (C)");
  });

  it("foreign keys go with the table that they point to, and are not there again with it", async () => {
    await families();
    await run("drop table P");
    assert.deepEqual(await foreign(), []);
    await run("undrop table P");
    assert.deepEqual(await foreign(), []);
    assert.deepEqual(await rows("show primary keys in table P", "column_name"), ["A"]);
    await run("create table TO_AGAIN (X int references P (A))");
    await run("create or replace table P (A int primary key)");
    assert.deepEqual(await foreign(), []);
  });

  it("foreign keys from other schemas go with a schema, a table's own with itself", async () => {
    await families();
    await run("create schema D.OTHER");
    await run("create table D.OTHER.FAR (X int references D.S.P (A))");
    await run("create table D.OTHER.TREE (ID int primary key, UP int references D.OTHER.TREE (ID))");
    await run("drop schema D.S");
    assert.deepEqual(await foreign(), ["TREE UP ID"]);
    await run("alter table D.OTHER.TREE drop primary key");
    assert.deepEqual(await foreign(), []);
  });

  it("CREATE OR ALTER TABLE drops keys like any other", async () => {
    await families();
    await run("create or alter table P (A int primary key, B int)");
    assert.deepEqual(await foreign(), ["TO_A X A"]);
    await run("create or alter table P (A int, B int)");
    assert.deepEqual(await foreign(), []);
  });

  const ddl = async (table: string) => Object.values((await run(`select get_ddl('table', '${table}')`))[0] ?? {})[0];
});
