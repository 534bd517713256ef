import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { SteerableClock, startServer } from "../support";
import { type WireAnswer, WireClient } from "./wire";

describe("SHOW TRANSACTIONS", () => {
  let server: LocalServer;

  before(async () => {
    server = await startServer();
  });

  after(() => server.close());

  it("lists what is open, by its name; a second BEGIN changes nothing", async () => {
    const client = new WireClient(server);
    await client.login();
    const names = async () =>
      (await client.query("SHOW TRANSACTIONS")).data.rowset.map((row: string[]) => [row[1], row[3], row[5]]);
    assert.deepEqual(await names(), []);
    await client.query("BEGIN NAME t1");
    await client.query("BEGIN TRANSACTION NAME t2");
    assert.deepEqual(await names(), [["ADMIN", "T1", "running"]]);
    await client.query("ROLLBACK");
    assert.deepEqual(await names(), []);
    assert.equal((await client.query("COMMIT")).success, true);
  });
});

describe("the rows that SHOW TABLES counts", () => {
  let server: LocalServer;

  before(async () => {
    server = await startServer();
  });

  after(() => server.close());

  it("are those of the last commit, and in an open transaction its own", async () => {
    const [client, other] = [new WireClient(server), new WireClient(server)];
    for (const one of [client, other]) await one.login();
    for (const sql of ["CREATE DATABASE counted", "CREATE TABLE counted.public.t (n NUMBER)"]) await client.query(sql);
    const rows = async (of: WireClient) => {
      const { rowtype, rowset } = (await of.query("SHOW TABLES IN SCHEMA counted.public")).data;
      return Number(rowset[0][rowtype.findIndex((column: { name: string }) => column.name === "rows")]);
    };
    assert.equal(await rows(client), 0);
    await client.query("INSERT INTO counted.public.t VALUES (1), (2)");
    assert.deepEqual([await rows(client), await rows(client), await rows(other)], [2, 2, 2]);
    await client.query("BEGIN");
    await client.query("INSERT INTO counted.public.t VALUES (3)");
    assert.deepEqual([await rows(client), await rows(other)], [3, 2]);
    await client.query("ROLLBACK");
    assert.deepEqual([await rows(client), await rows(other)], [2, 2]);
    await other.query("DELETE FROM counted.public.t WHERE n = 1");
    assert.deepEqual([await rows(client), await rows(other)], [1, 1]);
    await client.query("TRUNCATE TABLE counted.public.t");
    assert.equal(await rows(client), 0);
  });
});

describe("a table that another transaction has changed", () => {
  let server: LocalServer;
  let clock: SteerableClock;
  let holder: WireClient;
  let other: WireClient;
  const value = async (client: WireClient, sql: string) => (await client.query(sql)).data.rowset[0][0];

  before(async () => {
    clock = new SteerableClock();
    server = await startServer({ clock, sessionClock: clock });
    holder = new WireClient(server);
    other = new WireClient(server);
    for (const client of [holder, other]) await client.login();
    await holder.query("CREATE DATABASE d");
    await other.query("USE SCHEMA d.public");
    await holder.query("CREATE TABLE t (k INT)");
  });

  beforeEach(async () => {
    await holder.query("INSERT OVERWRITE INTO t VALUES (0)");
    await holder.query("BEGIN");
    await holder.query("UPDATE t SET k = 1");
  });

  afterEach(async () => {
    await holder.query("ROLLBACK");
    await other.query("ALTER SESSION UNSET LOCK_TIMEOUT");
  });

  after(() => server.close());

  /** The answer of a statement that has waited longer than one request does. */
  const answered = async (first: WireAnswer): Promise<WireAnswer> =>
    first.code === "333333" ? answered(await other.get(first.data.getResultUrl)) : first;

  it("is waited for no longer than LOCK_TIMEOUT", async () => {
    await other.query("ALTER SESSION SET LOCK_TIMEOUT = 0");
    const transaction = await value(holder, "SELECT CURRENT_TRANSACTION()");
    const answer = await other.query("UPDATE t SET k = 2");
    assert.equal(answer.code, "000625");
    assert.match(
      answer.message ?? "",
      new RegExp(
        `^Statement '[0-9a-f-]+' has locked table 'T' in transaction ${transaction} and this lock has not yet been released.\\nYour statement '[0-9a-f-]+' was aborted because it waited for the lock longer than LOCK_TIMEOUT allows: 0 second\\(s\\).$`,
      ),
    );
    await other.query("ALTER SESSION SET LOCK_TIMEOUT = 60");
    const waiting = other.query("UPDATE t SET k = 2");
    while (!clock.isAwaited(1_000)) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let second = 0; second < 61; second++) await clock.advance(1_000);
    assert.equal((await answered(await waiting)).code, "000625");
    assert.equal(await value(holder, "SELECT COUNT(*) FROM t"), "1");
  });

  it("is listed by SHOW LOCKS, with who waits for it", async () => {
    const waiting = other.query("DELETE FROM t");
    while (!clock.isAwaited(1_000)) await new Promise((resolve) => setTimeout(resolve, 5));
    const { data } = await holder.query("SHOW LOCKS IN ACCOUNT");
    assert.deepEqual(
      data.rowset.map((row: string[]) => [row[0], row[1], row[4]]),
      [
        ["D.PUBLIC.T", "PARTITIONS", "HOLDING"],
        ["D.PUBLIC.T", "PARTITIONS", "WAITING"],
      ],
    );
    await holder.query("COMMIT");
    assert.deepEqual((await waiting).data.rowset, [["1"]]);
    assert.deepEqual((await holder.query("SHOW LOCKS")).data.rowset, []);
  });

  it("is free when the transaction is aborted by its id", async () => {
    const transaction = await value(holder, "SELECT CURRENT_TRANSACTION()");
    assert.equal(
      await value(other, `SELECT SYSTEM$ABORT_TRANSACTION(${transaction})`),
      `Aborted transaction id: ${transaction}`,
    );
    assert.equal((await other.query("DELETE FROM t")).success, true);
    assert.equal(await value(holder, "SELECT COUNT(*) FROM t"), "0");
    const again = await other.query(`SELECT SYSTEM$ABORT_TRANSACTION(${transaction})`);
    assert.equal(again.message, `Transaction ${transaction} does not exist or is not authorized.`);
  });

  it("is free when the transaction was idle for five minutes while another waited", async () => {
    const waiting = other.query("UPDATE t SET k = k + 5");
    while (!clock.isAwaited(1_000)) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let second = 0; second < 301; second++) await clock.advance(1_000);
    assert.deepEqual((await answered(await waiting)).data.rowset, [["1", "0"]]);
    assert.equal(await value(holder, "SELECT LISTAGG(k, ' ') WITHIN GROUP (ORDER BY k) FROM t"), "5");
  });
});
