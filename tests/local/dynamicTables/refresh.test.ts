import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, query, startServer } from "../support";

describe("refresh of a dynamic table", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sql of [
      "CREATE DATABASE SCRATCH",
      "CREATE TABLE SCRATCH.PUBLIC.A (k INT, v INT)",
      "CREATE TABLE SCRATCH.PUBLIC.B (k INT)",
      "INSERT INTO SCRATCH.PUBLIC.A VALUES (1, 10), (1, 20), (2, 5)",
    ]) {
      await query(connection, sql);
    }
  });

  after(() => server.close());

  const create = (name: string, mode: string, text: string) =>
    query(
      connection,
      `CREATE DYNAMIC TABLE SCRATCH.PUBLIC.${name} TARGET_LAG = '1 minute' WAREHOUSE = COMPUTE_WH REFRESH_MODE = ${mode} AS ${text}`,
    );

  it("holds the rows of its query at creation and follows inserts, updates and deletes when refreshed", async () => {
    await create("D", "INCREMENTAL", "SELECT k, SUM(v) AS s FROM SCRATCH.PUBLIC.A GROUP BY k");
    const rows = () => query(connection, "SELECT k, s FROM SCRATCH.PUBLIC.D ORDER BY k");
    assert.deepEqual(await rows(), [
      { K: 1, S: 30 },
      { K: 2, S: 5 },
    ]);
    await query(connection, "INSERT INTO SCRATCH.PUBLIC.A VALUES (3, 7)");
    await query(connection, "DELETE FROM SCRATCH.PUBLIC.A WHERE k = 2");
    await query(connection, "UPDATE SCRATCH.PUBLIC.A SET v = 11 WHERE v = 10");
    assert.equal((await rows()).length, 2);
    await query(connection, "ALTER DYNAMIC TABLE SCRATCH.PUBLIC.D REFRESH");
    assert.deepEqual(await rows(), [
      { K: 1, S: 31 },
      { K: 3, S: 7 },
    ]);
  });

  it("keeps equal rows as often as the query gives them", async () => {
    await create("M", "INCREMENTAL", "SELECT k FROM SCRATCH.PUBLIC.A");
    await query(connection, "INSERT INTO SCRATCH.PUBLIC.A VALUES (1, 99)");
    await query(connection, "ALTER DYNAMIC TABLE SCRATCH.PUBLIC.M REFRESH");
    assert.deepEqual(await query(connection, "SELECT COUNT(*) AS n FROM SCRATCH.PUBLIC.M WHERE k = 1"), [{ N: 3 }]);
    await query(connection, "DELETE FROM SCRATCH.PUBLIC.A WHERE v = 99");
    await query(connection, "ALTER DYNAMIC TABLE SCRATCH.PUBLIC.M REFRESH");
    assert.deepEqual(await query(connection, "SELECT COUNT(*) AS n FROM SCRATCH.PUBLIC.M WHERE k = 1"), [{ N: 2 }]);
  });

  it("is not refreshed inside a transaction, which stays open", async () => {
    await create("T", "INCREMENTAL", "SELECT k FROM SCRATCH.PUBLIC.A");
    await query(connection, "BEGIN");
    await query(connection, "INSERT INTO SCRATCH.PUBLIC.A (k) VALUES (77)");
    await assert.rejects(query(connection, "ALTER DYNAMIC TABLE SCRATCH.PUBLIC.T REFRESH"), {
      code: "002743",
      message:
        "SQL compilation error:\nManual refresh of a dynamic table is not supported inside a multi-statement transaction.",
    });
    await query(connection, "ROLLBACK");
    assert.deepEqual(await query(connection, "SELECT COUNT(*) AS n FROM SCRATCH.PUBLIC.A WHERE k = 77"), [{ N: 0 }]);
  });

  it("says that what it reads failed, when it is refreshed by hand", async () => {
    await query(connection, "CREATE TABLE SCRATCH.PUBLIC.TEXTS (v VARCHAR)");
    await create("UP", "INCREMENTAL", "SELECT TO_NUMBER(v) AS n FROM SCRATCH.PUBLIC.TEXTS");
    await create("DOWN", "INCREMENTAL", "SELECT n FROM SCRATCH.PUBLIC.UP");
    await query(connection, "INSERT INTO SCRATCH.PUBLIC.TEXTS VALUES ('abc')");
    await assert.rejects(query(connection, "ALTER DYNAMIC TABLE SCRATCH.PUBLIC.DOWN REFRESH"), {
      code: "002753",
      message: "SQL compilation error:\nManual refresh failed because an upstream dynamic table failed to refresh.",
    });
  });

  it("refuses INCREMENTAL for a subquery outside FROM and names it; nothing is created", async () => {
    await assert.rejects(
      create("D3", "INCREMENTAL", "SELECT k, v FROM SCRATCH.PUBLIC.A WHERE k IN (SELECT k FROM SCRATCH.PUBLIC.B)"),
      (error: Error & { code?: string | number }) =>
        /002711/.test(String(error.code)) && /[Ss]ubquery/.test(error.message),
    );
    await assert.rejects(query(connection, "SELECT * FROM SCRATCH.PUBLIC.D3"), /does not exist/);
  });
});
