import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { SteerableClock, startServer } from "../support";
import { WireClient } from "./wire";

/** Runs for hours unless it is interrupted. */
const ENDLESS = `WITH d AS (SELECT column1 AS c FROM VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))
  SELECT a.c FROM d a, d b, d c, d e, d f, d g, d h, d i, d j, d k, d l, d m WHERE a.c + b.c * c.c + m.c = -1`;

const untilRunning = async (client: WireClient, queryId: string): Promise<void> => {
  for (;;) {
    const { data } = await client.get(`/monitoring/queries/${queryId}`);
    if (data.queries[0]?.sqlText) return;
  }
};

describe("a running statement", () => {
  const clock = new SteerableClock();
  let server: LocalServer;
  let client: WireClient;

  before(async () => {
    server = await startServer({ clock });
    client = new WireClient(server);
    await client.login();
  });

  after(() => server.close());

  it("is canceled by SYSTEM$CANCEL_QUERY, and by SYSTEM$CANCEL_ALL_QUERIES with those of its session", async () => {
    const other = new WireClient(server);
    await other.login();
    const { data: started } = await other.query(ENDLESS, { asyncExec: true });
    await untilRunning(other, started.queryId);
    const { data } = await client.query(`SELECT SYSTEM$CANCEL_QUERY('${started.queryId}')`);
    assert.deepEqual(data.rowset, [[`query [${started.queryId}] terminated.`]]);
    assert.equal((await other.get(`/queries/${started.queryId}/result`)).code, "000604");
    const again = await client.query(`SELECT SYSTEM$CANCEL_QUERY('${started.queryId}')`);
    assert.deepEqual([again.code, again.message], ["000605", "Identified SQL statement is not currently executing."]);
    const { data: named } = await other.query("SELECT CURRENT_SESSION()");
    const { data: second } = await other.query(ENDLESS, { asyncExec: true });
    await untilRunning(other, second.queryId);
    const all = await client.query(`SELECT SYSTEM$CANCEL_ALL_QUERIES(${named.rowset[0][0]})`);
    assert.deepEqual(all.data.rowset, [["1 cancelled."]]);
    assert.equal((await other.get(`/queries/${second.queryId}/result`)).code, "000604");
  });

  it("is interrupted by its requestId", async () => {
    const requestId = crypto.randomUUID();
    const answer = client.query(ENDLESS, {}, requestId);
    while (!(await client.post("/queries/v1/abort-request", { requestId })).success);
    const { code, message, data } = await answer;
    assert.deepEqual([code, message, data.sqlState], ["000604", "SQL execution canceled", "57014"]);
  });

  it("may be one that makes rows for so many seconds", async () => {
    const sqlText = "SELECT COUNT(*) AS n FROM TABLE(GENERATOR(TIMELIMIT => 2))";
    const { data } = await client.query(sqlText, { asyncExec: true });
    await untilRunning(client, data.queryId);
    await clock.advance(2000);
    const { data: answer } = await client.get(`/queries/${data.queryId}/result`);
    assert.ok(Number(answer.rowset[0][0]) > 0);
    const requestId = crypto.randomUUID();
    const endless = client.query("SELECT COUNT(*) FROM TABLE(GENERATOR(TIMELIMIT => 3600))", {}, requestId);
    while (!(await client.post("/queries/v1/abort-request", { requestId })).success);
    assert.equal((await endless).code, "000604");
  });

  it("is interrupted by its query id, asynchronous ones too, and then says so", async () => {
    const { data } = await client.query(ENDLESS, { asyncExec: true });
    await untilRunning(client, data.queryId);
    assert.equal((await client.post(`/queries/${data.queryId}/abort-request`)).success, true);
    assert.equal((await client.get(`/queries/${data.queryId}/result`)).code, "000604");
    const [entry] = (await client.get(`/monitoring/queries/${data.queryId}`)).data.queries;
    assert.deepEqual([entry.status, entry.errorCode], ["FAILED_WITH_ERROR", "000604"]);
    assert.equal((await client.post(`/queries/${data.queryId}/abort-request`)).code, "000605");
  });

  it("cannot be interrupted by another user", async () => {
    await client.query("CREATE USER mallory PASSWORD = 'another-Passw0rd'");
    const other = new WireClient(server);
    await other.login("MALLORY", "another-Passw0rd");
    const { data } = await client.query(ENDLESS, { asyncExec: true });
    assert.equal((await other.post(`/queries/${data.queryId}/abort-request`)).code, "000605");
    assert.equal((await client.post(`/queries/${data.queryId}/abort-request`)).success, true);
  });

  it("is canceled after STATEMENT_TIMEOUT_IN_SECONDS", async () => {
    await client.query("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 3");
    const { data } = await client.query(ENDLESS, { asyncExec: true });
    await untilRunning(client, data.queryId);
    await clock.advance(3000);
    const { code, message } = await client.get(`/queries/${data.queryId}/result`);
    assert.deepEqual(
      [code, message],
      ["000630", "Statement reached its statement or warehouse timeout of 3 second(s) and was canceled."],
    );
  });

  it("ends with its session", async () => {
    const other = new WireClient(server);
    await other.login();
    const { data } = await other.query(ENDLESS, { asyncExec: true });
    await untilRunning(other, data.queryId);
    await other.post("/session?delete=true");
    const again = new WireClient(server);
    await again.login();
    assert.equal((await again.get(`/queries/${data.queryId}/result`)).code, "000604");
  });
});
