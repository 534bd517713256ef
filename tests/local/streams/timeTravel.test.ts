import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, execute, query, SteerableClock, startServer } from "../support";

describe("time travel", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;
  let clock: SteerableClock;
  const run = (sql: string) => query(connection, sql);
  let deletion: string;

  before(async () => {
    clock = new SteerableClock("2026-03-01T10:00:00Z");
    server = await startServer({ clock });
    connection = await connect(server);
    await run("CREATE DATABASE D");
    await run("CREATE TABLE T (ID INT, V INT) CHANGE_TRACKING = TRUE");
    await clock.advance(60_000);
    await run("INSERT INTO T VALUES (1, 10), (2, 20)");
    await clock.advance(60_000);
    await run("UPDATE T SET V = 11 WHERE ID = 1");
    await clock.advance(60_000);
    deletion = (await execute(connection, "DELETE FROM T WHERE ID = 2")).statement.getQueryId();
    await clock.advance(60_000);
  });

  after(() => server.close());

  const at = (when: string) => run(`SELECT ID, V FROM T ${when} ORDER BY ID`);

  it("reads a table as it was at a time, an offset, and at or before a statement", async () => {
    assert.deepEqual(await at("AT(TIMESTAMP => '2026-03-01 10:01:30 +0000'::TIMESTAMP_TZ)"), [
      { ID: 1, V: 10 },
      { ID: 2, V: 20 },
    ]);
    assert.deepEqual(await at("AT(OFFSET => -90)"), [
      { ID: 1, V: 11 },
      { ID: 2, V: 20 },
    ]);
    assert.deepEqual(await at("AT(OFFSET => -2.5*60)"), [
      { ID: 1, V: 10 },
      { ID: 2, V: 20 },
    ]);
    assert.deepEqual(await at(`BEFORE(STATEMENT => '${deletion}')`), [
      { ID: 1, V: 11 },
      { ID: 2, V: 20 },
    ]);
    assert.deepEqual(await at(`AT(STATEMENT => '${deletion}')`), [{ ID: 1, V: 11 }]);
  });

  it("refuses a time before the table was there", async () => {
    await assert.rejects(at("AT(OFFSET => -86400)"), /Time travel data is not available for table T\./);
  });

  it("gives the changes between two points", async () => {
    const changes = (information: string, span: string) =>
      run(
        `SELECT ID, V, METADATA$ACTION AS A, METADATA$ISUPDATE AS U FROM T CHANGES(INFORMATION => ${information}) ${span} ORDER BY ID, A`,
      );
    assert.deepEqual(await changes("DEFAULT", "AT(OFFSET => -150)"), [
      { ID: 1, V: 10, A: "DELETE", U: true },
      { ID: 1, V: 11, A: "INSERT", U: true },
      { ID: 2, V: 20, A: "DELETE", U: false },
    ]);
    assert.deepEqual(await changes("APPEND_ONLY", "AT(OFFSET => -210)"), [
      { ID: 1, V: 10, A: "INSERT", U: false },
      { ID: 2, V: 20, A: "INSERT", U: false },
    ]);
    assert.deepEqual(await changes("DEFAULT", "AT(OFFSET => -210) END(OFFSET => -90)"), [
      { ID: 1, V: 11, A: "INSERT", U: false },
      { ID: 2, V: 20, A: "INSERT", U: false },
    ]);
  });

  it("finds what a statement of a transaction changed from the commit on", async () => {
    const count = async (when: string) => (await run(`SELECT COUNT(*) AS N FROM U ${when}`))[0]?.N;
    const idOf = async (sql: string) => (await execute(connection, sql)).statement.getQueryId();
    const creation = await idOf("CREATE TABLE U (A INT)");
    await clock.advance(60_000);
    await run("BEGIN");
    const insertion = await idOf("INSERT INTO U VALUES (1)");
    await clock.advance(60_000);
    await run("COMMIT");
    await clock.advance(60_000);
    assert.equal(await count(`AT(STATEMENT => '${insertion}')`), 1);
    assert.equal(await count(`BEFORE(STATEMENT => '${insertion}')`), 0);
    await assert.rejects(count(`AT(STATEMENT => '${creation}')`), {
      message: `Statement ${creation} cannot be used to specify time for time travel query.`,
    });
  });
});
