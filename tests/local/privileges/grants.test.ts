import assert from "node:assert/strict";
import { doesNotExist, insufficient, Roles } from "./support";

const dependent = (privilege: string, name: string, role: string): [string, string] => [
  "003036",
  `SQL execution error: Dependent grant of privilege '${privilege}' on securable '${name}' to role '${role}' exists.  It must be revoked first.  More than one dependent grant may exist: use 'SHOW GRANTS' command to view them.  To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'.`,
];

describe("GRANT and REVOKE", () => {
  let roles: Roles;

  before(async () => {
    roles = await Roles.start([
      "create database D",
      "create schema D.S",
      "create role A",
      "create role B",
      "create role C",
      "grant role A to user WORKER",
      "grant role B to user WORKER",
      "grant role C to user WORKER",
      "grant usage on database D to role A",
      "grant usage on database D to role B",
      "grant usage on database D to role C",
      "grant usage on schema D.S to role A",
      "grant usage on schema D.S to role B",
      "grant usage on schema D.S to role C",
      "grant usage on warehouse COMPUTE_WH to role PUBLIC",
    ]);
  });

  after(() => roles.close());

  const grantsOn = (object: string) =>
    roles.rows(
      "ACCOUNTADMIN",
      `show grants on ${object}`,
      "privilege",
      "granted_on",
      "grantee_name",
      "grant_option",
      "granted_by",
    );

  it("The grant option lets a role pass a privilege on; CASCADE takes back what was passed on", async () => {
    await roles.run("ACCOUNTADMIN", "create table D.S.OPTION_ (a number)");
    await roles.run("ACCOUNTADMIN", "grant select on table D.S.OPTION_ to role A with grant option");
    await roles.refused(
      "A",
      "grant insert on table D.S.OPTION_ to role B",
      "003001",
      "SQL access control error:\nGrant not executed: Insufficient privileges.",
    );
    await roles.run("A", "grant select on table D.S.OPTION_ to role B with grant option");
    await roles.run("B", "grant select on table D.S.OPTION_ to role C");
    assert.deepEqual(await grantsOn("table D.S.OPTION_"), [
      "SELECT TABLE A true ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
      "SELECT TABLE B true A",
      "SELECT TABLE C false B",
    ]);
    await roles.refused(
      "ACCOUNTADMIN",
      "revoke select on table D.S.OPTION_ from role A",
      "003935",
      "Revoke partially executed: 0 grant(s) revoked, 1 grant(s) skipped due to dependent grants and no CASCADE is specified.",
    );
    assert.equal((await grantsOn("table D.S.OPTION_")).length, 4);
    assert.equal(
      await roles.status("ACCOUNTADMIN", "revoke select on table D.S.OPTION_ from role A cascade"),
      "Statement executed successfully. 1 objects affected.",
    );
    assert.deepEqual(await grantsOn("table D.S.OPTION_"), ["OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN"]);
  });

  it("A revocation that is stopped for one privilege goes through for the others", async () => {
    await roles.run("ACCOUNTADMIN", "create table D.S.PARTLY (a number)");
    await roles.run("ACCOUNTADMIN", "grant select, insert on table D.S.PARTLY to role A with grant option");
    await roles.run("A", "grant select on table D.S.PARTLY to role B");
    await roles.refused(
      "ACCOUNTADMIN",
      "revoke select, insert on table D.S.PARTLY from role A",
      "003935",
      "Revoke partially executed: 1 grant(s) revoked, 1 grant(s) skipped due to dependent grants and no CASCADE is specified.",
    );
    assert.deepEqual(await grantsOn("table D.S.PARTLY"), [
      "SELECT TABLE A true ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
      "SELECT TABLE B false A",
    ]);
    await roles.run("ACCOUNTADMIN", "revoke grant option for select on table D.S.PARTLY from role A cascade");
    assert.deepEqual(await grantsOn("table D.S.PARTLY"), [
      "SELECT TABLE A false ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
    ]);
  });

  it("A grant that came from two roles survives the loss of one", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create table D.S.TWICE (a number)",
      "grant select on table D.S.TWICE to role A with grant option",
      "grant select on table D.S.TWICE to role B",
    );
    await roles.run("A", "grant select on table D.S.TWICE to role B");
    await roles.run("A", "revoke select on table D.S.TWICE from role B");
    assert.deepEqual(await grantsOn("table D.S.TWICE"), [
      "SELECT TABLE A true ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
      "SELECT TABLE B false ACCOUNTADMIN",
    ]);
    assert.equal(
      await roles.status("A", "revoke select on table D.S.TWICE from role B"),
      "Statement executed successfully. 0 objects affected.",
    );
  });

  it("Bulk grants and revocations count the objects they reach", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create schema D.BULK",
      "create table D.BULK.T1 (a number)",
      "create transient table D.BULK.T2 (a number)",
      "create temporary table D.BULK.T3 (a number)",
      "create view D.BULK.V as select 1 as a",
    );
    const affected = (n: number) => `Statement executed successfully. ${n} objects affected.`;
    const said = (sql: string) => roles.status("ACCOUNTADMIN", sql);
    assert.equal(await said("grant select on all tables in schema D.BULK to role A"), affected(2));
    assert.equal(await said("grant select on all tables in schema D.BULK to role A"), affected(2));
    assert.equal(await said("grant select on all views in database D to role A"), affected(1));
    assert.equal(await said("grant usage on all file formats in schema D.BULK to role A"), affected(0));
    assert.equal(await said("revoke select, insert on table D.BULK.T1 from role A"), affected(1));
    assert.equal(await said("revoke select on table D.BULK.T1 from role A"), affected(0));
    assert.equal(await said("revoke select on all tables in schema D.BULK from role A"), affected(1));
    assert.equal(await said("grant select on table D.BULK.T1 to role A"), "Statement executed successfully.");
    assert.equal(
      await said("grant ownership on all views in schema D.BULK to role A copy current grants"),
      affected(1),
    );
  });

  it("Future grants meet what is made later; those of the schema shut out those of the database", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create schema D.F1",
      "create schema D.F2",
      "grant select on future tables in database D to role A",
      "grant insert on future tables in schema D.F1 to role B with grant option",
      "grant ownership on future views in schema D.F1 to role C",
      "grant select on future views in schema D.F1 to role A",
      "create table D.F1.T (a number)",
      "create table D.F2.T (a number)",
      "create view D.F1.V as select 1 as a",
    );
    assert.deepEqual(await grantsOn("table D.F1.T"), [
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
      "INSERT TABLE B true ACCOUNTADMIN",
    ]);
    assert.deepEqual(await grantsOn("table D.F2.T"), [
      "SELECT TABLE A false ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
    ]);
    assert.deepEqual(await grantsOn("view D.F1.V"), ["SELECT VIEW A false C", "OWNERSHIP VIEW C true C"]);
    assert.deepEqual(
      await roles.rows(
        "ACCOUNTADMIN",
        "show future grants in schema D.F1",
        "privilege",
        "grant_on",
        "name",
        "grantee_name",
      ),
      ["SELECT VIEW D.F1.<VIEW> A", "INSERT TABLE D.F1.<TABLE> B", "OWNERSHIP VIEW D.F1.<VIEW> C"],
    );
    assert.deepEqual(await roles.rows("ACCOUNTADMIN", "show future grants to role A", "privilege", "name"), [
      "SELECT D.<TABLE>",
      "SELECT D.F1.<VIEW>",
    ]);
    await roles.run(
      "ACCOUNTADMIN",
      "revoke insert on future tables in schema D.F1 from role B",
      "revoke select on future tables in database D from role A",
      "create table D.F1.LATER (a number)",
    );
    assert.deepEqual(await grantsOn("table D.F1.LATER"), ["OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN"]);
    await roles.refused(
      "A",
      "grant select on future tables in schema D.S to role B",
      "003001",
      "SQL access control error:\nInsufficient privileges to operate on schema 'S'. Your primary role A must have MANAGE GRANTS granted on SCHEMA D.S.",
    );
  });

  it("In a managed access schema its owner grants, not the owner of the object", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create schema D.M with managed access",
      "grant usage, create table on schema D.M to role A",
    );
    await roles.run("A", "create table D.M.T (a number)");
    await roles.refused(
      "A",
      "grant select on table D.M.T to role B",
      "003001",
      "SQL access control error:\nGrant not executed: Insufficient privileges.",
    );
    await roles.run("ACCOUNTADMIN", "grant select on table D.M.T to role B");
    assert.deepEqual(await grantsOn("table D.M.T"), ["OWNERSHIP TABLE A false A", "SELECT TABLE B false ACCOUNTADMIN"]);
    await roles.run("ACCOUNTADMIN", "alter schema D.M disable managed access");
    await roles.run("A", "grant insert on table D.M.T to role B");
  });

  it("Ownership moves with its grants copied, revoked, or not at all", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create table D.S.OWN (a number)",
      "grant insert, select on table D.S.OWN to role B",
    );
    await roles.refused(
      "ACCOUNTADMIN",
      "grant ownership on table D.S.OWN to role A",
      ...dependent("INSERT", "D.S.OWN", "B"),
    );
    // What the new owner holds already stands in the way as well.
    await roles.refused(
      "ACCOUNTADMIN",
      "grant ownership on table D.S.OWN to role B",
      ...dependent("INSERT", "D.S.OWN", "B"),
    );
    await roles.run("ACCOUNTADMIN", "grant ownership on table D.S.OWN to role ACCOUNTADMIN");
    await roles.run("ACCOUNTADMIN", "grant ownership on table D.S.OWN to role A copy current grants");
    assert.deepEqual(await grantsOn("table D.S.OWN"), [
      "OWNERSHIP TABLE A true A",
      "INSERT TABLE B false A",
      "SELECT TABLE B false A",
    ]);
    await roles.run("ACCOUNTADMIN", "grant ownership on table D.S.OWN to role C revoke current grants");
    assert.deepEqual(await grantsOn("table D.S.OWN"), ["OWNERSHIP TABLE C true C"]);
    await roles.refused(
      "ACCOUNTADMIN",
      "revoke ownership on table D.S.OWN from role C",
      "003037",
      "SQL execution error: OWNERSHIP can only be transferred.",
    );
    await roles.refused(
      "ACCOUNTADMIN",
      "grant select, ownership on table D.S.OWN to role A",
      "001003",
      "Cannot specify OWNERSHIP in privilege list.",
    );
    // The old owner has nothing left.
    await roles.refused("A", "select * from D.S.OWN", ...doesNotExist("Object", "D.S.OWN"));
  });

  it("SHOW GRANTS ON, TO, OF and of the current user", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create role HOLDER",
      "create user PERSON",
      "create database role D.DR",
      "create table D.S.SHOWN (a number)",
      "create procedure D.S.P(n number, t varchar) returns varchar language sql as 'begin return t; end'",
      "grant usage on procedure D.S.P(number, varchar) to role HOLDER",
      "grant role HOLDER to role A",
      "grant role HOLDER to user PERSON",
      "grant database role D.DR to role HOLDER",
      "grant select on table D.S.SHOWN to database role D.DR",
      "grant insert on table D.S.SHOWN to role HOLDER",
      "grant usage on schema D.S to role HOLDER",
    );
    const show = (what: string, ...columns: string[]) => roles.rows("ACCOUNTADMIN", `show grants ${what}`, ...columns);
    assert.deepEqual(await show("to role HOLDER", "privilege", "granted_on", "name", "granted_to"), [
      "USAGE DATABASE_ROLE D.DR ROLE",
      'USAGE PROCEDURE D.S."P(N NUMBER, T VARCHAR):VARCHAR" ROLE',
      "USAGE SCHEMA D.S ROLE",
      "INSERT TABLE D.S.SHOWN ROLE",
    ]);
    assert.deepEqual(await show("of role HOLDER", "role", "granted_to", "grantee_name", "granted_by"), [
      "HOLDER ROLE A ACCOUNTADMIN",
      "HOLDER USER PERSON ACCOUNTADMIN",
    ]);
    await roles.run("ACCOUNTADMIN", "create database role D.DR2", "grant database role D.DR to database role D.DR2");
    assert.deepEqual(await show("of database role D.DR", "role", "granted_to", "grantee_name"), [
      "D.DR ROLE HOLDER",
      "D.DR DATABASE_ROLE D.DR2",
    ]);
    assert.deepEqual(await show("on database role D.DR2", "privilege", "granted_on", "name", "grantee_name"), [
      "OWNERSHIP ROLE D.DR2 ACCOUNTADMIN",
    ]);
    await roles.run("ACCOUNTADMIN", "create view D.S.SEEN as select 1 as one");
    for (const [name, kind] of [
      ["SHOWN", "TABLE"],
      ["SEEN", "VIEW"],
    ]) {
      // Without a kind, as dbt asks for a model.
      const rows = await show(`on D.S.${name}`, "privilege", "granted_on", "name", "grantee_name");
      assert.ok(rows.includes(`OWNERSHIP ${kind} D.S.${name} ACCOUNTADMIN`), rows.join("\n"));
    }
    assert.deepEqual(await show("on role HOLDER", "privilege", "granted_to", "grantee_name"), [
      "USAGE ROLE A",
      "OWNERSHIP ROLE ACCOUNTADMIN",
    ]);
    assert.deepEqual(await show("to user PERSON", "privilege", "granted_on", "name", "role", "granted_to"), [
      "USAGE ROLE HOLDER HOLDER USER",
    ]);
    assert.deepEqual(await show("to database role D.DR", "privilege", "granted_on", "name", "granted_to"), [
      "USAGE DATABASE D DATABASE_ROLE",
      "SELECT TABLE D.S.SHOWN DATABASE_ROLE",
    ]);
    assert.deepEqual(await show("on table D.S.SHOWN", "privilege", "granted_to", "grantee_name"), [
      "OWNERSHIP ROLE ACCOUNTADMIN",
      "SELECT DATABASE_ROLE DR",
      "INSERT ROLE HOLDER",
    ]);
    assert.deepEqual(Object.keys((await roles.run("ACCOUNTADMIN", "show grants"))[0] ?? {}), [
      "created_on",
      "privilege",
      "granted_on",
      "name",
      "role",
      "granted_to",
      "grantee_name",
      "grant_option",
      "granted_by",
    ]);
    assert.ok((await show("on account", "privilege", "grantee_name")).includes("MANAGE GRANTS SECURITYADMIN"));
    await roles.refused("ACCOUNTADMIN", "show grants to role NOWHERE", ...doesNotExist("Role", "NOWHERE"));
    await roles.refused("ACCOUNTADMIN", "show grants on table D.S.NOWHERE", ...doesNotExist("Table", "D.S.NOWHERE"));
  });

  it("Tables and views answer to either word, and take no USAGE", async () => {
    await roles.run(
      "ACCOUNTADMIN",
      "create table D.S.RT (a number)",
      "create view D.S.RV as select a from D.S.RT",
      "grant select on view D.S.RT to role A",
      "grant update on table D.S.RV to role A",
    );
    assert.deepEqual(await grantsOn("view D.S.RT"), [
      "SELECT TABLE A false ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
    ]);
    assert.deepEqual(await grantsOn("table D.S.RV"), [
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
