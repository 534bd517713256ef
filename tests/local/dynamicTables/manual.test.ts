import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, query, SteerableClock, startServer } from "../support";

describe("a dynamic table that is not scheduled, and one with a warehouse for its builds", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;
  let clock: SteerableClock;
  const run = (sql: string) => query(connection, sql);

  beforeEach(async () => {
    clock = new SteerableClock();
    server = await startServer({ clock });
    connection = await connect(server);
    for (const sql of [
      "CREATE DATABASE S",
      "CREATE WAREHOUSE BUILDER",
      "CREATE TABLE A (V INT)",
      "INSERT INTO A VALUES (1)",
    ])
      await run(sql);
  });

  afterEach(() => server.close());

  const create = (name: string, options: string, text: string, verb = "CREATE") =>
    run(`${verb} DYNAMIC TABLE ${name} ${options} WAREHOUSE = COMPUTE_WH AS ${text}`);
  const shown = async (name: string, ...columns: string[]) => {
    const [row] = await run(`SHOW DYNAMIC TABLES LIKE '${name}'`);
    return columns.map((column) => row?.[column]);
  };
  const triggers = async (name: string) =>
    (
      await run(
        `SELECT REFRESH_TRIGGER AS T FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => '${name}')) ORDER BY REFRESH_START_TIME`,
      )
    ).map((row) => row["T"]);
  const count = async (name: string) => (await run(`SELECT COUNT(*) AS N FROM ${name}`))[0]?.["N"];

  it("SHOW tells its scheduler, the warehouse for its builds, the frozen region and the user, NULL where nothing is set", async () => {
    const columns = ["target_lag", "scheduler", "initialization_warehouse", "immutable_where", "execute_as_user"];
    await create("D", "TARGET_LAG = '2 minutes'", "SELECT V FROM A");
    assert.deepEqual(await shown("D", ...columns), ["2 minutes", null, null, null, null]);
    await create("D", "TARGET_LAG = DOWNSTREAM SCHEDULER = ENABLE", "SELECT V FROM A", "CREATE OR REPLACE");
    assert.deepEqual(await shown("D", ...columns), ["DOWNSTREAM", "ENABLE", null, null, null]);
    await create("D", "SCHEDULER = 'DISABLE' INITIALIZATION_WAREHOUSE = BUILDER", "SELECT V FROM A", "CREATE OR ALTER");
    assert.deepEqual(await shown("D", ...columns), [null, "DISABLE", "BUILDER", null, null]);
    await create("D", "TARGET_LAG = '2 minutes'", "SELECT V FROM A", "CREATE OR ALTER");
    assert.deepEqual(await shown("D", ...columns), ["2 minutes", null, null, null, null]);
  });

  it("without a schedule is refreshed by hand alone, neither for its readers nor with what it reads", async () => {
    await create("UP", "TARGET_LAG = DOWNSTREAM", "SELECT V FROM A");
    await create("BY_HAND", "SCHEDULER = DISABLE", "SELECT V FROM UP");
    await create("READER", "TARGET_LAG = '1 minute'", "SELECT V FROM BY_HAND");
    await run("INSERT INTO A VALUES (2)");
    await clock.advance(60_000);
    for (let i = 0; i < 200 && (await triggers("READER")).length < 2; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await run("ALTER DYNAMIC TABLE READER REFRESH");
    assert.deepEqual((await triggers("READER")).sort(), ["CREATION", "MANUAL", "SCHEDULED"]);
    assert.deepEqual(await triggers("BY_HAND"), ["CREATION"]);
    await run("ALTER DYNAMIC TABLE BY_HAND REFRESH");
    assert.deepEqual(await triggers("BY_HAND"), ["CREATION", "MANUAL"]);
    assert.deepEqual([await count("UP"), await count("BY_HAND")], [1, 1]);
    await run("ALTER DYNAMIC TABLE UP REFRESH");
    await run("ALTER DYNAMIC TABLE BY_HAND REFRESH");
    assert.deepEqual([await count("UP"), await count("BY_HAND"), await count("READER")], [2, 2, 1]);
    const lags = await run(
      "SELECT TARGET_LAG_SEC AS S, TARGET_LAG_TYPE AS T FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLES(NAME => 'BY_HAND'))",
    );
    assert.deepEqual(lags, [{ S: null, T: null }]);
  });

  it("has a target lag exactly where it has a schedule", async () => {
    const noLag =
      /invalid property 'TARGET_LAG' for 'DYNAMIC_TABLE': a dynamic table with SCHEDULER = DISABLE has no target lag/;
    const missing = /Missing option\(s\): \[TARGET_LAG\] for dynamic table\./;
    await assert.rejects(create("D", "SCHEDULER = DISABLE TARGET_LAG = '1 minute'", "SELECT V FROM A"), noLag);
    await assert.rejects(create("D", "SCHEDULER = ENABLE", "SELECT V FROM A"), missing);
    await assert.rejects(create("D", "", "SELECT V FROM A"), missing);
    await create("D", "TARGET_LAG = '1 minute'", "SELECT V FROM A");
    await run("ALTER DYNAMIC TABLE D SET SCHEDULER = DISABLE");
    assert.deepEqual(await shown("D", "target_lag", "scheduler"), [null, "DISABLE"]);
    await assert.rejects(run("ALTER DYNAMIC TABLE D SET SCHEDULER = ENABLE"), missing);
    await assert.rejects(run("ALTER DYNAMIC TABLE D SET TARGET_LAG = '5 minutes'"), noLag);
    await run("ALTER DYNAMIC TABLE D SET COMMENT = 'x'");
    await run("ALTER DYNAMIC TABLE D SET TARGET_LAG = '5 minutes' SCHEDULER = 'ENABLE'");
    assert.deepEqual(await shown("D", "target_lag", "scheduler", "comment"), ["5 minutes", "ENABLE", "x"]);
  });

  it("GET_DDL makes it again as it was", async () => {
    await create("D", "SCHEDULER = DISABLE INITIALIZATION_WAREHOUSE = BUILDER", "SELECT V FROM A");
    const ddl = async () => String((await run("SELECT GET_DDL('DYNAMIC_TABLE', 'D') AS T"))[0]?.["T"]);
    const before = await ddl();
    await run(before);
    assert.equal(await ddl(), before);
    assert.deepEqual(await shown("D", "target_lag", "scheduler", "initialization_warehouse"), [
      null,
      "DISABLE",
      "BUILDER",
    ]);
  });

  it("is built on the warehouse for builds, and refreshed on its own", async () => {
    const started = async () =>
      (await run("SHOW WAREHOUSES"))
        .filter((row) => row["state"] === "STARTED")
        .map((row) => row["name"])
        .sort();
    /** The state is written when the write lock is free. */
    const startedSoon = async (...names: unknown[]) => {
      for (let i = 0; i < 200 && (await started()).length < names.length; i++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      assert.deepEqual(await started(), names.sort());
    };
    await run("CREATE WAREHOUSE WORKER");
    await run("ALTER WAREHOUSE WORKER SUSPEND");
    await run("ALTER WAREHOUSE BUILDER SUSPEND");
    const before = await started();
    await run(
      "CREATE DYNAMIC TABLE D TARGET_LAG = DOWNSTREAM WAREHOUSE = WORKER INITIALIZATION_WAREHOUSE = BUILDER REFRESH_MODE = INCREMENTAL AS SELECT V FROM A",
    );
    await startedSoon("BUILDER", ...before);
    await run("ALTER WAREHOUSE BUILDER SUSPEND");
    await run("INSERT INTO A VALUES (2)");
    await run("ALTER DYNAMIC TABLE D REFRESH");
    await startedSoon("WORKER", ...before);
    await run("ALTER DYNAMIC TABLE D UNSET INITIALIZATION_WAREHOUSE");
    await run("ALTER DYNAMIC TABLE D SET INITIALIZATION_WAREHOUSE = WORKER, WAREHOUSE = BUILDER");
    assert.deepEqual(await shown("D", "warehouse", "initialization_warehouse"), ["BUILDER", "WORKER"]);
    await assert.rejects(
      run("ALTER DYNAMIC TABLE D SET INITIALIZATION_WAREHOUSE = NOT_THERE"),
      /Warehouse 'NOT_THERE' does not exist/,
    );
  });

  it("a frozen region is refused by name, wherever it is asked for", async () => {
    const refused = /Unsupported feature 'FROZEN WHERE of a dynamic table'/;
    await create("D", "TARGET_LAG = '1 minute'", "SELECT V FROM A");
    for (const words of ["FROZEN", "IMMUTABLE"]) {
      await assert.rejects(create("E", `TARGET_LAG = '1 minute' ${words} WHERE (V < 3)`, "SELECT V FROM A"), refused);
      await assert.rejects(run(`ALTER DYNAMIC TABLE D SET ${words} WHERE (V < 3)`), refused);
      await assert.rejects(run(`ALTER DYNAMIC TABLE D UNSET ${words} WHERE`), refused);
    }
  });

  it("what Snowflake has of a dynamic table and this server has not is refused by name, never dropped", async () => {
    await create("D", "TARGET_LAG = '1 minute'", "SELECT V FROM A");
    for (const [option, words] of [
      ["EXECUTE AS USER", "EXECUTE AS USER ADMIN"],
      ["EXECUTE AS USER", "EXECUTE AS USER ADMIN USE SECONDARY ROLES ALL"],
      ["ROW_TIMESTAMP", "ROW_TIMESTAMP = TRUE"],
    ]) {
      const refused = new RegExp(`Unsupported feature '${option} of a dynamic table'`);
      await assert.rejects(create("E", `TARGET_LAG = '1 minute' ${words}`, "SELECT V FROM A"), refused);
      await assert.rejects(run(`ALTER DYNAMIC TABLE D SET ${words}`), refused);
      await assert.rejects(run(`ALTER DYNAMIC TABLE D UNSET ${option}`), refused);
    }
    const refused = /Unsupported feature 'REQUIRE USER of a dynamic table'/;
    await assert.rejects(create("E", "TARGET_LAG = '1 minute' REQUIRE USER", "SELECT V FROM A"), refused);
    assert.deepEqual(await run("SHOW DYNAMIC TABLES LIKE 'E'"), []);
  });
});
