import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { WireClient } from "../server/wire";
import { SteerableClock, startServer } from "../support";

const MINUTE = 60_000;

describe("a warehouse", () => {
  let clock: SteerableClock;
  let server: LocalServer;
  let client: WireClient;

  const rows = async (sql: string) => {
    const answer = await client.query(sql);
    assert.equal(answer.success, true, answer.message ?? "");
    return answer.data.rowset as (string | null)[][];
  };
  const read = () => rows("SELECT id FROM scratch.public.t");
  const state = async (name: string) => (await rows(`SHOW WAREHOUSES LIKE '${name}'`))[0]?.[1];
  /** Name → credits since the start. */
  const credits = async () =>
    Object.fromEntries(
      (
        await rows(
          "SELECT WAREHOUSE_NAME, CREDITS_USED FROM TABLE(scratch.INFORMATION_SCHEMA.WAREHOUSE_METERING_HISTORY('2026-03-01')) ORDER BY 1, START_TIME",
        )
      ).map(([name, used]) => [name, Number(used)]),
    );

  beforeEach(async () => {
    clock = new SteerableClock("2026-03-01T10:00:00Z");
    server = await startServer({ clock });
    client = new WireClient(server);
    await client.login();
    await rows("CREATE DATABASE scratch");
    await rows("CREATE TABLE scratch.public.t (id INT)");
    await rows("CREATE WAREHOUSE w WAREHOUSE_SIZE = MEDIUM AUTO_SUSPEND = 120 INITIALLY_SUSPENDED = TRUE");
  });

  afterEach(() => server.close());

  it("starts with the first query over stored data, not with constants", async () => {
    await rows("SELECT 1");
    assert.equal(await state("W"), "SUSPENDED");
    await read();
    assert.equal(await state("W"), "STARTED");
  });

  it("suspends itself after its idle time and has cost what it ran, by its size", async () => {
    await read();
    await clock.advance(MINUTE);
    await read();
    await clock.advance(2 * MINUTE - 1000);
    assert.equal(await state("W"), "STARTED");
    await clock.advance(1000);
    while ((await state("W")) !== "SUSPENDED");
    assert.deepEqual(await credits(), { W: (4 * 180) / 3600 });
  });

  it("shows what it has cost so far while it still runs", async () => {
    await read();
    assert.deepEqual(await credits(), { W: Number(((4 * 60) / 3600).toFixed(9)) });
    await clock.advance(90_000);
    assert.deepEqual(await credits(), { W: (4 * 90) / 3600 });
  });

  it("costs a minute at least for each start", async () => {
    await read();
    await rows("ALTER WAREHOUSE w SUSPEND");
    await rows("ALTER WAREHOUSE w RESUME");
    await rows("ALTER WAREHOUSE w SUSPEND");
    const both = { W: Number(((4 * 120) / 3600).toFixed(9)) };
    // What a run has cost is written down behind the statement that ended it.
    for (let look = 0; look < 100 && (await credits()).W !== both.W; look++);
    assert.deepEqual(await credits(), both);
  });

  it("that is suspended and may not resume by itself cannot be used", async () => {
    await rows("ALTER WAREHOUSE w SET AUTO_RESUME = FALSE");
    const answer = await client.query("SELECT id FROM scratch.public.t");
    assert.deepEqual(
      [answer.code, answer.data.sqlState, answer.message],
      [
        "000606",
        "57P03",
        "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
      ],
    );
  });

  it("is needed: a session whose warehouse was dropped must choose another", async () => {
    await rows("DROP WAREHOUSE w");
    assert.equal((await client.query("SELECT id FROM scratch.public.t")).code, "000606");
    assert.equal((await client.query("INSERT INTO scratch.public.t VALUES (1)")).code, "000606");
    await rows("USE WAREHOUSE compute_wh");
    await read();
  });

  it("stays suspended when its resource monitor has used up its credits, until the next period", async () => {
    await rows(
      "CREATE RESOURCE MONITOR m WITH CREDIT_QUOTA = 1 FREQUENCY = DAILY START_TIMESTAMP = IMMEDIATELY TRIGGERS ON 50 PERCENT DO NOTIFY ON 100 PERCENT DO SUSPEND",
    );
    await rows("ALTER WAREHOUSE w SET RESOURCE_MONITOR = m AUTO_SUSPEND = 3600");
    await read();
    await clock.advance(16 * MINUTE);
    while ((await state("W")) !== "SUSPENDED");
    const answer = await client.query("SELECT id FROM scratch.public.t");
    assert.deepEqual(
      [answer.code, answer.message],
      ["090073", "Warehouse 'W' cannot be resumed because resource monitor 'M' has exceeded its quota."],
    );
    await clock.advance(14 * 60 * MINUTE);
    await read();
  });
});
