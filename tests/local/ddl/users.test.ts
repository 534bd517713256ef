import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("Users as SHOW and DESCRIBE tell of them", () => {
  let server: LocalServer;
  let admin: snowflake.Connection;
  const run = (sql: string) => query(admin, sql);

  before(async () => {
    server = await startServer();
    admin = await connect(server, { role: "ACCOUNTADMIN" });
  });
  after(async () => {
    await disconnect(admin);
    await server.close();
  });

  const described = async (user: string) =>
    new Map((await run(`describe user ${user}`)).map((row) => [row["property"], row["value"]]));

  it("say that all roles are secondary roles unless it is set otherwise", async () => {
    for (const [type, roles] of [
      ["", '["ALL"]'],
      ["type = service", '["ALL"]'],
      ["default_secondary_roles = ()", "[]"],
    ] as const) {
      await run(`create or replace user PLAIN ${type}`);
      const [shown] = await run("show users like 'PLAIN'");
      assert.equal(shown?.["default_secondary_roles"], roles);
      assert.equal((await described("PLAIN")).get("DEFAULT_SECONDARY_ROLES"), roles);
    }
  });

  it("have the levels of logs, metrics and traces as parameters, like any of their sessions", async () => {
    await run("create or replace user PLAIN log_level = 'WARN'");
    await run("alter user PLAIN set trace_level = 'ON_EVENT'");
    const levels = (await run("show parameters like '%_LEVEL' in user PLAIN")).map(
      (row) => `${row["key"]} ${row["value"]} ${row["level"]}`,
    );
    assert.deepEqual(levels.slice(0, 4), [
      "LOG_EVENT_LEVEL OFF ",
      "LOG_LEVEL WARN USER",
      "METRIC_LEVEL NONE ",
      "TRACE_LEVEL ON_EVENT USER",
    ]);
  });

  it("count the minutes that are left whole", async () => {
    await run("create or replace user LOCKED mins_to_unlock = 15 mins_to_bypass_mfa = 30");
    const [shown] = await run("show users like 'LOCKED'");
    assert.deepEqual([shown?.["mins_to_unlock"], shown?.["mins_to_bypass_mfa"]], ["14", "29"]);
    const properties = await described("LOCKED");
    assert.deepEqual([properties.get("MINS_TO_UNLOCK"), properties.get("MINS_TO_BYPASS_MFA")], ["14", "29"]);
    await run("alter user LOCKED unset mins_to_bypass_mfa");
    assert.equal((await described("LOCKED")).get("MINS_TO_BYPASS_MFA"), "null");
  });

  it("print a default namespace without quotes, and log in there whatever its case", async () => {
    await run('create database "lower db"');
    await run('create schema "lower db"."s"');
    await run(
      `create user SPACED password = 'only-for-this-test' default_namespace = "lower db"."s" default_role = ACCOUNTADMIN`,
    );
    await run("grant role ACCOUNTADMIN to user SPACED");
    const [shown] = await run("show users like 'SPACED'");
    assert.equal(shown?.["default_namespace"], "lower db.s");
    assert.equal((await described("SPACED")).get("DEFAULT_NAMESPACE"), "lower db.s");
    const own = await connect(server, { username: "SPACED", password: "only-for-this-test" });
    assert.deepEqual(await query(own, "select current_database() as D, current_schema() as S"), [
      { D: "lower db", S: "s" },
    ]);
    await disconnect(own);
  });

  it("have no display name once it is unset, and say whose property is none", async () => {
    await run("create or replace user SHOWN");
    const shown = async () => (await run("show users like 'SHOWN'"))[0]?.["display_name"];
    assert.equal(await shown(), "SHOWN");
    await run("alter user SHOWN unset display_name, disable_mfa");
    assert.equal(await shown(), "");
    for (const sql of ["create user X rsa_public_key_fp = 'a'", "alter user SHOWN set rsa_public_key_fp = 'a'"])
      await assert.rejects(run(sql), {
        code: "001420",
        message: "SQL compilation error:\ninvalid property 'RSA_PUBLIC_KEY_FP' for 'USER'",
      });
  });

  it("of the type LEGACY_SERVICE have no name of a person and nothing to bypass", async () => {
    for (const property of ["FIRST_NAME = 'a'", "MIDDLE_NAME = 'a'", "LAST_NAME = 'a'", "MINS_TO_BYPASS_MFA = 30"])
      await assert.rejects(run(`create user OLD type = legacy_service ${property}`), {
        message: `SQL execution error:\nCannot set ${property.split(" ")[0]} on users with TYPE=LEGACY_SERVICE.`,
      });
    await run("create user OLD type = legacy_service password = 'only-for-this-test' must_change_password = true");
  });
});
