import assert from "node:assert/strict";
import { doesNotExist, Roles } from "./support";

describe("Roles pass on what they hold", () => {
  let roles: Roles;

  before(async () => {
    roles = await Roles.start([
      "create database D",
      "create schema D.S",
      "create table D.S.T (a number)",
      "insert into D.S.T values (1), (2)",
      "create role LOW",
      "create role MIDDLE",
      "create role TOP",
      "create role BESIDE",
      "grant role LOW to role MIDDLE",
      "grant role MIDDLE to role TOP",
      "grant role TOP to user WORKER",
      "grant role BESIDE to user WORKER",
      "grant usage on database D to role LOW",
      "grant usage on schema D.S to role LOW",
      "grant select on table D.S.T to role LOW",
      "grant usage on warehouse COMPUTE_WH to role PUBLIC",
    ]);
  });

  after(() => roles.close());

  const count = async (role: string) => (await roles.run(role, "select count(*) as n from D.S.T"))[0]?.["N"];

  it("upwards through any number of roles, and no longer once the chain is cut", async () => {
    assert.equal(await count("TOP"), 2);
    await roles.run("ACCOUNTADMIN", "revoke role LOW from role MIDDLE");
    await roles.refused("TOP", "select count(*) as n from D.S.T", ...doesNotExist("Database", "D"));
    await roles.run("ACCOUNTADMIN", "grant role LOW to role MIDDLE");
    assert.equal(await count("TOP"), 2);
  });

  it("to everyone from PUBLIC, which nobody needs to be granted", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create database P",
      "create table P.PUBLIC.T as select 7 as a",
      "grant usage on database P to role PUBLIC",
      "grant usage on schema P.PUBLIC to role PUBLIC",
      "grant select on table P.PUBLIC.T to role PUBLIC",
    );
    assert.deepEqual(await roles.run("BESIDE", "select a from P.PUBLIC.T"), [{ A: 7 }]);
    assert.equal(
      await roles.status("ACCOUNTADMIN", "grant role PUBLIC to role BESIDE"),
      "Granting role PUBLIC has no effect.  Every user and role has role PUBLIC implicitly granted.",
    );
  });

  it("as secondary roles, which authorise everything but CREATE", async () => {
    await roles.refused("BESIDE", "select count(*) as n from D.S.T", ...doesNotExist("Database", "D"));
    await roles.run("ACCOUNTADMIN", "grant create table on schema D.S to role LOW");
    await roles.run("BESIDE", "use secondary roles all");
    assert.equal(await count("BESIDE"), 2);
    await roles.refused(
      "BESIDE",
      "create table D.S.NEW (a number)",
      "003001",
      "SQL access control error:\nInsufficient privileges to operate on schema 'S'. Your primary role BESIDE must have CREATE TABLE granted on SCHEMA D.S.",
    );
    await roles.refused(
      "BESIDE",
      "drop table D.S.T",
      "003001",
      "SQL access control error:\nInsufficient privileges to operate on table 'T'. Your primary role BESIDE or one of your secondary roles must have OWNERSHIP granted on TABLE D.S.T.",
    );
    await roles.run("BESIDE", "use secondary roles TOP");
    assert.equal(await count("BESIDE"), 2);
    await roles.run("BESIDE", "use secondary roles none");
    await roles.refused("BESIDE", "select count(*) as n from D.S.T", ...doesNotExist("Database", "D"));
  });

  it("and what a user holds itself counts with all secondary roles only", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create database U",
      "create table U.PUBLIC.T as select 8 as a",
      "grant usage on database U to user WORKER",
      "grant usage on schema U.PUBLIC to user WORKER",
      "grant select on all tables in schema U.PUBLIC to user WORKER",
    );
    await roles.refused("BESIDE", "select a from U.PUBLIC.T", ...doesNotExist("Database", "U"));
    await roles.run("BESIDE", "use secondary roles all");
    assert.deepEqual(await roles.run("BESIDE", "select a from U.PUBLIC.T"), [{ A: 8 }]);
    await roles.run("BESIDE", "use secondary roles none");
    await roles.refused(
      "ACCOUNTADMIN",
      "grant create table on schema U.PUBLIC to user WORKER",
      "000002",
      "Unsupported feature 'GRANT CREATE TABLE TO USER'.",
    );
  });

  it("but never in a circle", async () => {
    await roles.refused(
      "ACCOUNTADMIN",
      "grant role TOP to role LOW",
      "003540",
      "SQL compilation error:\nGranting role 'TOP' to role 'LOW' would create a circle of roles.",
    );
  });

  it("A role must be the user's to be taken", async () => {
    await roles.run("ACCOUNTADMIN", "create role FOREIGN_ROLE");
    await roles.refused(
      "BESIDE",
      "use role FOREIGN_ROLE",
      "003013",
      "SQL access control error:\nRequested role 'FOREIGN_ROLE' is not assigned to the executing user.  Specify another role to activate.",
    );
    await roles.refused(
      "BESIDE",
      "use role NOWHERE",
      "002043",
      "SQL compilation error:\nObject does not exist, or operation cannot be performed.",
    );
    assert.equal(await roles.status("BESIDE", "use role LOW"), "Statement executed successfully.");
    assert.deepEqual(await roles.run("BESIDE", "select current_role() as r"), [{ R: "LOW" }]);
    await roles.run("BESIDE", "use role BESIDE");
  });

  it("What a dropped role owned goes to the role that dropped it", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create role GONE",
      "create table D.S.LEFT_BEHIND (a number)",
      "grant ownership on table D.S.LEFT_BEHIND to role GONE",
      "grant select on table D.S.T to role GONE",
      "drop role GONE",
    );
    assert.deepEqual(
      await roles.rows("ACCOUNTADMIN", "show grants on table D.S.LEFT_BEHIND", "privilege", "grantee_name"),
      ["OWNERSHIP ACCOUNTADMIN"],
    );
    assert.deepEqual(await roles.rows("ACCOUNTADMIN", "show grants on table D.S.T", "privilege", "grantee_name"), [
      "OWNERSHIP ACCOUNTADMIN",
      "SELECT LOW",
    ]);
  });

  it("System roles cannot be dropped or renamed", async () => {
    for (const sql of ["drop role SYSADMIN", "drop role PUBLIC", "alter role SECURITYADMIN rename to OTHER"]) {
      await assert.rejects(roles.run("ACCOUNTADMIN", sql), /Insufficient privileges to operate on role '/);
    }
  });
});
