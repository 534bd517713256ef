import assert from "node:assert/strict";
import { insufficient, type Roles } from "./support";
import { grantsOn, startThreeRoles } from "./threeRoles";

describe("What is granted on which kind of object", () => {
  let roles: Roles;

  before(async () => {
    roles = await startThreeRoles();
  });

  after(() => roles.close());

  it("Tables and views answer to either word, and take no USAGE", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create table D.S.RT (a number)",
      "create view D.S.RV as select a from D.S.RT",
      "grant select on view D.S.RT to role A",
      "grant update on table D.S.RV to role A",
    );
    assert.deepEqual(await grantsOn(roles, "view D.S.RT"), [
      "SELECT TABLE A false ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
    ]);
    assert.deepEqual(await grantsOn(roles, "table D.S.RV"), [
      "UPDATE VIEW A false ACCOUNTADMIN",
      "OWNERSHIP VIEW ACCOUNTADMIN true ACCOUNTADMIN",
    ]);
    for (const object of ["table D.S.RT", "view D.S.RV"]) {
      await roles.refused(
        "ACCOUNTADMIN",
        `grant usage on ${object} to role A`,
        "001003",
        "SQL compilation error:\nInvalid object type 'TABLE' for privilege 'USAGE'.",
      );
    }
  });

  it("Kinds that there are none of here are granted on in bulk: ON ALL is on nothing, ON FUTURE is kept and shown", async () => {
    const admin = (...sql: string[]) => roles.run("ACCOUNTADMIN", ...sql);
    await admin("create role AHEAD", "create schema D.AHEAD");
    await admin(
      "grant select on future materialized views in schema D.AHEAD to role AHEAD",
      "grant usage on future datasets in database D to role AHEAD",
      "grant select on all external tables in database D to role AHEAD",
    );
    const future = () =>
      roles.rows("ACCOUNTADMIN", "show future grants to role AHEAD", "privilege", "grant_on", "name");
    assert.deepEqual(await future(), [
      "USAGE DATASET D.<DATASET>",
      "SELECT MATERIALIZED_VIEW D.AHEAD.<MATERIALIZED_VIEW>",
    ]);
    await admin(
      "revoke select on future materialized views in schema D.AHEAD from role AHEAD",
      "revoke usage on future datasets in database D from role AHEAD",
    );
    assert.deepEqual(await future(), []);
    assert.deepEqual(await roles.rows("ACCOUNTADMIN", "show grants to role AHEAD", "privilege"), []);
    await roles.refused(
      "ACCOUNTADMIN",
      "grant update on future external tables in schema D.AHEAD to role AHEAD",
      "001003",
      "SQL compilation error:\nInvalid object type 'EXTERNAL_TABLE' for privilege 'UPDATE'.",
    );
  });

  it("Classes of Snowflake are created by a privilege that ALL leaves out; what is the organization's is not granted", async () => {
    const admin = (...sql: string[]) => roles.run("ACCOUNTADMIN", ...sql);
    const held = () => roles.rows("ACCOUNTADMIN", "show grants to role CLASSY", "privilege");
    await admin("create role CLASSY", "create schema D.CLASSY", "grant all on schema D.CLASSY to role CLASSY");
    assert.deepEqual(
      (await held()).filter((privilege) => privilege.includes("SNOWFLAKE.")),
      [],
    );
    await admin("revoke all on schema D.CLASSY from role CLASSY");
    await admin("grant create snowflake.ml.forecast on schema D.CLASSY to role CLASSY");
    assert.deepEqual(await held(), ["CREATE SNOWFLAKE.ML.FORECAST"]);
    await roles.refused(
      "ACCOUNTADMIN",
      "grant create database, manage listing auto fulfillment on account to role CLASSY",
      "003011",
      "Grant partially executed: privileges [MANAGE LISTING AUTO FULFILLMENT] not granted.",
    );
    assert.deepEqual(await held(), ["CREATE DATABASE", "CREATE SNOWFLAKE.ML.FORECAST"]);
  });

  it("ALL stands for what the kind of object takes", async () => {
    await roles.run("ACCOUNTADMIN", "create role ALL_OF_IT", "create table D.S.EVERYTHING (a number)");
    await roles.run("ACCOUNTADMIN", "grant all privileges on table D.S.EVERYTHING to role ALL_OF_IT");
    assert.deepEqual(await roles.rows("ACCOUNTADMIN", "show grants to role ALL_OF_IT", "privilege"), [
      "APPLYBUDGET",
      "DELETE",
      "DELETE ERROR TABLE",
      "EVOLVE SCHEMA",
      "INSERT",
      "REBUILD",
      "REFERENCES",
      "SELECT",
      "SELECT ERROR TABLE",
      "TRUNCATE",
      "UPDATE",
    ]);
    await roles.run("ACCOUNTADMIN", "revoke all on table D.S.EVERYTHING from role ALL_OF_IT");
    assert.deepEqual(await roles.run("ACCOUNTADMIN", "show grants to role ALL_OF_IT"), []);
  });

  it("What of several privileges may be granted is granted, and the rest named", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create table D.S.HALF (a number)",
      "create role HALF",
      "grant select on table D.S.HALF to role A with grant option",
    );
    await roles.refused(
      "A",
      "grant select, insert, update on table D.S.HALF to role HALF",
      "003011",
      "Grant partially executed: privileges [INSERT, UPDATE] not granted.",
    );
    assert.deepEqual(await roles.rows("ACCOUNTADMIN", "show grants to role HALF", "privilege"), ["SELECT"]);
  });

  it("APPLY TAG on the account sets tags on whatever one sees, objects, columns and users", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create tag D.S.LABEL",
      "create table D.S.LABELLED (a number)",
      "create role TAGGER",
      "grant role TAGGER to user WORKER",
      "grant usage on database D to role TAGGER",
      "grant usage on schema D.S to role TAGGER",
      "grant select on table D.S.LABELLED to role TAGGER",
      "grant read on tag D.S.LABEL to role TAGGER",
    );
    const statements = [
      "alter table D.S.LABELLED set tag D.S.LABEL = 'x'",
      "alter table D.S.LABELLED modify column a set tag D.S.LABEL = 'y'",
      "alter user WORKER set tag D.S.LABEL = 'z'",
      "alter table D.S.LABELLED unset tag D.S.LABEL",
    ];
    for (const sql of statements) await assert.rejects(roles.run("TAGGER", sql), /Insufficient privileges/);
    await roles.run("ACCOUNTADMIN", "grant apply tag on account to role TAGGER");
    await roles.run("TAGGER", ...statements);
    await assert.rejects(roles.run("TAGGER", "alter table D.S.LABELLED set comment = 'x'"), /Insufficient privileges/);
  });

  it("Nothing is granted on INFORMATION_SCHEMA", async () => {
    const denied = insufficient(
      "schema",
      "INFORMATION_SCHEMA",
      "OWNERSHIP granted on SCHEMA D.INFORMATION_SCHEMA",
      "ACCOUNTADMIN",
    );
    for (const what of [
      "grant usage on schema D.INFORMATION_SCHEMA to role A",
      "grant all on schema D.INFORMATION_SCHEMA to role A",
      "grant ownership on schema D.INFORMATION_SCHEMA to role A",
      "grant select on all views in schema D.INFORMATION_SCHEMA to role A",
      "grant select on future tables in schema D.INFORMATION_SCHEMA to role A",
      "revoke usage on schema D.INFORMATION_SCHEMA from role A",
    ]) {
      await roles.refused("ACCOUNTADMIN", what, ...denied);
    }
  });

  it("Without MANAGE GRANTS or ownership nothing is granted on the account", async () => {
    await roles.refused(
      "A",
      "grant create database on account to role B",
      "003001",
      "SQL access control error:\nGrant not executed: Insufficient privileges.",
    );
    await roles.run("ACCOUNTADMIN", "grant create database on account to role A with grant option");
    await roles.run("A", "grant create database on account to role B");
    await roles.run("B", "create database MADE_BY_B");
    assert.deepEqual(await roles.rows("B", "show databases like 'MADE_BY_B'", "name", "owner"), ["MADE_BY_B B"]);
  });
});
