import assert from "node:assert/strict";
import { Roles } from "./support";

const NAMED = "current_role() in ('HR')";

describe("Masking and row access policies in force", () => {
  let roles: Roles;

  before(async () => {
    roles = await Roles.start([
      "create database D",
      "create schema D.S",
      "use schema D.S",
      "create table EMPLOYEES (id number, name varchar, salary number(10, 2), department varchar)",
      "insert into EMPLOYEES values (1, 'Alice', 800.5, 'HR'), (2, 'Bob', 900, 'IT'), (3, 'Carol', 750, 'HR')",
      "create table MAPPING (role_name varchar, department varchar)",
      "insert into MAPPING values ('HR', 'HR'), ('DESK', 'IT')",
      ...["HR", "DESK", "STEWARD"].flatMap((role) => [
        `create role ${role}`,
        `grant role ${role} to user WORKER`,
        `grant usage on database D to role ${role}`,
        `grant usage on schema D.S to role ${role}`,
      ]),
      "grant usage on warehouse COMPUTE_WH to role PUBLIC",
      "grant select, update, delete on table EMPLOYEES to role HR",
      "grant select, update, delete on table EMPLOYEES to role DESK",
      `create masking policy HIDE as (v varchar) returns varchar -> iff(${NAMED}, v, '***')`,
      `create masking policy LEAST as (v number) returns number -> iff(${NAMED}, v, 0.129)`,
      "create row access policy OWN as (d varchar) returns boolean -> exists (select 1 from MAPPING where role_name = current_role() and department = d)",
      "alter table EMPLOYEES modify column name set masking policy HIDE, column salary set masking policy LEAST",
      "alter table EMPLOYEES add row access policy OWN on (department)",
    ]);
  });

  after(() => roles.close());

  const seen = (role: string, from = "D.S.EMPLOYEES") =>
    roles.rows(role, `select id, name, salary from ${from} order by id`, "ID", "NAME", "SALARY");

  it("show each role its rows and values, by a table that it may not read, and spare no administrator", async () => {
    assert.deepEqual(await seen("HR"), ["1 Alice 800.5", "3 Carol 750"]);
    assert.deepEqual(await seen("DESK"), ["2 *** 0.12"]);
    assert.deepEqual(await seen("ACCOUNTADMIN"), []);
  });

  it("hold wherever the column stands", async () => {
    assert.deepEqual(
      await roles.run("DESK", "select upper(e.name) || '!' as n, count(*) as c from D.S.EMPLOYEES e group by e.name"),
      [{ N: "***!", C: 1 }],
    );
    assert.deepEqual(await roles.run("DESK", "select id from D.S.EMPLOYEES where name = 'Bob'"), []);
    assert.deepEqual(await roles.run("DESK", "select id from D.S.EMPLOYEES where name = '***'"), [{ ID: 2 }]);
  });

  it("let UPDATE and DELETE reach the rows that the role sees, and no others", async () => {
    assert.deepEqual(await roles.run("DESK", "update D.S.EMPLOYEES set id = id + 10"), [
      { "number of rows updated": 1, "number of multi-joined rows updated": 0 },
    ]);
    assert.deepEqual(await roles.run("DESK", "delete from D.S.EMPLOYEES where id = 1"), [
      { "number of rows deleted": 0 },
    ]);
    await roles.run("DESK", "update D.S.EMPLOYEES set id = 2");
    assert.deepEqual(await seen("HR"), ["1 Alice 800.5", "3 Carol 750"]);
  });

  it("tell in a view of the role that reads and of the owner whose rights it has", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create table D.S.WHO (w varchar, i varchar, d varchar)",
      "insert into D.S.WHO values ('x', 'x', 'x')",
      "create masking policy D.S.READER as (v varchar) returns varchar -> current_role()",
      "create masking policy D.S.INVOKER as (v varchar) returns varchar -> invoker_role()",
      "create database E",
      "create schema E.P",
      "create masking policy E.P.PLACE as (v varchar) returns varchar -> current_database() || '.' || current_schema()",
      "alter table D.S.WHO modify column w set masking policy D.S.READER, column i set masking policy D.S.INVOKER, column d set masking policy E.P.PLACE",
      "create view D.S.V as select * from D.S.WHO",
      "grant select on table D.S.WHO to role DESK",
      "grant select on view D.S.V to role DESK",
    );
    assert.deepEqual(await roles.run("DESK", "select * from D.S.WHO"), [{ W: "DESK", I: "DESK", D: "D.S" }]);
    assert.deepEqual(await roles.run("DESK", "select * from D.S.V"), [{ W: "DESK", I: "ACCOUNTADMIN", D: "D.S" }]);
  });

  it("are attached by whoever may apply them, and by no owner of a table who may not", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create table D.S.T (a varchar)",
      "create masking policy D.S.STARS as (v varchar) returns varchar -> '*'",
      "grant select on table D.S.T to role STEWARD",
    );
    const set = "alter table D.S.T modify column a set masking policy D.S.STARS";
    await assert.rejects(roles.run("STEWARD", set), /Insufficient privileges to operate on table 'T'/);
    await roles.run("ACCOUNTADMIN", "grant apply masking policy on account to role STEWARD");
    await roles.run("STEWARD", set);
    await roles.run("ACCOUNTADMIN", "grant ownership on table D.S.T to role DESK revoke current grants");
    await assert.rejects(
      roles.run("DESK", "alter table D.S.T modify column a unset masking policy"),
      /Insufficient privileges to operate on masking_policy 'STARS'\. Your primary role DESK must have APPLY granted on MASKING POLICY D\.S\.STARS\./,
    );
  });
});
