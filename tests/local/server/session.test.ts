import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { SteerableClock, startServer } from "../support";
import { WireClient } from "./wire";

const HOUR = 3_600_000;

describe("a session", () => {
  const sessionClock = new SteerableClock();
  let server: LocalServer;

  before(async () => {
    server = await startServer({ sessionClock });
  });

  after(() => server.close());

  it("expires after an hour and goes on with renewed tokens", async () => {
    const client = new WireClient(server);
    await client.login();
    await sessionClock.advance(HOUR);
    const expired = await client.query("SELECT 1");
    assert.deepEqual([expired.success, expired.code], [false, "390112"]);
    const renewed = await client.post("/session/token-request", { requestType: "RENEW" }, client.masterToken);
    client.token = renewed.data.sessionToken;
    assert.equal((await client.query("SELECT 1")).success, true);
  });

  it("cannot be renewed after four hours", async () => {
    const client = new WireClient(server);
    await client.login();
    await sessionClock.advance(4 * HOUR);
    assert.equal((await client.post("/session/token-request", {}, client.masterToken)).code, "390114");
  });

  it("is gone after it was deleted", async () => {
    const client = new WireClient(server);
    await client.login();
    assert.equal((await client.post("/session?delete=true")).success, true);
    const { code, status } = await client.query("SELECT 1");
    assert.deepEqual({ code, status }, { code: "390111", status: 200 });
    assert.equal((await client.post("/session/token-request", {}, client.masterToken)).code, "390111");
  });

  it("answers a made-up token with HTTP 401, and a request without one with an error", async () => {
    const client = new WireClient(server);
    const { code, status } = await client.query("SELECT 1");
    assert.deepEqual({ code, status }, { code: "390103", status: 200 });
    client.token = "made-up";
    for (const answer of [await client.query("SELECT 1"), await client.post("/session/heartbeat")]) {
      assert.equal(answer.status, 401);
      assert.equal(answer.code, "390104");
      assert.equal(answer.message, "Session token is invalid.");
    }
  });

  it("tells a token that was renewed from a made-up one", async () => {
    const client = new WireClient(server);
    await client.login();
    const renewed = await client.post("/session/token-request", {}, client.masterToken);
    const { code, status } = await client.query("SELECT 1");
    assert.deepEqual({ code, status }, { code: "390112", status: 200 });
    client.token = renewed.data.sessionToken;
    assert.equal((await client.query("SELECT 1")).success, true);
  });

  it("keeps session state between statements and repeats it in every answer", async () => {
    const client = new WireClient(server);
    await client.login();
    await client.query("USE SECONDARY ROLES NONE");
    await client.query("USE ROLE sysadmin");
    await client.query("USE SCHEMA snowflake.account_usage");
    const { data } = await client.query("SELECT 1");
    assert.equal(data.finalRoleName, "SYSADMIN");
    assert.equal(data.finalDatabaseName, null);
    await client.query("USE ROLE accountadmin");
    await client.query("USE SCHEMA snowflake.account_usage");
    const after = (await client.query("SELECT 1")).data;
    assert.deepEqual([after.finalDatabaseName, after.finalSchemaName], ["SNOWFLAKE", "ACCOUNT_USAGE"]);
  });

  it("says what is wrong with USE", async () => {
    const client = new WireClient(server);
    await client.login();
    const missing = "SQL compilation error:\nObject does not exist, or operation cannot be performed.";
    for (const sql of ["USE DATABASE nope", "USE SCHEMA nope.x", "USE WAREHOUSE nope", "USE ROLE nope"]) {
      const answer = await client.query(sql);
      assert.deepEqual([answer.code, answer.message, answer.data.sqlState], ["002043", missing, "02000"], sql);
    }
  });

  it("takes its temporary tables with it", async () => {
    const [first, second] = [new WireClient(server), new WireClient(server)];
    await first.login();
    await second.login();
    await first.query("CREATE DATABASE IF NOT EXISTS scratch");
    const tables = async (client: WireClient) =>
      (await client.query("SHOW TABLES IN SCHEMA scratch.public")).data.rowset.map((row: string[]) => row[1]);
    assert.equal((await first.query("CREATE TEMPORARY TABLE scratch.public.mine (id INT)")).success, true);
    assert.deepEqual([await tables(first), await tables(second)], [["MINE"], []]);
    await first.post("/session?delete=true");
    // Another write comes after the clean-up, for writers take turns.
    await second.query("CREATE TABLE scratch.public.mine (id INT)");
    assert.deepEqual(await tables(second), ["MINE"]);
    assert.deepEqual((await second.query("DROP TABLE scratch.public.mine")).success, true);
  });
});
