import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, type Row, SteerableClock, startServer } from "../support";

const instant = (row: Row = {}, column = ""): string => (row[column] as Date).toISOString();

describe("Alerts", () => {
  let server: LocalServer;
  let connection: Connection;
  let clock: SteerableClock;
  const run = (sql: string): Promise<Row[]> => query(connection, sql);

  beforeEach(async () => {
    clock = new SteerableClock("2026-03-02T10:00:00Z");
    server = await startServer({ clock });
    connection = await connect(server);
    await run("CREATE DATABASE d");
    await run("CREATE WAREHOUSE w");
    await run("CREATE TABLE gauge (v INT)");
    await run("CREATE TABLE noted (v INT, at TIMESTAMP_LTZ)");
  });
  afterEach(async () => {
    await disconnect(connection);
    await server.close();
  });

  const history = (where = "STATE NOT IN ('SCHEDULED', 'EXECUTING')") =>
    run(`SELECT * FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY()) WHERE ${where} ORDER BY SCHEDULED_TIME`);

  /** Moves the clock and waits until so many runs are over. */
  async function until(seconds: number, count: number): Promise<Row[]> {
    await clock.advance(seconds * 1000);
    for (let i = 0; i < 300; i++) {
      const rows = await history();
      if (rows.length >= count) return rows;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${(await history()).length} runs instead of ${count}`);
  }

  const create = (name: string, action: string, schedule = "1 MINUTE") =>
    run(
      `CREATE ALERT ${name} WAREHOUSE = w SCHEDULE = '${schedule}' IF (EXISTS (SELECT v FROM gauge WHERE v > 200)) THEN ${action}`,
    );

  it("do nothing before RESUME; then the condition decides, and SUSPEND ends it", async () => {
    await create("a", "INSERT INTO noted SELECT MAX(v), CURRENT_TIMESTAMP() FROM gauge");
    await clock.advance(300_000);
    assert.deepEqual(await history("TRUE"), []);
    await run("ALTER ALERT a RESUME");
    await until(60, 1);
    await run("INSERT INTO gauge VALUES (300)");
    const rows = await until(60, 2);
    assert.deepEqual(
      rows.map((row) => [row.NAME, row.STATE, row.SCHEDULED_FROM, row.DATABASE_NAME, row.SCHEMA_NAME]),
      [
        ["A", "CONDITION_FALSE", "SCHEDULE", "D", "PUBLIC"],
        ["A", "TRIGGERED", "SCHEDULE", "D", "PUBLIC"],
      ],
    );
    assert.equal(instant(rows[1], "SCHEDULED_TIME"), "2026-03-02T10:07:00.000Z");
    assert.deepEqual(await run("SELECT v FROM noted"), [{ V: 300 }]);
    const [next] = await history("STATE = 'SCHEDULED'");
    assert.equal(instant(next, "SCHEDULED_TIME"), "2026-03-02T10:08:00.000Z");
    await run("ALTER ALERT a SUSPEND");
    await clock.advance(300_000);
    assert.equal((await history("TRUE")).length, 2);
  });

  it("name their statements in the query history, run as system with the owner's role", async () => {
    await create("a", "INSERT INTO noted SELECT 1, CURRENT_TIMESTAMP()");
    await run("INSERT INTO gauge VALUES (300)");
    await run("ALTER ALERT a RESUME");
    const [row] = await until(60, 1);
    const [entry] = await run(
      `SELECT QUERY_TYPE, USER_NAME, ROLE_NAME FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY()) WHERE QUERY_ID = '${row?.ACTION_QUERY_ID}'`,
    );
    assert.deepEqual(entry, { QUERY_TYPE: "INSERT", USER_NAME: "SYSTEM", ROLE_NAME: "ACCOUNTADMIN" });
    assert.notEqual(row?.CONDITION_QUERY_ID, row?.ACTION_QUERY_ID);
  });

  it("an error in the condition or the action is told and does not stop the schedule", async () => {
    await create("c", "INSERT INTO noted SELECT 'x'::INT, NULL");
    await run("INSERT INTO gauge VALUES (300)");
    await run("ALTER ALERT c RESUME");
    await until(60, 1);
    await run("ALTER TABLE gauge RENAME TO other");
    const rows = await until(60, 2);
    assert.deepEqual(
      rows.map((row) => [row.STATE, row.SQL_ERROR_CODE, row.SQL_ERROR_MESSAGE]),
      [
        [
          "ACTION_FAILED",
          100038,
          "DML operation to table NOTED failed on column V with error: Numeric value 'x' is not recognized",
        ],
        ["CONDITION_FAILED", 2003, "SQL compilation error:\nObject 'GAUGE' does not exist or not authorized."],
      ],
    );
  });

  it("conditions may be SHOW or CALL, actions blocks and procedures", async () => {
    await run(
      "CREATE PROCEDURE note(n INT) RETURNS INT LANGUAGE SQL AS 'BEGIN INSERT INTO noted VALUES (:n, NULL); RETURN n; END'",
    );
    await run(
      "CREATE ALERT s WAREHOUSE = w SCHEDULE = '1 MINUTE' IF (EXISTS (SHOW TABLES LIKE 'GAUGE')) THEN CALL note(7)",
    );
    await run(
      "CREATE ALERT b WAREHOUSE = w SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN BEGIN INSERT INTO noted VALUES (8, NULL); INSERT INTO noted VALUES (9, NULL); END",
    );
    for (const name of ["s", "b"]) await run(`ALTER ALERT ${name} RESUME`);
    const rows = await until(60, 2);
    assert.deepEqual(
      rows.map((row) => row.STATE),
      ["TRIGGERED", "TRIGGERED"],
    );
    assert.deepEqual(await run("SELECT v FROM noted ORDER BY v"), [{ V: 7 }, { V: 8 }, { V: 9 }]);
  });

  it("cron schedules fire at their times in their zone", async () => {
    await create(
      "z",
      "INSERT INTO noted SELECT 1, SNOWFLAKE.ALERT.SCHEDULED_TIME()",
      "USING CRON 30 12 * * * Europe/Paris",
    );
    await run("INSERT INTO gauge VALUES (300)");
    await run("ALTER ALERT z RESUME");
    const [row] = await until(2 * 3600, 1);
    assert.equal(instant(row, "SCHEDULED_TIME"), "2026-03-02T11:30:00.000Z");
    const [noted] = await run("SELECT at FROM noted");
    assert.equal(instant(noted, "AT"), "2026-03-02T11:30:00.000Z");
    await assert.rejects(
      create("y", "SELECT 1", "USING CRON 61 12 * * * Europe/Paris"),
      /Invalid schedule was specified/,
    );
  });

  it("EXECUTE ALERT runs a suspended one once, with OPERATE, and leaves it suspended", async () => {
    await create("a", "INSERT INTO noted VALUES (1, NULL)");
    await run("INSERT INTO gauge VALUES (300)");
    assert.deepEqual(await run("EXECUTE ALERT a"), [{ status: "Alert A is scheduled to run immediately." }]);
    const [row] = await until(0, 1);
    assert.deepEqual([row?.STATE, row?.SCHEDULED_FROM], ["TRIGGERED", "EXECUTE ALERT"]);
    assert.equal((await run("SHOW ALERTS"))[0]?.state, "suspended");
    await run("CREATE ROLE operator");
    await run("GRANT ROLE operator TO USER admin");
    for (const grant of ["USAGE ON DATABASE d", "USAGE ON SCHEMA d.public", "MONITOR ON ALERT a"])
      await run(`GRANT ${grant} TO ROLE operator`);
    const guest = await connect(server, { role: "OPERATOR", database: "D", schema: "PUBLIC" });
    await query(guest, "USE SECONDARY ROLES NONE");
    await assert.rejects(query(guest, "EXECUTE ALERT a"), { code: "003001" });
    await run("GRANT OPERATE ON ALERT a TO ROLE operator");
    await query(guest, "EXECUTE ALERT a");
    await until(0, 2);
    assert.deepEqual(await run("SELECT COUNT(*) AS n FROM noted"), [{ N: 2 }]);
    await disconnect(guest);
  });

  it("serverless alerts need no warehouse; alerts on new data are refused by name", async () => {
    await run("CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN INSERT INTO noted VALUES (3, NULL)");
    await run("EXECUTE ALERT a");
    assert.equal((await until(0, 1))[0]?.STATE, "TRIGGERED");
    await assert.rejects(run("CREATE ALERT n WAREHOUSE = w IF (EXISTS (SELECT v FROM gauge)) THEN SELECT 1"), {
      message: "Unsupported feature 'alert on new data (ALERT without SCHEDULE)'.",
    });
  });

  it("RESULT_LIMIT, ALERT_NAME and the time range choose among the runs", async () => {
    await create("a", "SELECT 1");
    await create("b", "SELECT 1");
    for (const name of ["a", "b"]) await run(`ALTER ALERT ${name} RESUME`);
    for (const count of [2, 4, 6]) await until(60, count);
    const of = (args: string) =>
      run(`SELECT NAME, SCHEDULED_TIME FROM TABLE(D.INFORMATION_SCHEMA.ALERT_HISTORY(${args}))`);
    assert.equal((await of("RESULT_LIMIT => 3")).length, 3);
    const ofA = await of("ALERT_NAME => 'a', SCHEDULED_TIME_RANGE_END => CURRENT_TIMESTAMP()");
    assert.deepEqual(
      ofA.map((row) => row.NAME),
      ["A", "A", "A"],
    );
    assert.ok((ofA[0]?.SCHEDULED_TIME as Date) > (ofA[2]?.SCHEDULED_TIME as Date));
    await assert.rejects(of("SCHEDULED_TIME_RANGE_START => DATEADD('day', -9, CURRENT_TIMESTAMP())"), /last 7 days/);
  });
});
