import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, query, startServer } from "../support";

describe("a dynamic table", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;
  const run = (sql: string) => query(connection, sql);

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sql of [
      "CREATE DATABASE SCRATCH",
      "CREATE TABLE A (k INT, v INT)",
      "CREATE TABLE B (k INT)",
      "INSERT INTO A VALUES (1, 10), (2, 20)",
    ])
      await run(sql);
  });

  after(() => server.close());

  const create = (name: string, mode: string, text: string, verb = "CREATE", lag = "1 minute") =>
    run(
      `${verb} DYNAMIC TABLE ${name} TARGET_LAG = '${lag}' WAREHOUSE = COMPUTE_WH ${mode && `REFRESH_MODE = ${mode}`} AS ${text}`,
    );
  const shown = async (name: string) => (await run(`SHOW DYNAMIC TABLES LIKE '${name}'`))[0];
  const refreshes = (name: string) =>
    run(
      `SELECT REFRESH_ACTION AS A, REFRESH_TRIGGER AS T FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => '${name}')) ORDER BY REFRESH_START_TIME`,
    );

  it("with REFRESH_MODE = AUTO falls back to FULL and says why", async () => {
    await create("D1", "AUTO", "SELECT UUID_STRING() AS u, k, v FROM A");
    await create("D2", "", "SELECT k, v FROM A WHERE k IN (SELECT k FROM B)");
    await create("D5", "AUTO", "SELECT k FROM D1");
    await create("D6", "AUTO", "SELECT k, CURRENT_TIMESTAMP() AS seen FROM A");
    await create("D7", "AUTO", "SELECT MEDIAN(v) AS m FROM A");
    for (const [name, reason] of [
      ["D1", /^QUERY_NOT_SUPPORTED_FOR_INCREMENTAL: .*UUID_STRING/],
      ["D2", /^QUERY_NOT_SUPPORTED_FOR_INCREMENTAL: .*IN \(SELECT/],
      ["D5", /^UPSTREAM_USES_FULL_REFRESH: Upstream dynamic table: SCRATCH\.PUBLIC\.D1/],
      ["D6", /^QUERY_NOT_SUPPORTED_FOR_INCREMENTAL: .*CURRENT_TIMESTAMP is supported only in WHERE/],
      ["D7", /^QUERY_NOT_SUPPORTED_FOR_INCREMENTAL: .*MEDIAN/],
    ] as const) {
      const row = await shown(name);
      assert.equal(row?.refresh_mode, "FULL");
      assert.match(String(row?.refresh_mode_reason), reason);
    }
  });

  it("is shown with the query as it was written, the comments around it too", async () => {
    const query = "\n-- as one\nSELECT k FROM A -- all of them\n /* --made by a program */";
    await create("D10", "", query);
    const text = String((await shown("D10"))?.text);
    assert.equal(text.slice(text.indexOf(" AS ")), ` AS ${query}`);
    await run(`CREATE VIEW V10 AS${query};`);
    assert.equal((await run("SHOW VIEWS LIKE 'V10'"))[0]?.text, `CREATE VIEW V10 AS${query}`);
    const [ddl] = await run("SELECT GET_DDL('VIEW', 'V10') AS D");
    assert.equal(ddl?.D, "create or replace view V10(\n\tK\n) as SELECT k FROM A;");
  });

  it("is shown by its name as CREATE wrote it, until it has another", async () => {
    await create('SCRATCH.PUBLIC."N1"', "", "SELECT k FROM A");
    assert.equal(
      (await shown("N1"))?.["text"],
      `CREATE DYNAMIC TABLE SCRATCH.PUBLIC."N1" lag = '1 minute' refresh_mode = 'AUTO' initialize = 'ON_CREATE' warehouse = COMPUTE_WH AS SELECT k FROM A`,
    );
    await run("ALTER DYNAMIC TABLE N1 RENAME TO N2");
    await run("ALTER DYNAMIC TABLE N2 SET TARGET_LAG = '2 minutes'");
    assert.match(String((await shown("N2"))?.["text"]), /^CREATE DYNAMIC TABLE N2 lag = '2 minutes' /);
  });

  it("may have a target lag of several parts, as GET_DDL writes it", async () => {
    await create("D11", "", "SELECT k FROM A", "CREATE", "16 hours, 40 minutes");
    assert.equal((await shown("D11"))?.target_lag, "16 hours, 40 minutes");
    await create("D11", "", "SELECT k FROM A", "CREATE OR REPLACE", "1 min");
    assert.equal((await shown("D11"))?.target_lag, "1 min");
    await assert.rejects(
      create("D12", "", "SELECT k FROM A", "CREATE", "10 seconds, 20 seconds"),
      /must be at least 60 seconds/,
    );
  });

  it("with REFRESH_MODE = INCREMENTAL is refused where the query, a view or a table below prevents it", async () => {
    await assert.rejects(
      create("D3", "INCREMENTAL", "SELECT k, v FROM A WHERE k IN (SELECT k FROM B)"),
      /Dynamic Table 'D3' is defined with REFRESH_MODE = INCREMENTAL.*\nSubquery outside FROM: IN \(SELECT …\)/,
    );
    await run("CREATE VIEW W AS SELECT k FROM A EXCEPT SELECT k FROM B");
    await assert.rejects(create("D3", "INCREMENTAL", "SELECT * FROM W"), /EXCEPT.*in view SCRATCH\.PUBLIC\.W/);
    await assert.rejects(create("D3", "INCREMENTAL", "SELECT k FROM D1"), /Upstream dynamic table/);
    await assert.rejects(create("D3", "FULL", "SELECT ANY_VALUE(v) AS x FROM A"), /ANY_VALUE.*in no refresh mode/);
    assert.equal(await shown("D3"), undefined);
    await assert.rejects(create("D3", "ADAPTIVE", "SELECT k FROM A"), /REFRESH_MODE = ADAPTIVE/);
  });

  it("needs a lag of a minute at least", async () => {
    await assert.rejects(create("D4", "", "SELECT k FROM A", "CREATE", "30 seconds"), /at least 60 seconds/);
  });

  it("needs a base table, in its query or in a view that it reads", async () => {
    await run("CREATE VIEW ONE AS SELECT 1 AS k");
    await run("CREATE VIEW OVER_A AS SELECT k FROM A");
    for (const text of [
      "SELECT 1 AS k",
      "SELECT SEQ4() AS k FROM TABLE(GENERATOR(ROWCOUNT => 3))",
      "SELECT k FROM ONE",
    ]) {
      await assert.rejects(create("N", "", text), {
        code: "002728",
        message: "SQL compilation error:\nDynamic Tables must have at least one base table.",
      });
    }
    await create("N", "", "SELECT k FROM OVER_A");
    assert.equal((await shown("N"))?.name, "N");
  });

  it("keeps its rows when CREATE OR ALTER changes the lag, and is built anew when it changes the query", async () => {
    await create("E", "INCREMENTAL", "SELECT k FROM A", "CREATE OR ALTER");
    const before = await shown("E");
    await create("E", "INCREMENTAL", "SELECT k\nFROM A -- the same", "CREATE OR ALTER", "5 minutes");
    const after = await shown("E");
    assert.equal(after?.target_lag, "5 minutes");
    assert.equal(String(after?.created_on), String(before?.created_on));
    assert.deepEqual(await refreshes("E"), [{ A: "REINITIALIZE", T: "CREATION" }]);
    const reader = await connect(server, { database: "SCRATCH", schema: "PUBLIC" });
    let smallest = Number.POSITIVE_INFINITY;
    let isDone = false;
    const reading = (async () => {
      while (!isDone) {
        const [row] = await query(reader, "SELECT COUNT(*) AS n FROM E");
        smallest = Math.min(smallest, Number(row?.N));
      }
    })();
    await create("E", "INCREMENTAL", "SELECT k, SUM(v) AS s FROM A GROUP BY k", "CREATE OR ALTER");
    isDone = true;
    await reading;
    assert.equal(smallest, 2);
    assert.deepEqual(await run("SELECT * FROM E ORDER BY k"), [
      { K: 1, S: 10 },
      { K: 2, S: 20 },
    ]);
    assert.equal((await refreshes("E")).length, 2);
  });

  it("built anew makes the tables that read it build too", async () => {
    await create("UP", "INCREMENTAL", "SELECT k, v FROM A");
    await create("DOWN", "INCREMENTAL", "SELECT k, SUM(v) AS s FROM UP GROUP BY k");
    await create("UP", "INCREMENTAL", "SELECT k, v * 10 AS v FROM A", "CREATE OR ALTER");
    await run("ALTER DYNAMIC TABLE DOWN REFRESH");
    assert.deepEqual(await run("SELECT * FROM DOWN ORDER BY k"), [
      { K: 1, S: 100 },
      { K: 2, S: 200 },
    ]);
    assert.deepEqual((await refreshes("DOWN")).at(-1), { A: "REINITIALIZE", T: "MANUAL" });
  });

  it("over a replaced table is built anew", async () => {
    await run("CREATE TABLE C (k INT)");
    await create("OVER_C", "INCREMENTAL", "SELECT k FROM C");
    await run("CREATE OR REPLACE TABLE C (k INT)");
    await run("INSERT INTO C VALUES (7)");
    await run("ALTER DYNAMIC TABLE OVER_C REFRESH");
    assert.deepEqual(await run("SELECT k FROM OVER_C"), [{ K: 7 }]);
    assert.equal((await refreshes("OVER_C")).at(-1)?.A, "REINITIALIZE");
  });
});
