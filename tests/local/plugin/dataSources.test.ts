import assert from "node:assert/strict";
import { join } from "node:path";
import { connect, disconnect, query } from "../support";
import { Lifecycle } from "./support";

const OBJECTS = [
  "create database D",
  "create schema D.S",
  "use schema D.S",
  "create database role D.DR",
  "create table T (A number)",
  "create view V as select 1 as A",
  "create stage ST",
  "create sequence Q",
  "create file format FF type = csv",
  "create tag TG",
  "create stream STR on table T",
  "create pipe PI as copy into T from @ST",
  "create role READS",
  "grant select on table T to role READS",
  "grant role READS to role SYSADMIN",
  "grant usage on future schemas in database D to role READS",
  "create function F(A varchar) returns varchar as 'A'",
  "create procedure P() returns varchar language sql as 'begin return 1; end'",
  "create task TK warehouse = COMPUTE_WH as select 1",
  "create alert AL warehouse = COMPUTE_WH schedule = '60 minute' if (exists (select 1)) then select 1",
  "create dynamic table DT target_lag = '1 hour' warehouse = COMPUTE_WH as select A from T",
  "create secret SEC type = generic_string secret_string = 'x'",
  "create masking policy MP as (V varchar) returns varchar -> V",
  "create row access policy RP as (V varchar) returns boolean -> true",
  "create streamlit APP root_location = '@D.S.ST' main_file = 'a.py'",
  "create network rule NR type = ipv4 value_list = ('1.1.1.1')",
  "create network policy NP allowed_network_rule_list = (NR)",
  "create resource monitor RM with credit_quota = 1",
  "create share SH",
  "create connection CON",
  "create security integration SI type = saml2 saml2_issuer = 'i' saml2_sso_url = 'https://a' saml2_provider = 'custom' saml2_x509_cert = 'MII'",
  "create storage integration STI type = external_stage storage_provider = 'S3' enabled = true storage_aws_role_arn = 'x' storage_allowed_locations = ('s3://x')",
];

describe("What the plugin reads without managing it", function () {
  this.timeout(300_000);

  it("is listed for every kind of object, with the real engine and plugin", async () => {
    const lifecycle = await Lifecycle.start(join(__dirname, "dataSources"));
    try {
      const admin = await connect(lifecycle.server);
      for (const sql of OBJECTS) await query(admin, sql);
      await disconnect(admin);
      await lifecycle.pulumi(1, "up", "--stack", "test", "--yes", "--skip-preview");
      const said = JSON.parse(await lifecycle.pulumi(1, "stack", "output", "--stack", "test", "--json")) as {
        counts: Record<string, number | string>;
        filtered: Record<string, number | string>;
        nobody: Record<string, number | string>;
        privateLink: string;
      };
      const { counts } = said;
      const none = [
        "cortexSearchServices",
        "externalFunctions",
        "externalTables",
        "failoverGroups",
        "materializedViews",
      ];
      assert.deepEqual(
        Object.keys(counts)
          .filter((name) => counts[name] === 0)
          .sort(),
        none,
      );
      assert.equal(counts["accounts"], "Unsupported feature 'SHOW ACCOUNTS'");
      const wrong = Object.entries(counts).filter(([name, count]) => name !== "accounts" && typeof count === "string");
      assert.deepEqual(wrong, []);
      // The dynamic table is one of them.
      assert.equal(counts["tables"], 2);
      assert.deepEqual(
        Object.entries(said.filtered).filter(([, count]) => count !== 1),
        [],
      );
      assert.deepEqual(
        Object.entries(said.nobody).filter(([, count]) => count !== 0),
        [],
      );
      assert.equal(said.privateLink, "none");
      assert.deepEqual([counts["secrets"], counts["shares"], counts["streamlits"]], [1, 1, 1]);
    } finally {
      await lifecycle.close();
    }
  });
});
