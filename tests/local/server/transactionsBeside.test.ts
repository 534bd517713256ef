import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { startServer } from "../support";
import { WireClient } from "./wire";

describe("an open transaction that has only inserted rows", () => {
  let server: LocalServer;
  let own: WireClient;
  let other: WireClient;

  const done = async (client: WireClient, ...statements: string[]) => {
    for (const sql of statements) {
      const answer = await client.query(sql);
      assert.equal(answer.success, true, `${sql}: ${answer.message}`);
    }
  };
  const rows = async (client: WireClient, sql: string): Promise<(string | null)[][]> => {
    const answer = await client.query(sql);
    assert.equal(answer.success, true, `${sql}: ${answer.message}`);
    return answer.data.rowset;
  };
  const list = async (client: WireClient) =>
    (await rows(client, "SELECT LISTAGG(k, ' ') WITHIN GROUP (ORDER BY k) FROM t"))[0]?.[0];

  before(async () => {
    server = await startServer();
    own = new WireClient(server);
    other = new WireClient(server);
    for (const client of [own, other]) await client.login();
    await done(own, "CREATE DATABASE d");
    await done(other, "USE SCHEMA d.public", "ALTER SESSION SET LOCK_TIMEOUT = 5");
  });

  beforeEach(() =>
    done(own, "CREATE OR REPLACE TABLE t (k INT)", "INSERT INTO t VALUES (0)", "BEGIN", "INSERT INTO t VALUES (1)"),
  );

  afterEach(() => done(own, "ROLLBACK"));

  after(() => server.close());

  it("lets others insert, update and delete, and sees what they have committed", async () => {
    await done(other, "INSERT INTO t VALUES (2)", "UPDATE t SET k = 5 WHERE k < 2", "DELETE FROM t WHERE k = 2");
    assert.equal(await list(other), "5");
    assert.equal(await list(own), "1 5");
    await done(own, "INSERT INTO t SELECT k + 10 FROM t");
    await done(other, "INSERT INTO t VALUES (7)");
    assert.equal(await list(own), "1 5 7 11 15");
    await done(own, "COMMIT");
    assert.equal(await list(other), "1 5 7 11 15");
  });

  it("leaves nothing behind when it is rolled back after others have written", async () => {
    await done(other, "INSERT INTO t VALUES (2)");
    await done(own, "ROLLBACK");
    assert.equal(await list(own), "0 2");
  });

  it("leaves nothing behind when its session ends meanwhile", async () => {
    const leaving = new WireClient(server);
    await leaving.login();
    await done(leaving, "USE SCHEMA d.public", "BEGIN", "INSERT INTO t VALUES (100)");
    await done(other, "INSERT INTO t VALUES (2)");
    await leaving.post("/session?delete=true");
    assert.equal(await list(other), "0 2");
  });

  it("two of them go on beside each other", async () => {
    await done(other, "BEGIN", "INSERT INTO t VALUES (2)");
    await done(own, "INSERT INTO t VALUES (3)");
    await done(other, "INSERT INTO t VALUES (4)");
    assert.deepEqual([await list(own), await list(other)], ["0 1 3", "0 2 4"]);
    await done(other, "COMMIT");
    assert.equal(await list(own), "0 1 2 3 4");
    await done(own, "COMMIT");
    assert.equal(await list(other), "0 1 2 3 4");
  });

  it("a statement of it that fails undoes itself alone", async () => {
    await done(other, "INSERT INTO t VALUES (2)");
    assert.equal((await own.query("INSERT INTO t SELECT 1 / 0")).code, "100051");
    assert.equal(await list(own), "0 1 2");
    await done(own, "COMMIT");
    assert.equal(await list(other), "0 1 2");
  });

  it("keeps every kind of value as it was", async () => {
    const columns =
      "v VARIANT, o OBJECT, a ARRAY, b BINARY, f FLOAT, n NUMBER(38, 10), d DATE, c TIME, ntz TIMESTAMP_NTZ, ltz TIMESTAMP_LTZ, tz TIMESTAMP_TZ, l BOOLEAN, x VECTOR(FLOAT, 2), s VARCHAR, e ARRAY(NUMBER(5, 2)), m MAP(VARCHAR, INT)";
    await done(own, "ROLLBACK", `CREATE OR REPLACE TABLE kinds (${columns})`, "BEGIN");
    const values = `PARSE_JSON('{"a": [1, 2.50, null, "ü"]}'), OBJECT_CONSTRUCT('k', 1), ARRAY_CONSTRUCT(1, NULL, 'x'), TO_BINARY('00FF'), 1e-300::FLOAT, 1234567890123456789012345678.0123456789,
      '0001-01-01'::DATE, '23:59:59.999999'::TIME, '9999-12-31 23:59:59.999'::TIMESTAMP_NTZ, '2026-03-01 00:00:00 +00:00'::TIMESTAMP_LTZ,
      '2026-03-01 00:00:00.5 +05:45'::TIMESTAMP_TZ, TRUE, [1.5, -2]::VECTOR(FLOAT, 2), '', [1.25, NULL]::ARRAY(NUMBER(5, 2)), {'k': 1}::MAP(VARCHAR, INT)`;
    await done(own, `INSERT INTO kinds SELECT ${values}`, "INSERT INTO kinds (s) VALUES (NULL)");
    const before = await rows(own, "SELECT * FROM kinds ORDER BY s");
    await done(other, "CREATE OR REPLACE TABLE beside (k INT)", "INSERT INTO beside VALUES (1)");
    assert.deepEqual(await rows(own, "SELECT * FROM kinds ORDER BY s"), before);
    await done(own, "COMMIT");
    assert.deepEqual(await rows(other, "SELECT * FROM kinds ORDER BY s"), before);
  });

  it("fits into a table that got and lost columns meanwhile", async () => {
    await done(own, "ROLLBACK", "CREATE OR REPLACE TABLE w (k INT, gone INT)", "BEGIN", "INSERT INTO w VALUES (1, 2)");
    await done(other, "ALTER TABLE w ADD COLUMN more VARCHAR", "ALTER TABLE w DROP COLUMN gone");
    assert.deepEqual(await rows(own, "SELECT * FROM w"), [["1", null]]);
  });

  it("ends when the table was dropped meanwhile, and says so", async () => {
    await done(other, "DROP TABLE t");
    const answer = await own.query("COMMIT");
    assert.deepEqual(
      [answer.code, answer.message],
      ["002003", "SQL compilation error:\nTable 'T' does not exist or not authorized."],
    );
    assert.deepEqual(await rows(own, "SELECT CURRENT_TRANSACTION()"), [[null]]);
  });

  it("is read by an incremental refresh that came before its end only afterwards", async () => {
    await done(
      other,
      "CREATE WAREHOUSE claude_warehouse",
      "CREATE OR REPLACE DYNAMIC TABLE dt TARGET_LAG = '1 day' WAREHOUSE = CLAUDE_WAREHOUSE REFRESH_MODE = INCREMENTAL AS SELECT k FROM t",
      "INSERT INTO t VALUES (2)",
      "ALTER DYNAMIC TABLE dt REFRESH",
    );
    const found = () => rows(other, "SELECT LISTAGG(k, ' ') WITHIN GROUP (ORDER BY k) FROM dt");
    assert.deepEqual(await found(), [["0 2"]]);
    await done(own, "COMMIT");
    await done(other, "ALTER DYNAMIC TABLE dt REFRESH");
    assert.deepEqual(await found(), [["0 1 2"]]);
  });

  it("that has ended while others waited leaves their statements alone", async () => {
    await done(own, "ROLLBACK");
    await done(
      own,
      `CREATE OR REPLACE PROCEDURE beside() RETURNS INT LANGUAGE SQL AS $$
       DECLARE found INT;
       BEGIN
         BEGIN TRANSACTION; INSERT INTO t VALUES (1); SELECT COUNT(*) INTO :found FROM (SELECT k FROM t LIMIT 1); COMMIT;
         BEGIN TRANSACTION; INSERT INTO t VALUES (2); SELECT COUNT(*) INTO :found FROM (SELECT k FROM t LIMIT 1); COMMIT;
         RETURN found;
       END $$`,
    );
    const clients = Array.from({ length: 6 }, () => new WireClient(server));
    for (const client of clients) {
      await client.login();
      await done(client, "USE SCHEMA d.public");
    }
    const answers = await Promise.all(
      clients.map(async (client) => {
        const said: unknown[] = [];
        for (let n = 0; n < 15; n++) {
          const { success, message, data } = await client.query("CALL beside()");
          said.push(success ? data.rowset[0][0] : message);
        }
        return said;
      }),
    );
    assert.deepEqual([...new Set(answers.flat())], ["1"]);
    assert.deepEqual(await rows(own, "SELECT COUNT(*) FROM t"), [["181"]]);
  });

  it("holds the lock from its first change of another kind on", async () => {
    await done(other, "INSERT INTO t VALUES (2)", "ALTER SESSION SET LOCK_TIMEOUT = 0");
    await done(own, "UPDATE t SET k = k + 1 WHERE k = 1");
    assert.equal((await other.query("UPDATE t SET k = 9")).code, "000625");
    await done(other, "ALTER SESSION SET LOCK_TIMEOUT = 5");
    await done(own, "COMMIT");
    assert.equal(await list(other), "0 2 2");
  });
});
