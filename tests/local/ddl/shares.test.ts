import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Shares, connections and web applications, of an account without others", () => {
  const { run, status, refused, rows } = freshSchema();

  it("a share has what is granted to it, of one database, secure and without grant option", async () => {
    assert.equal(await status("create or replace share SH comment = 'c'"), "Share SH successfully created.");
    await run("create secure view V as select 1 as A");
    await run("create view OPEN as select 1 as A");
    await run("create table T (A number)");
    for (const sql of [
      "grant usage on database D to share SH",
      "grant usage on schema D.S to share SH",
      "grant select on view V to share SH",
      "grant select on all tables in schema D.S to share SH",
    ]) {
      await run(sql);
    }
    assert.deepEqual(await rows("show shares", "kind", "name", "database_name", "to", "comment"), ["OUTBOUND SH D  c"]);
    assert.deepEqual(await rows("describe share SH", "kind", "name"), [
      "DATABASE D",
      "SCHEMA D.S",
      "VIEW D.S.V",
      "TABLE D.S.T",
    ]);
    assert.deepEqual(await rows("show grants to share SH", "privilege", "granted_on", "granted_to", "grantee_name"), [
      "USAGE DATABASE SHARE LOCAL01.SH",
      "USAGE SCHEMA SHARE LOCAL01.SH",
      "SELECT TABLE SHARE LOCAL01.SH",
      "SELECT VIEW SHARE LOCAL01.SH",
    ]);
    assert.deepEqual(await run("show grants of share SH"), []);
    await run("create or replace database READ_BY_VIEWS");
    await run("grant reference_usage on database READ_BY_VIEWS to share SH");
    assert.ok((await rows("show grants to share SH", "privilege", "name")).includes("REFERENCE_USAGE READ_BY_VIEWS"));
    await refused(
      "grant reference_usage on database D to role PUBLIC",
      "001003",
      "SQL compilation error:\nInvalid object type 'DATABASE' for privilege 'REFERENCE_USAGE'.",
    );
    await run("drop database READ_BY_VIEWS");
    await run("use schema D.S");
    await run("create database role D.SHARED");
    await run("grant database role D.SHARED to share SH");
    assert.deepEqual(await rows("show grants of database role D.SHARED", "role", "granted_to", "grantee_name"), [
      "D.SHARED SHARE SH",
    ]);
    await run("revoke database role D.SHARED from share SH");
    assert.deepEqual(await rows("show grants of database role D.SHARED", "granted_to"), []);
    await run("drop database role D.SHARED");
    await refused(
      "grant select on view OPEN to share SH",
      "003015",
      'SQL compilation error:\nNon-secure object can only be granted to shares with "secure_objects_only" property set to false.',
    );
    await refused(
      "grant insert on table T to share SH",
      "001003",
      "SQL compilation error:\nCannot grant INSERT on TABLE to a share.",
    );
    await run("create or replace database E");
    await run("use schema D.S");
    await refused(
      "grant usage on database E to share SH",
      "000002",
      "Unsupported feature 'share of objects of more than one database'.",
    );
    await run("revoke select on view V from share SH");
    assert.equal((await rows("describe share SH", "kind")).includes("VIEW"), false);
    await run("drop share SH");
    assert.deepEqual(await rows("show grants on database D", "granted_to"), ["ROLE"]);
    await run("drop database E");
  });

  it("nobody can be given a share or failed over to, and it is said by name", async () => {
    await run("create or replace share SH");
    await refused("alter share SH add accounts = A.B", "000002", "Unsupported feature 'ALTER SHARE … ADD'.");
    await refused("alter share SH set accounts = A.B", "000002", "Unsupported feature 'SHARE (ACCOUNTS)'.");
    await run("create connection if not exists CON comment = 'c'");
    assert.deepEqual(await rows("show connections", "name", "is_primary", "comment"), ["CON true c"]);
    await refused(
      "alter connection CON enable failover to accounts A.B",
      "000002",
      "Unsupported feature 'ALTER CONNECTION … ENABLE FAILOVER TO ACCOUNTS'.",
    );
    await refused(
      "create connection C2 as replica of A.B.CON",
      "000002",
      "Unsupported feature 'CREATE CONNECTION (AS REPLICA OF)'.",
    );
    await run("drop connection CON");
    await run("drop share SH");
  });

  it("a web application is a name, a place and a main file", async () => {
    await run("create streamlit APP root_location = '@D.S.ST/x' main_file = 'a.py' query_warehouse = COMPUTE_WH");
    await run("alter streamlit APP set title = 't' main_file = 'b.py'");
    assert.deepEqual(await rows("describe streamlit APP", "root_location", "main_file", "query_warehouse", "title"), [
      "@D.S.ST/x b.py COMPUTE_WH t",
    ]);
    await run("alter streamlit APP unset query_warehouse");
    assert.deepEqual(await rows("show streamlits", "name", "title", "query_warehouse"), ["APP t null"]);
    await refused(
      "create streamlit APP2 from '@D.S.ST' main_file = 'a.py'",
      "000002",
      "Unsupported feature 'STREAMLIT (FROM)'.",
    );
  });
});
