import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Names of objects and columns", () => {
  const { run, refused, rows } = freshSchema();

  it("Names that are missing are printed as written", async () => {
    const missing = (kind: string, name: string): [string, string] => [
      "002003",
      `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`,
    ];
    await refused("select * from NOWHERE", ...missing("Object", "NOWHERE"));
    await refused("select * from S.NOWHERE", ...missing("Object", "S.NOWHERE"));
    await refused("select * from D.S.NOWHERE", ...missing("Object", "D.S.NOWHERE"));
    await refused('select * from "nowhere"', ...missing("Object", '"nowhere"'));
    await refused("drop table NOWHERE", ...missing("Table", "D.S.NOWHERE"));
    await refused("describe table NOWHERE", ...missing("Table", "NOWHERE"));
    await refused("drop sequence NOWHERE", ...missing("Sequence", "D.S.NOWHERE"));
    await refused("drop procedure NOWHERE(number)", ...missing("Procedure", "D.S.NOWHERE"));
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

  it("Columns that are missing are printed as they must be written", async () => {
    await run("create table T (A number)");
    const missing = (name: string, place = ""): [string, string] => [
      "000904",
      `SQL compilation error:${place}\ninvalid identifier '${name}'`,
    ];
    await refused('insert into T ("a") values (1)', ...missing('"a"', " error line 1 at position 15"));
    await refused("insert into T (B) values (1)", ...missing("B", " error line 1 at position 15"));
    await refused('update T set "x y" = 1', ...missing('"x y"', " error line 1 at position 13"));
    await refused('alter table T drop column "a"', "000904", "SQL compilation error:\ncolumn '\"a\"' does not exist");
    await refused(
      'alter table T rename column "a" to B',
      "002003",
      `SQL compilation error:\nObject '"a"' does not exist or not authorized.`,
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

  it("A stream and a table cannot come to share a name by RENAME or UNDROP either; a view has no stream", async () => {
    await run("create table A (X number)");
    await run("create table B (X number)");
    await run("create stream S1 on table A");
    await run("create view SEEN_ONLY as select X from A");
    for (const rows of ["", "show_initial_rows = true"]) {
      const sql = `create stream OF_VIEW on view SEEN_ONLY ${rows}`;
      await refused(sql, "000002", "Unsupported feature 'CREATE STREAM ON VIEW'.");
    }
    await refused("alter table B rename to S1", "002002", "SQL compilation error:\nObject 'S1' already exists.");
    await run("drop table B");
    await run("create stream B on table A");
    await refused("undrop table B", "002002", "SQL compilation error:\nObject 'B' already exists.");
  });

  it("Names have 255 characters at most", async () => {
    const longest = "A".repeat(255);
    const tooLong = (create: string) =>
      refused(
        create,
        "001003",
        `SQL compilation error:\nIdentifier '${"A".repeat(40)}…' has 256 characters; an identifier has 255 at most.`,
      );
    await run(`create table ${longest} (${longest} number)`);
    assert.deepEqual(await rows(`show columns in table ${longest}`, "column_name"), [longest]);
    for (const sql of [
      `create table ${longest}A (B number)`,
      `create table B (${longest}A number)`,
      `alter table ${longest} add column ${longest}A number`,
      `alter table ${longest} rename to ${longest}A`,
      `create role "${longest}A"`,
      `create schema ${longest}A`,
    ]) {
      await tooLong(sql);
    }
  });
});
