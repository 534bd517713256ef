import assert from "node:assert/strict";
import { doesNotExist, type Roles } from "./support";
import { startThreeRoles } from "./threeRoles";

describe("SHOW GRANTS", () => {
  let roles: Roles;

  before(async () => {
    roles = await startThreeRoles();
  });

  after(() => roles.close());

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
});
