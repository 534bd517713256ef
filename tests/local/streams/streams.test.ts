import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, query, type Row, startServer } from "../support";

describe("a stream", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;
  const run = (sql: string) => query(connection, sql);

  beforeEach(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sql of [
      "CREATE DATABASE D",
      "CREATE TABLE T (ID INT, V INT)",
      "CREATE TABLE TARGET (ID INT, V INT)",
      "INSERT INTO T VALUES (1, 10), (2, 20)",
      "CREATE STREAM S ON TABLE T",
    ])
      await run(sql);
  });

  afterEach(() => server.close());

  const changes = (stream = "S") =>
    run(`SELECT ID, V, METADATA$ACTION AS A, METADATA$ISUPDATE AS U FROM ${stream} ORDER BY ID, A, V`);
  const hasData = async () => (await run("SELECT SYSTEM$STREAM_HAS_DATA('S') AS B"))[0]?.B;
  const row = (ID: number, V: number, A: string, U = false): Row => ({ ID, V, A, U });

  it("is empty at first and then has the net change since its offset", async () => {
    assert.deepEqual(await changes(), []);
    assert.equal(await hasData(), false);
    await run("INSERT INTO T VALUES (3, 30), (4, 40)");
    await run("UPDATE T SET V = 11 WHERE ID = 1");
    await run("UPDATE T SET V = 31 WHERE ID = 3");
    await run("DELETE FROM T WHERE ID IN (2, 4)");
    assert.equal(await hasData(), true);
    assert.deepEqual(await changes(), [
      row(1, 10, "DELETE", true),
      row(1, 11, "INSERT", true),
      row(2, 20, "DELETE"),
      row(3, 31, "INSERT"),
    ]);
    const names = Object.keys((await run("SELECT * FROM S"))[0] ?? {});
    assert.deepEqual(names, ["ID", "V", "METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID"]);
  });

  it("moves on when DML reads it, not when a query does", async () => {
    await run("INSERT INTO T VALUES (3, 30)");
    await changes();
    assert.equal((await changes()).length, 1);
    await run("INSERT INTO TARGET SELECT ID, V FROM S WHERE FALSE");
    assert.deepEqual(await changes(), []);
    await run("INSERT INTO T VALUES (4, 40)");
    await run("CREATE TABLE COPY AS SELECT ID FROM S");
    assert.deepEqual(await run("SELECT * FROM COPY"), [{ ID: 4 }]);
    assert.deepEqual(await changes(), []);
  });

  it("stands still within a transaction and moves with its commit only", async () => {
    await run("INSERT INTO T VALUES (3, 30)");
    await run("BEGIN");
    await run("INSERT INTO TARGET SELECT ID, V FROM S");
    await run("INSERT INTO T VALUES (4, 40)");
    await run("ROLLBACK");
    assert.deepEqual(await changes(), [row(3, 30, "INSERT")]);
    await run("BEGIN");
    await run("INSERT INTO T VALUES (5, 50)");
    assert.deepEqual(await changes(), [row(3, 30, "INSERT")]);
    await run("INSERT INTO TARGET SELECT ID, V FROM S");
    await run("COMMIT");
    assert.deepEqual(await run("SELECT * FROM TARGET"), [{ ID: 3, V: 30 }]);
    assert.deepEqual(await changes(), [row(5, 50, "INSERT")]);
  });

  it("gives every statement of a transaction the same rows, also behind the one that consumes them", async () => {
    await run("CREATE STREAM I ON TABLE T SHOW_INITIAL_ROWS = TRUE");
    await run("INSERT INTO T VALUES (3, 30)");
    await run("BEGIN");
    await run("INSERT INTO TARGET SELECT ID, V FROM S");
    await run("INSERT INTO TARGET SELECT ID, 0 FROM S");
    await run("INSERT INTO TARGET SELECT ID, V FROM I");
    await run("UPDATE TARGET SET V = I.V FROM I WHERE TARGET.ID = I.ID");
    assert.deepEqual(await changes(), [row(3, 30, "INSERT")]);
    assert.deepEqual(await changes("I"), [row(1, 10, "INSERT"), row(2, 20, "INSERT")]);
    assert.deepEqual(await run("SELECT SYSTEM$STREAM_HAS_DATA('S') AS HAS"), [{ HAS: true }]);
    await run("COMMIT");
    const target = await run("SELECT * FROM TARGET ORDER BY ID, V");
    assert.deepEqual(
      target,
      [
        [1, 10],
        [2, 20],
        [3, 0],
        [3, 30],
      ].map(([ID, V]) => ({ ID, V })),
    );
    assert.deepEqual(await changes(), []);
    assert.deepEqual(await changes("I"), [row(3, 30, "INSERT")]);
  });

  it("that is APPEND_ONLY has each inserted row as it was inserted, whatever became of it", async () => {
    await run("CREATE STREAM P ON TABLE T APPEND_ONLY = TRUE");
    await run("INSERT INTO T VALUES (3, 30), (4, 40)");
    await run("UPDATE T SET V = 99");
    await run("DELETE FROM T WHERE ID = 4");
    assert.deepEqual(await changes("P"), [row(3, 30, "INSERT"), row(4, 40, "INSERT")]);
  });

  it("with SHOW_INITIAL_ROWS begins with the rows that are there", async () => {
    await run("CREATE STREAM I ON TABLE T SHOW_INITIAL_ROWS = TRUE");
    assert.deepEqual(await changes("I"), [row(1, 10, "INSERT"), row(2, 20, "INSERT")]);
    await run("INSERT INTO TARGET SELECT ID, V FROM I");
    assert.deepEqual(await changes("I"), []);
  });

  it("with SHOW_INITIAL_ROWS has at first nothing of what came after it, and all of that once it was read", async () => {
    await run("CREATE STREAM I ON TABLE T SHOW_INITIAL_ROWS = TRUE");
    await run("CREATE STREAM J ON TABLE T APPEND_ONLY = TRUE SHOW_INITIAL_ROWS = TRUE");
    await run("DELETE FROM T WHERE ID = 1");
    await run("UPDATE T SET V = 21 WHERE ID = 2");
    await run("INSERT INTO T VALUES (3, 30)");
    const initial = [row(1, 10, "INSERT"), row(2, 20, "INSERT")];
    assert.deepEqual(await changes("I"), initial);
    assert.deepEqual(await changes("J"), initial);
    await run("INSERT INTO TARGET SELECT ID, V FROM I");
    await run("INSERT INTO TARGET SELECT ID, V FROM J");
    const since = [row(1, 10, "DELETE"), row(2, 20, "DELETE", true), row(2, 21, "INSERT", true), row(3, 30, "INSERT")];
    assert.deepEqual(await changes("I"), since);
    assert.deepEqual(await changes("J"), [row(3, 30, "INSERT")]);
    await run("INSERT INTO TARGET SELECT ID, V FROM I");
    assert.deepEqual(await changes("I"), []);
  });

  it("begins where another stream on the table stands", async () => {
    await run("INSERT INTO T VALUES (3, 30)");
    await run("CREATE STREAM TOO ON TABLE T AT (STREAM => 's')");
    await run("CREATE OR REPLACE STREAM S ON TABLE T AT (STREAM => 'S') COMMENT = 'again'");
    await run("CREATE STREAM I ON TABLE T AT (STREAM => 's') SHOW_INITIAL_ROWS = TRUE");
    assert.deepEqual(await changes("TOO"), [row(3, 30, "INSERT")]);
    assert.deepEqual(await changes("S"), [row(3, 30, "INSERT")]);
    assert.deepEqual(await changes("I"), [row(1, 10, "INSERT"), row(2, 20, "INSERT")]);
    await run("DELETE FROM TARGET WHERE ID IN (SELECT ID FROM TOO)");
    assert.deepEqual(await changes("TOO"), []);
    assert.deepEqual(await changes("S"), [row(3, 30, "INSERT")]);
    await assert.rejects(
      run("CREATE STREAM X ON TABLE T AT (STREAM => 'nowhere')"),
      /^OperationFailedError: Stream 'nowhere' not found\.$/,
    );
    await assert.rejects(
      run("CREATE STREAM X ON TABLE TARGET AT (STREAM => 's')"),
      /Unsupported feature 'CREATE STREAM … AT the offset of a stream on another table'/,
    );
    await assert.rejects(
      run("CREATE STREAM X ON TABLE T AT (OFFSET => -60)"),
      /Unsupported feature 'CREATE STREAM … AT \(OFFSET => …\)'/,
    );
  });

  it("that is a clone is of the same kind and stands where its original stood", async () => {
    await run("CREATE STREAM P ON TABLE T APPEND_ONLY = TRUE COMMENT = 'of the first'");
    await run("INSERT INTO T VALUES (3, 30)");
    await run("CREATE STREAM C CLONE P");
    await run("INSERT INTO TARGET SELECT ID, V FROM P");
    await run("INSERT INTO T VALUES (4, 40)");
    assert.deepEqual(await changes("C"), [row(3, 30, "INSERT"), row(4, 40, "INSERT")]);
    assert.deepEqual(await changes("P"), [row(4, 40, "INSERT")]);
    const [shown] = await run("SHOW STREAMS LIKE 'C'");
    assert.deepEqual([shown?.mode, shown?.comment, shown?.table_name], ["APPEND_ONLY", "of the first", "D.PUBLIC.T"]);
    await assert.rejects(run("CREATE STREAM C2 CLONE NOWHERE"), /Stream 'NOWHERE' does not exist or not authorized/);
  });

  it("on a dynamic table is a standard one, and waits for the first refresh", async () => {
    await run(
      "CREATE DYNAMIC TABLE DT TARGET_LAG = DOWNSTREAM WAREHOUSE = COMPUTE_WH INITIALIZE = ON_SCHEDULE AS SELECT ID, V FROM T",
    );
    await assert.rejects(
      run("CREATE STREAM DS ON DYNAMIC TABLE DT APPEND_ONLY = TRUE"),
      /Change tracking of type APPEND_ONLY is not supported on dynamic tables\./,
    );
    await assert.rejects(
      run("CREATE STREAM DS ON DYNAMIC TABLE NOWHERE"),
      /Dynamic table 'NOWHERE' does not exist or not authorized/,
    );
    await run("CREATE STREAM DS ON DYNAMIC TABLE DT");
    await assert.rejects(changes("DS"), /Dynamic Table is not initialized\./);
    await run("ALTER DYNAMIC TABLE DT REFRESH");
    assert.deepEqual(await changes("DS"), [row(1, 10, "INSERT"), row(2, 20, "INSERT")]);
  });

  it("on a dynamic table has what its refreshes changed", async () => {
    await run(
      "CREATE DYNAMIC TABLE DT TARGET_LAG = '1 day' WAREHOUSE = COMPUTE_WH AS SELECT ID, SUM(V) AS V FROM T GROUP BY ID",
    );
    await run("CREATE STREAM DS ON DYNAMIC TABLE DT");
    await run("INSERT INTO T VALUES (1, 5), (7, 7)");
    await run("ALTER DYNAMIC TABLE DT REFRESH");
    assert.deepEqual(await changes("DS"), [row(1, 10, "DELETE"), row(1, 15, "INSERT"), row(7, 7, "INSERT")]);
  });

  it("keeps its offset over UPDATE and DELETE that read it, and cannot be read when its source was replaced", async () => {
    await run("INSERT INTO T VALUES (3, 30)");
    await run("DELETE FROM TARGET WHERE ID IN (SELECT ID FROM S)");
    assert.deepEqual(await changes(), []);
    await run("CREATE OR REPLACE TABLE T (ID INT, V INT)");
    await assert.rejects(changes(), /source of stream 'D.PUBLIC.S' was dropped or replaced/);
  });
});
