import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("Network policies say from where one may log in", () => {
  let server: LocalServer;
  let admin: snowflake.Connection;

  before(async () => {
    server = await startServer();
    admin = await connect(server);
    await run(
      "create user GUEST password = 'Secret-123'",
      "create network policy ELSEWHERE allowed_ip_list = ('10.0.0.0/8')",
      "create network policy HERE allowed_ip_list = ('127.0.0.0/8')",
      "create network policy NOT_HERE allowed_ip_list = ('0.0.0.0/0') blocked_ip_list = ('127.0.0.1')",
      "create network policy BLOCKS_OTHERS blocked_ip_list = ('10.1.1.1')",
      "create network policy EMPTY",
    );
  });

  after(async () => {
    await disconnect(admin);
    await server.close();
  });

  const run = async (...statements: string[]) => {
    for (const sql of statements) await query(admin, sql);
  };
  const login = async () => disconnect(await connect(server, { username: "GUEST", password: "Secret-123" }));
  const refused = (work: Promise<unknown>, code: string, message: string) =>
    assert.rejects(work, (error: Error & { code?: unknown }) => {
      assert.equal(error.message, message);
      assert.equal(error.code, code);
      return true;
    });
  const shutOut =
    "Incoming request with IP/Token 127.0.0.1 is not allowed to access Snowflake. Contact your account administrator. For more information about this error, go to https://community.snowflake.com/s/ip-xxxxxxxxxxxx-is-not-allowed-to-access.";

  it("a user's own policy counts; what is blocked is blocked, even where it is allowed", async () => {
    await login();
    for (const policy of ["ELSEWHERE", "NOT_HERE"]) {
      await run(`alter user GUEST set network_policy = ${policy}`);
      await refused(login(), "390422", shutOut);
    }
    for (const policy of ["HERE", "BLOCKS_OTHERS"]) {
      await run(`alter user GUEST set network_policy = ${policy}`);
      await login();
    }
  });

  it("the account's policy holds for users without their own, and never shuts out who sets it", async () => {
    await run("alter user GUEST unset network_policy", "alter account set network_policy = HERE");
    await login();
    await run("alter network policy HERE set allowed_ip_list = ('10.0.0.1')");
    await refused(login(), "390422", shutOut);
    await run("alter user GUEST set network_policy = BLOCKS_OTHERS");
    await login();
    await run("alter account unset network_policy", "alter user GUEST unset network_policy");
    await login();
    await refused(
      query(admin, "alter account set network_policy = ELSEWHERE"),
      "003566",
      "Network policy ELSEWHERE cannot be activated. Requestor IP address, 127.0.0.1, must be included in the allowed_ip_list. For more information on network policies refer to https://docs.snowflake.com/en/user-guide/network-policies.",
    );
  });

  it("rules about addresses count like addresses, those about private endpoints say nothing of anybody here", async () => {
    await run(
      "create database RULES",
      "create network rule RULES.PUBLIC.LOOP type = ipv4 mode = ingress value_list = ('127.0.0.0/8')",
      "create network rule RULES.PUBLIC.FAR type = ipv4 value_list = ('10.0.0.0/8')",
      "create network rule RULES.PUBLIC.ENDPOINT type = awsvpceid value_list = ('vpce-0123456789abcdef0')",
      "create network rule RULES.PUBLIC.OUT type = host_port mode = egress value_list = ('example.com')",
      "create network policy BY_RULE allowed_network_rule_list = ('RULES.PUBLIC.FAR')",
      "alter user GUEST set network_policy = BY_RULE",
    );
    await refused(login(), "390422", shutOut);
    await run("alter network policy BY_RULE add allowed_network_rule_list = RULES.PUBLIC.LOOP");
    await login();
    await run("alter network policy BY_RULE set blocked_network_rule_list = (RULES.PUBLIC.LOOP)");
    await refused(login(), "390422", shutOut);
    await run("alter network policy BY_RULE remove blocked_network_rule_list = ('RULES.PUBLIC.LOOP')");
    await run("alter network rule RULES.PUBLIC.LOOP set value_list = ('10.0.0.1')");
    await refused(login(), "390422", shutOut);
    await run("alter network policy BY_RULE set allowed_network_rule_list = (RULES.PUBLIC.ENDPOINT)");
    await login();
    assert.deepEqual(await query(admin, "describe network policy BY_RULE"), [
      { name: "ALLOWED_NETWORK_RULE_LIST", value: '[{"fullyQualifiedRuleName":"RULES.PUBLIC.ENDPOINT"}]' },
    ]);
    await refused(
      query(admin, "alter network policy BY_RULE set allowed_network_rule_list = (RULES.PUBLIC.OUT)"),
      "001008",
      "SQL compilation error:\nNetwork rule OUT of mode EGRESS cannot be used in a network policy.",
    );
  });

  it("a rule that a policy names cannot be dropped, nor can the schema and database that hold it", async () => {
    for (const what of ["network rule RULES.PUBLIC.ENDPOINT", "schema RULES.PUBLIC", "database RULES"]) {
      await refused(
        query(admin, `drop ${what}`),
        "001492",
        "SQL compilation error:\nCannot perform Drop operation on network rule ENDPOINT. The network rule is attached to NETWORK_POLICY with name BY_RULE. Unset the network rule from NETWORK_POLICY and try the Drop operation again.",
      );
    }
    await run("alter user GUEST unset network_policy", "drop network policy BY_RULE", "drop database RULES");
  });

  it("SHOW PARAMETERS names the policy and where it was set, also after it was renamed", async () => {
    const shown = async (of: string) => {
      const [row] = await query(admin, `show parameters like 'network_policy' in ${of}`);
      return `${row?.["value"]} ${row?.["level"]}`;
    };
    await run("alter user GUEST set network_policy = BLOCKS_OTHERS");
    assert.equal(await shown("account"), " ");
    assert.equal(await shown("user GUEST"), "BLOCKS_OTHERS USER");
    await run("alter network policy BLOCKS_OTHERS rename to BLOCKS", "alter account set network_policy = BLOCKS");
    assert.equal(await shown("user GUEST"), "BLOCKS USER");
    assert.equal(await shown("account"), "BLOCKS ACCOUNT");
    await run("alter user GUEST unset network_policy");
    assert.equal(await shown("user GUEST"), "BLOCKS ACCOUNT");
  });

  it("one in force can be neither dropped nor replaced, and an empty one not put in force", async () => {
    await run("alter user GUEST set network_policy = HERE");
    const attached = (operation: string) =>
      `SQL compilation error:\nCannot perform ${operation} operation on network policy HERE. The policy is attached to USER with name GUEST. Unset the network policy from USER and try the ${operation} operation again.`;
    await refused(query(admin, "drop network policy HERE"), "001492", attached("Drop"));
    await refused(query(admin, "create or replace network policy HERE"), "001492", attached("Replace"));
    await refused(
      query(admin, "alter user GUEST set network_policy = EMPTY"),
      "098519",
      "Empty network policy EMPTY cannot be active.",
    );
    await run("alter user GUEST unset network_policy", "drop network policy HERE");
  });

  it("nobody changes the policy that holds for themselves without owning the user", async () => {
    await run("alter account unset network_policy");
    const guest = await connect(server, { username: "GUEST", password: "Secret-123" });
    await assert.rejects(
      query(guest, "alter user GUEST set network_policy = BLOCKS"),
      /003001|Insufficient privileges/,
    );
    await assert.rejects(query(guest, "alter user GUEST set prevent_unload_to_internal_stages = true"), /Insufficient/);
    await query(guest, "alter user GUEST set timezone = 'UTC'");
    await disconnect(guest);
  });

  it("ALTER ACCOUNT checks the values of parameters", async () => {
    await refused(
      query(admin, "alter account set timezone = 'Nowhere/Land'"),
      "001006",
      "SQL compilation error:\ninvalid value [Nowhere/Land] for parameter 'TIMEZONE'",
    );
    await run("alter account set week_start = 1", "alter account set week_start = null");
    const [row] = await query(admin, "show parameters like 'week_start' in account");
    assert.equal(row?.["level"], "");
  });
});
