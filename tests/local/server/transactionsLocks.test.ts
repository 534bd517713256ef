import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { LocalServer } from "../../../local/index";
import { startServer } from "../support";
import { WireClient } from "./wire";

describe("an open transaction that has updated and deleted rows", () => {
  let server: LocalServer;
  let own: WireClient;
  let other: WireClient;

  const done = async (client: WireClient, ...statements: string[]) => {
    for (const sql of statements) {
      const answer = await client.query(sql);
      assert.equal(answer.success, true, `${sql}: ${answer.message}`);
    }
  };
  const list = async (client: WireClient, table = "t", what = "k || v") => {
    const answer = await client.query(`SELECT LISTAGG(${what}, ' ') WITHIN GROUP (ORDER BY k, v) FROM ${table}`);
    assert.equal(answer.success, true, answer.message ?? "");
    return answer.data.rowset[0][0] as string;
  };

  before(async () => {
    server = await startServer();
    own = new WireClient(server);
    other = new WireClient(server);
    for (const client of [own, other]) await client.login();
    await done(own, "CREATE DATABASE d");
    await done(other, "USE SCHEMA d.public");
  });

  beforeEach(async () => {
    await done(
      own,
      "CREATE OR REPLACE TABLE t (k INT, v VARCHAR)",
      "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
      "CREATE OR REPLACE TABLE u (k INT, v VARCHAR)",
      "INSERT INTO u VALUES (1, 'x')",
    );
    await done(other, "ALTER SESSION SET LOCK_TIMEOUT = 5");
    await done(own, "BEGIN", "UPDATE t SET v = 'A' WHERE k = 1", "DELETE FROM t WHERE k = 2");
  });

  afterEach(async () => {
    for (const client of [own, other]) await done(client, "ROLLBACK");
  });

  after(() => server.close());

  it("lets others insert rows, change other tables and do DDL, and goes on where it was", async () => {
    await done(
      other,
      "INSERT INTO t VALUES (4, 'd')",
      "UPDATE u SET v = 'y'",
      "CREATE OR REPLACE TABLE w (k INT, v VARCHAR)",
      "DROP TABLE w",
    );
    assert.deepEqual([await list(other), await list(other, "u")], ["1a 2b 3c 4d", "1y"]);
    assert.deepEqual([await list(own), await list(own, "u")], ["1A 3c 4d", "1y"]);
    await done(own, "UPDATE t SET v = v || '!' WHERE k <> 3");
    await done(other, "DELETE FROM u");
    await done(own, "COMMIT");
    assert.equal(await list(other), "1A! 3c 4d!");
  });

  it("leaves nothing behind when it is rolled back after others have written", async () => {
    await done(other, "INSERT INTO t VALUES (4, 'd')");
    await done(own, "ROLLBACK");
    assert.equal(await list(own), "1a 2b 3c 4d");
  });

  it("may have changed a row again and again, and rows of its own", async () => {
    const steps = [
      "INSERT INTO t VALUES (5, 'e'), (6, 'f')",
      "UPDATE t SET v = 'E' WHERE k = 5",
      "DELETE FROM t WHERE k = 6",
      "MERGE INTO t USING (SELECT 1 AS k UNION ALL SELECT 7) s ON t.k = s.k WHEN MATCHED THEN UPDATE SET v = t.v || 'a' WHEN NOT MATCHED THEN INSERT VALUES (s.k, 'g')",
      "DELETE FROM t WHERE k = 3",
    ];
    for (const [i, step] of steps.entries()) {
      await done(own, step);
      await done(other, `INSERT INTO u VALUES (${10 + i}, 'o')`);
    }
    assert.equal(await list(own), "1Aa 5E 7g");
    await done(own, "COMMIT");
    assert.deepEqual([await list(other), await list(other, "u", "k")], ["1Aa 5E 7g", "1 10 11 12 13 14"]);
  });

  it("is read by streams and time travel as one change after it has made room for others", async () => {
    await done(own, "ROLLBACK");
    await done(other, "CREATE OR REPLACE STREAM s ON TABLE t");
    await done(
      own,
      "BEGIN",
      "UPDATE t SET v = 'A' WHERE k = 1",
      "INSERT INTO t VALUES (8, 'h')",
      "DELETE FROM t WHERE k = 2",
    );
    await done(own, "UPDATE t SET v = 'H' WHERE k = 8");
    await done(other, "INSERT INTO u VALUES (2, 'o')");
    const { data } = await own.query("SELECT k FROM t WHERE k = 8");
    assert.deepEqual(data.rowset, [["8"]]);
    await done(own, "COMMIT");
    const changes = await list(other, "s", "k || v || ':' || METADATA$ACTION || '/' || METADATA$ISUPDATE");
    assert.equal(changes.split(" ").sort().join(" "), "1A:INSERT/true 1a:DELETE/true 2b:DELETE/false 8H:INSERT/false");
    const { data: answered } = await own.query("UPDATE t SET v = 'z'");
    assert.equal(await list(own, `t BEFORE (STATEMENT => '${answered.queryId}')`), "1A 3c 8H");
  });

  it("makes others wait who want to update or delete rows of the same table; then they see what it has committed", async () => {
    let over = false;
    const waiting = other.query("UPDATE t SET v = v || '?'").finally(() => {
      over = true;
    });
    await pause(50);
    await done(own, "SELECT 1", "UPDATE u SET v = 'own'");
    assert.equal(over, false);
    await done(own, "COMMIT");
    assert.equal((await waiting).data.rowset[0][0], "2");
    assert.equal(await list(other), "1A? 3c?");
  });

  for (const statement of [
    "UPDATE t SET v = 'z' WHERE k = 3",
    "DELETE FROM t WHERE k = 3",
    "MERGE INTO t USING u ON t.k = u.k WHEN MATCHED THEN DELETE",
    "TRUNCATE TABLE t",
    "INSERT OVERWRITE INTO t SELECT k, v FROM u",
    "INSERT OVERWRITE ALL INTO t SELECT k, v FROM u",
  ])
    it(`refuses after LOCK_TIMEOUT: ${statement}`, async () => {
      await done(other, "INSERT INTO t VALUES (4, 'd')", "ALTER SESSION SET LOCK_TIMEOUT = 0");
      const { code, message } = await other.query(statement);
      assert.equal(code, "000625");
      assert.match(
        message ?? "",
        /^Statement '[0-9a-f-]+' has locked table 'T' in transaction \d+ and this lock has not yet been released\.\nYour statement '[0-9a-f-]+' was aborted because it waited for the lock longer than LOCK_TIMEOUT allows: 0 second\(s\)\.$/,
      );
      assert.equal(await list(own), "1A 3c 4d");
    });

  it("two of them that want each other's rows: the statement that would wait for ever is refused, the other goes on", async () => {
    await done(other, "BEGIN", "UPDATE u SET v = 'other'");
    const waiting = other.query("DELETE FROM t");
    await pause(50);
    assert.equal((await own.query("DELETE FROM u")).code, "000625");
    await done(own, "COMMIT");
    assert.equal((await waiting).success, true);
    await done(other, "COMMIT");
    assert.deepEqual([await list(own), await list(own, "u")], ["", "1other"]);
  });

  it("ends with its session, and lets those go on who wait for its rows", async () => {
    await done(own, "ROLLBACK");
    const leaving = new WireClient(server);
    await leaving.login();
    await done(leaving, "USE SCHEMA d.public", "BEGIN", "DELETE FROM t WHERE k = 1");
    await done(other, "INSERT INTO u VALUES (2, 'o')");
    const waiting = other.query("DELETE FROM t WHERE k = 1");
    await pause(50);
    await leaving.post("/session?delete=true");
    assert.equal((await waiting).data.rowset[0][0], "1");
  });

  it("lets a statement that waits for its rows be canceled", async () => {
    await done(other, "INSERT INTO u VALUES (2, 'o')");
    const requestId = crypto.randomUUID();
    const waiting = other.query("DELETE FROM t", {}, requestId);
    await pause(50);
    await other.post("/queries/v1/abort-request", { requestId });
    assert.equal((await waiting).code, "000604");
    await done(own, "COMMIT");
    assert.equal(await list(other), "1A 3c");
  });

  it("ends when its table was dropped meanwhile, and says so", async () => {
    await done(other, "DROP TABLE t");
    const { code, message } = await own.query("COMMIT");
    assert.deepEqual(
      [code, message],
      ["002003", "SQL compilation error:\nTable 'T' does not exist or not authorized."],
    );
  });
});
