import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, query, type Row, SteerableClock, startServer } from "../support";

describe("the schedule of dynamic tables", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;
  let clock: SteerableClock;
  const run = (sql: string) => query(connection, sql);

  beforeEach(async () => {
    clock = new SteerableClock();
    server = await startServer({ clock });
    connection = await connect(server);
    await run("CREATE DATABASE S");
  });

  afterEach(() => server.close());

  const history = (name: string): Promise<Row[]> =>
    run(
      `SELECT STATE, STATE_CODE, STATE_MESSAGE, REFRESH_ACTION, REFRESH_TRIGGER, STATISTICS:numInsertedRows::INT AS INS, STATISTICS:numScannedRows::INT AS SCANNED
       FROM TABLE(S.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'S.PUBLIC.${name}', RESULT_LIMIT => 1000)) WHERE STATE <> 'EXECUTING' ORDER BY REFRESH_START_TIME, REFRESH_END_TIME`,
    );

  /** Moves the clock and waits until the history of a table has grown. */
  async function until(name: string, seconds: number, count: number): Promise<Row[]> {
    await clock.advance(seconds * 1000);
    for (let i = 0; i < 200; i++) {
      const rows = await history(name);
      if (rows.length >= count) return rows;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`the history of ${name} has ${(await history(name)).length} entries instead of ${count}`);
  }

  const create = (name: string, text: string, more = "TARGET_LAG = '1 minute'") =>
    run(`CREATE DYNAMIC TABLE ${name} ${more} WAREHOUSE = COMPUTE_WH REFRESH_MODE = INCREMENTAL AS ${text}`);

  it("refreshes within the lag, reads only what is new, and says NO_DATA when nothing changed", async () => {
    await run("CREATE TABLE A (V INT)");
    await run("INSERT INTO A VALUES (1), (2), (3)");
    await create("D", "SELECT V * 2 AS W FROM A");
    await run("INSERT INTO A VALUES (4)");
    await until("D", 48, 2);
    const rows = await until("D", 48, 3);
    assert.deepEqual(
      rows.map((r) => [r.STATE, r.REFRESH_ACTION, r.REFRESH_TRIGGER, r.INS, r.SCANNED]),
      [
        ["SUCCEEDED", "REINITIALIZE", "CREATION", 3, 3],
        ["SUCCEEDED", "INCREMENTAL", "SCHEDULED", 1, 1],
        ["SUCCEEDED", "NO_DATA", "SCHEDULED", 0, 0],
      ],
    );
    assert.deepEqual(await run("SELECT W FROM D ORDER BY W"), [{ W: 2 }, { W: 4 }, { W: 6 }, { W: 8 }]);
  });

  it("suspends after five scheduled failures, manual ones not counted, and goes on after RESUME", async () => {
    await run("CREATE TABLE A (V VARCHAR)");
    await run("INSERT INTO A VALUES ('1')");
    await create("D", "SELECT TO_NUMBER(V) AS N FROM A");
    await run("INSERT INTO A VALUES ('abc')");
    let count = 1;
    for (let failure = 1; failure <= 5; failure++) {
      count++;
      await until("D", 48, count);
      if (failure > 3) continue;
      await assert.rejects(run("ALTER DYNAMIC TABLE D REFRESH"), /Numeric value 'abc' is not recognized/);
      count++;
    }
    const state = async () =>
      (
        await run(
          "SELECT SCHEDULING_STATE:state::VARCHAR AS STATE, SCHEDULING_STATE:reason_code::VARCHAR AS CODE FROM TABLE(S.INFORMATION_SCHEMA.DYNAMIC_TABLE_GRAPH_HISTORY()) WHERE NAME = 'D'",
        )
      )[0];
    for (let i = 0; i < 100 && (await state())?.STATE !== "SUSPENDED"; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(await state(), { STATE: "SUSPENDED", CODE: "SUSPENDED_DUE_TO_ERRORS" });
    const failed = (await history("D")).filter((r) => r.STATE === "FAILED");
    assert.deepEqual(failed.map((r) => `${r.REFRESH_TRIGGER} ${r.STATE_CODE}`).sort(), [
      ...Array(3).fill("MANUAL 100038"),
      ...Array(5).fill("SCHEDULED 100038"),
    ]);
    assert.deepEqual(await run("SELECT N FROM D"), [{ N: 1 }]);
    await clock.advance(600_000);
    assert.equal((await history("D")).length, 9);
    await run("DELETE FROM A WHERE V = 'abc'");
    await run("ALTER DYNAMIC TABLE D RESUME");
    const rows = await until("D", 1, 10);
    assert.equal(rows.at(-1)?.STATE, "SUCCEEDED");
    assert.deepEqual(await run("SELECT N FROM D"), [{ N: 1 }]);
    const [shown] = await run("SHOW DYNAMIC TABLES LIKE 'D'");
    assert.equal(shown?.scheduling_state, "ACTIVE");
  });

  it("follows a filter on the time, also while nothing that it reads changes", async () => {
    await run("CREATE TABLE A (V INT, T TIMESTAMP_LTZ)");
    await run("INSERT INTO A SELECT 1, CURRENT_TIMESTAMP()");
    await create("D", "SELECT V FROM A WHERE T > DATEADD(minute, -5, CURRENT_TIMESTAMP())", "TARGET_LAG = '1 day'");
    assert.deepEqual(await run("SELECT V FROM D"), [{ V: 1 }]);
    await clock.advance(1000);
    await run("ALTER DYNAMIC TABLE D REFRESH");
    await clock.advance(600_000);
    await run("ALTER DYNAMIC TABLE D REFRESH");
    assert.deepEqual(await run("SELECT V FROM D"), []);
    assert.deepEqual(
      (await history("D")).map((entry) => entry.REFRESH_ACTION),
      ["REINITIALIZE", "NO_DATA", "INCREMENTAL"],
    );
  });

  it("refreshes what a table reads first, also where that has no lag of its own", async () => {
    await run("CREATE TABLE A (K INT, V INT)");
    await create("UP", "SELECT K, SUM(V) AS S FROM A GROUP BY K", "TARGET_LAG = DOWNSTREAM");
    await create("DOWN", "SELECT SUM(S) AS TOTAL, COUNT(*) AS N FROM UP");
    await run("INSERT INTO A VALUES (1, 10), (2, 5), (1, 1)");
    await until("DOWN", 48, 2);
    assert.deepEqual(await run("SELECT TOTAL, N FROM DOWN"), [{ TOTAL: 16, N: 2 }]);
    assert.equal((await history("UP")).at(-1)?.REFRESH_ACTION, "INCREMENTAL");
    await run("ALTER DYNAMIC TABLE UP SUSPEND");
    const [down] = await run("SHOW DYNAMIC TABLES LIKE 'DOWN'");
    assert.equal(down?.scheduling_state, "SUSPENDED");
    await run("ALTER DYNAMIC TABLE UP RESUME");
    assert.equal((await run("SHOW DYNAMIC TABLES LIKE 'DOWN'"))[0]?.scheduling_state, "ACTIVE");
  });

  it("fills a table with INITIALIZE = ON_SCHEDULE by itself", async () => {
    await run("CREATE TABLE A (V INT)");
    await run("INSERT INTO A VALUES (1)");
    await create("D", "SELECT V FROM A", "TARGET_LAG = '2 minutes' INITIALIZE = ON_SCHEDULE");
    const rows = await until("D", 1, 1);
    assert.equal(rows[0]?.REFRESH_TRIGGER, "SCHEDULED");
    assert.deepEqual(await run("SELECT V FROM D"), [{ V: 1 }]);
  });

  it("has no rows to give before the first refresh, but can be named in a view; a clone has the rows of its source", async () => {
    await run("CREATE TABLE A (V INT)");
    await run("CREATE TABLE T (V INT)");
    await run("INSERT INTO A VALUES (1)");
    await create("D", "SELECT V FROM A", "TARGET_LAG = '2 minutes' INITIALIZE = ON_SCHEDULE");
    await run("CREATE VIEW W AS SELECT V FROM D");
    for (const sql of ["SELECT V FROM D", "SELECT V FROM W", "INSERT INTO T SELECT V FROM D"]) {
      await assert.rejects(run(sql), {
        code: "002741",
        message:
          "SQL compilation error:\nDynamic Table is not initialized. Please run a manual refresh or wait for a scheduled refresh before querying.",
      });
    }
    await create("E", "SELECT V FROM W");
    assert.deepEqual(await run("SELECT V FROM E"), [{ V: 1 }]);
    assert.deepEqual(await run("SELECT V FROM W"), [{ V: 1 }]);
    await run("CREATE SCHEMA S.C CLONE S.PUBLIC");
    assert.deepEqual(await run("SELECT V FROM S.C.D"), [{ V: 1 }]);
  });

  it("tells lag and state of each table in DYNAMIC_TABLES, and the graph's history", async () => {
    await run("CREATE TABLE A (V INT)");
    await create("D", "SELECT V FROM A");
    await until("D", 50, 2);
    const [row] = await run(
      "SELECT * FROM TABLE(S.INFORMATION_SCHEMA.DYNAMIC_TABLES(NAME => 'D', REFRESH_DATA_TIMESTAMP_START => DATEADD('day', -1, CURRENT_TIMESTAMP())))",
    );
    assert.equal(row?.QUALIFIED_NAME, "S.PUBLIC.D");
    assert.equal(row?.TARGET_LAG_SEC, 60);
    assert.equal(row?.TARGET_LAG_TYPE, "USER_DEFINED");
    assert.deepEqual(row?.SCHEDULING_STATE, { state: "RUNNING" });
    assert.equal(row?.MAXIMUM_LAG_SEC, 50);
    assert.equal(row?.TIME_WITHIN_TARGET_LAG_RATIO, 1);
    assert.equal(row?.LAST_COMPLETED_REFRESH_STATE, "SUCCEEDED");
    await run("ALTER DYNAMIC TABLE D SET TARGET_LAG = '5 minutes'");
    assert.deepEqual(
      await run(
        "SELECT TARGET_LAG_SEC, ALTER_TRIGGER, INPUTS, VALID_TO IS NULL AS NOW FROM TABLE(S.INFORMATION_SCHEMA.DYNAMIC_TABLE_GRAPH_HISTORY(HISTORY_START => DATEADD('hour', -1, CURRENT_TIMESTAMP()))) ORDER BY VALID_FROM",
      ),
      [
        { TARGET_LAG_SEC: 60, ALTER_TRIGGER: ["CREATE_DYNAMIC_TABLE"], INPUTS: [{ kind: "TABLE", name: "S.PUBLIC.A" }], NOW: false },
        { TARGET_LAG_SEC: 300, ALTER_TRIGGER: ["ALTER_TARGET_LAG"], INPUTS: [{ kind: "TABLE", name: "S.PUBLIC.A" }], NOW: true },
      ],
    ); // biome-ignore format: one row a line
  });
});
