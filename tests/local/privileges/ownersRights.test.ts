import assert from "node:assert/strict";
import { doesNotExist, Roles } from "./support";

describe("Views and procedures run in their owner's name", () => {
  let roles: Roles;

  before(async () => {
    roles = await Roles.start([
      "create database D",
      "create schema D.S",
      "create table D.S.T (a number)",
      "insert into D.S.T values (1), (2)",
      "create role OWNER_",
      "create role USER_",
      "grant role OWNER_ to user WORKER",
      "grant role USER_ to user WORKER",
      "grant usage on database D to role OWNER_",
      "grant usage on schema D.S to role OWNER_",
      "grant create view, create procedure, create table on schema D.S to role OWNER_",
      "grant select, insert on table D.S.T to role OWNER_",
      "grant usage on database D to role USER_",
      "grant usage on schema D.S to role USER_",
      "grant usage on warehouse COMPUTE_WH to role PUBLIC",
    ]);
    await roles.run(
      "OWNER_",
      "create view D.S.V as select a from D.S.T",
      "create procedure D.S.AS_OWNER() returns number language sql execute as owner as 'begin insert into D.S.T values (9); return (select count(*) from D.S.T); end'",
      "create procedure D.S.AS_CALLER() returns number language sql execute as caller as 'begin return (select count(*) from D.S.T); end'",
      "create procedure D.S.WHO() returns varchar language sql execute as owner as 'begin return current_role(); end'",
      "create procedure D.S.DROPS() returns varchar language sql execute as owner as 'begin drop table D.S.T; return 1; end'",
      "create procedure D.S.USES() returns varchar language sql execute as owner as 'begin use role USER_; return 1; end'",
      "grant select on view D.S.V to role USER_",
      "grant usage on all procedures in schema D.S to role USER_",
    );
  });

  after(() => roles.close());

  it("A view reads what its reader may not, as long as its owner may", async () => {
    await roles.refused("USER_", "select a from D.S.T", ...doesNotExist("Object", "D.S.T"));
    assert.equal((await roles.run("USER_", "select a from D.S.V")).length, 2);
    await roles.run("ACCOUNTADMIN", "revoke select, insert on table D.S.T from role OWNER_");
    await roles.refused(
      "USER_",
      "select a from D.S.V",
      "002037",
      "SQL compilation error:\nFailure during expansion of view 'V': SQL compilation error:\nObject 'D.S.T' does not exist or not authorized.",
    );
    await roles.run("ACCOUNTADMIN", "grant select, insert on table D.S.T to role OWNER_");
    assert.equal((await roles.run("USER_", "select a from D.S.V")).length, 2);
  });

  it("A view and a function tell of the role that reads, not of the owner whose rights they have", async () => {
    const told = "current_role() as C, invoker_role() as I, is_role_in_session('OWNER_') as A";
    await roles.run(
      "OWNER_",
      `create view D.S.TOLD as select ${told}, is_role_in_session(column1) as B from values ('USER_')`,
      "create view D.S.TOLD_TWICE as select * from D.S.TOLD",
      "grant select on view D.S.TOLD to role USER_",
      "grant select on view D.S.TOLD_TWICE to role USER_",
    );
    const read = { C: "USER_", I: "OWNER_", A: false, B: true };
    assert.deepEqual(await roles.run("USER_", "select * from D.S.TOLD"), [read]);
    assert.deepEqual(await roles.run("USER_", "select * from D.S.TOLD_TWICE"), [read]);
    assert.deepEqual(await roles.run("OWNER_", "select * from D.S.TOLD"), [
      { C: "OWNER_", I: "OWNER_", A: true, B: false },
    ]);
    assert.deepEqual(await roles.run("USER_", "select * from D.S.TOLD"), [read]);
  });

  it("A procedure with owner's rights does what its caller may not", async () => {
    await roles.refused("USER_", "insert into D.S.T values (9)", ...doesNotExist("Table", "D.S.T"));
    assert.deepEqual(await roles.run("USER_", "call D.S.AS_OWNER()"), [{ AS_OWNER: 3 }]);
    assert.deepEqual(await roles.run("USER_", "call D.S.WHO()"), [{ WHO: "OWNER_" }]);
    assert.deepEqual(await roles.run("USER_", "select current_role() as r"), [{ R: "USER_" }]);
  });

  it("A procedure with caller's rights may what its caller may", async () => {
    await assert.rejects(
      roles.run("USER_", "call D.S.AS_CALLER()"),
      /Object 'D.S.T' does not exist or not authorized\./,
    );
    await roles.run("ACCOUNTADMIN", "grant select on table D.S.T to role USER_");
    assert.deepEqual(await roles.run("USER_", "call D.S.AS_CALLER()"), [{ AS_CALLER: 3 }]);
    await roles.run("ACCOUNTADMIN", "revoke select on table D.S.T from role USER_");
  });

  it("What the owner lacks is said with the owner's name", async () => {
    await assert.rejects(
      roles.run("USER_", "call D.S.DROPS()"),
      /Insufficient privileges to operate on table 'T'\. This executable runs with owner's rights\. The owner role OWNER_ must have OWNERSHIP granted on TABLE D\.S\.T\./,
    );
  });

  it("Session commands are not for owner's rights", async () => {
    await assert.rejects(
      roles.run("USER_", "call D.S.USES()"),
      /Stored procedure execution error: Unsupported statement type 'USE'\./,
    );
  });

  it("Whoever may not use a procedure does not see it", async () => {
    await roles.run("ACCOUNTADMIN", "create role STRANGER", "grant role STRANGER to user WORKER");
    await roles.run(
      "ACCOUNTADMIN",
      "grant usage on database D to role STRANGER",
      "grant usage on schema D.S to role STRANGER",
    );
    await assert.rejects(roles.run("STRANGER", "call D.S.WHO()"), /D\.S\.WHO/);
    assert.deepEqual(await roles.run("STRANGER", "show procedures in schema D.S"), []);
    assert.deepEqual(await roles.run("STRANGER", "show tables in schema D.S"), []);
    await roles.refused("STRANGER", "describe procedure D.S.WHO()", ...doesNotExist("Procedure", "D.S.WHO"));
  });
});
