import assert from "node:assert/strict";
import { doesNotExist, type Roles } from "./support";
import { grantsOn, startThreeRoles } from "./threeRoles";

const dependent = (privilege: string, name: string, role: string): [string, string] => [
  "003036",
  `SQL execution error: Dependent grant of privilege '${privilege}' on securable '${name}' to role '${role}' exists.  It must be revoked first.  More than one dependent grant may exist: use 'SHOW GRANTS' command to view them.  To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'.`,
];

describe("GRANT and REVOKE", () => {
  let roles: Roles;

  before(async () => {
    roles = await startThreeRoles();
  });

  after(() => roles.close());

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
    assert.deepEqual(await grantsOn(roles, "table D.S.OPTION_"), [
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
    assert.equal((await grantsOn(roles, "table D.S.OPTION_")).length, 4);
    assert.equal(
      await roles.status("ACCOUNTADMIN", "revoke select on table D.S.OPTION_ from role A cascade"),
      "Statement executed successfully. 1 objects affected.",
    );
    assert.deepEqual(await grantsOn(roles, "table D.S.OPTION_"), ["OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN"]);
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
    assert.deepEqual(await grantsOn(roles, "table D.S.PARTLY"), [
      "SELECT TABLE A true ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
      "SELECT TABLE B false A",
    ]);
    await roles.run("ACCOUNTADMIN", "revoke grant option for select on table D.S.PARTLY from role A cascade");
    assert.deepEqual(await grantsOn(roles, "table D.S.PARTLY"), [
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
    assert.deepEqual(await grantsOn(roles, "table D.S.TWICE"), [
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
    assert.deepEqual(await grantsOn(roles, "table D.F1.T"), [
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
      "INSERT TABLE B true ACCOUNTADMIN",
    ]);
    assert.deepEqual(await grantsOn(roles, "table D.F2.T"), [
      "SELECT TABLE A false ACCOUNTADMIN",
      "OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN",
    ]);
    assert.deepEqual(await grantsOn(roles, "view D.F1.V"), ["SELECT VIEW A false C", "OWNERSHIP VIEW C true C"]);
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
    assert.deepEqual(await grantsOn(roles, "table D.F1.LATER"), ["OWNERSHIP TABLE ACCOUNTADMIN true ACCOUNTADMIN"]);
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
    assert.deepEqual(await grantsOn(roles, "table D.M.T"), [
      "OWNERSHIP TABLE A false A",
      "SELECT TABLE B false ACCOUNTADMIN",
    ]);
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
    assert.deepEqual(await grantsOn(roles, "table D.S.OWN"), [
      "OWNERSHIP TABLE A true A",
      "INSERT TABLE B false A",
      "SELECT TABLE B false A",
    ]);
    await roles.run("ACCOUNTADMIN", "grant ownership on table D.S.OWN to role C revoke current grants");
    assert.deepEqual(await grantsOn(roles, "table D.S.OWN"), ["OWNERSHIP TABLE C true C"]);
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
});
