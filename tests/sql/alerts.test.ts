import assert from "node:assert/strict";
import { ALERTS } from "../../components/catalogue";
import { type Row, SteerableClock } from "../local/support";
import { call, NAMES, TestWarehouse } from "./warehouse";

const REFRESHING =
  "SELECT 1 FROM TABLE(CLAUDE_BI.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'CLAUDE_BI.ACTIVITY.EVENTS', RESULT_LIMIT => 1)) WHERE STATE = 'EXECUTING'";

describe("The warehouse's alerts", () => {
  let warehouse: TestWarehouse;
  const clock = new SteerableClock("2026-03-02T10:00:00Z");
  const run = (sql: string) => warehouse.query(sql);

  before(async () => {
    warehouse = await TestWarehouse.start({ clock });
  });
  after(() => warehouse?.close());

  const history = (): Promise<Row[]> =>
    run(
      "SELECT NAME, STATE, SQL_ERROR_MESSAGE FROM TABLE(CLAUDE_BI.INFORMATION_SCHEMA.ALERT_HISTORY(RESULT_LIMIT => 1000)) WHERE STATE NOT IN ('SCHEDULED', 'EXECUTING') ORDER BY SCHEDULED_TIME DESC",
    );

  /** Lets an hour pass in steps that no alert can miss, and gives the last run of each. */
  async function anHour(): Promise<Map<string, Row>> {
    const before = (await history()).length;
    const perHour = ALERTS.reduce((sum, { everyMinutes }) => sum + 60 / everyMinutes, 0);
    let due = before;
    for (let minute = 5; minute <= 60; minute += 5) {
      // In small steps, so that the events table keeps its lag.
      for (let step = 0; step < 5; step++) {
        await clock.advance(60_000);
        while ((await run(REFRESHING)).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      due += ALERTS.filter(({ everyMinutes }) => minute % everyMinutes === 0).length;
      await untilDone(due);
    }
    assert.equal(due - before, perHour);
    return lastRuns();
  }

  async function untilDone(count: number): Promise<void> {
    for (let i = 0; (await history()).length < count; i++) {
      assert.ok(i < 2000, `${count} runs were due`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async function lastRuns(): Promise<Map<string, Row>> {
    const last = new Map<string, Row>();
    for (const row of await history()) if (!last.has(String(row.NAME))) last.set(String(row.NAME), row);
    return last;
  }

  const states = (last: Map<string, Row>) =>
    Object.fromEntries(
      ALERTS.map(({ name }) => {
        const row = last.get(`${name}_ALERT`);
        return [name, row?.SQL_ERROR_MESSAGE ?? row?.STATE];
      }),
    );

  it("are quiet while all is well", async () => {
    for (const { name } of ALERTS) await run(`ALTER ALERT CLAUDE_BI.MCP.${name}_ALERT RESUME`);
    assert.deepEqual(states(await anHour()), {
      REFRESH_LAG: "CONDITION_FALSE",
      REFRESH_FAILURE: "CONDITION_FALSE",
      DEAD_LETTERS: "CONDITION_FALSE",
      THIRD_TABLE: "CONDITION_FALSE",
      CREDIT_BUDGET: "CONDITION_FALSE",
    });
  });

  it("fire when something is wrong, and leave an event each", async () => {
    const admin = await warehouse.person("BOSS", "admin");
    await call(admin, "SET_CONFIG('alert.dead_letters_per_hour', TO_VARIANT(1))");
    await call(admin, "SET_CONFIG('alert.daily_credits', TO_VARIANT(0.000001))");
    await run(`CREATE TABLE ${NAMES.database}.LANDING.STRAY (A INT)`);
    await run(`ALTER DYNAMIC TABLE ${NAMES.database}.ACTIVITY.EVENTS SUSPEND`);
    const bad = Array.from({ length: 5 }, (_, i) => ({ action: "no", n: i }));
    for (let i = 0; i < 1; i++)
      await call(warehouse.deployer, "INGEST_EVENTS(PARSE_JSON(?), ?)", [JSON.stringify(bad), "DIRECT"]);
    const before = (await history()).length;
    for (const { name } of ALERTS) await run(`ALTER ALERT CLAUDE_BI.MCP.${name}_ALERT SUSPEND`);
    await clock.advance(10 * 60_000);
    for (const { name } of ALERTS) await run(`EXECUTE ALERT CLAUDE_BI.MCP.${name}_ALERT`);
    await untilDone(before + ALERTS.length);
    assert.deepEqual(states(await lastRuns()), {
      REFRESH_LAG: "TRIGGERED",
      REFRESH_FAILURE: "TRIGGERED",
      DEAD_LETTERS: "TRIGGERED",
      THIRD_TABLE: "TRIGGERED",
      CREDIT_BUDGET: "TRIGGERED",
    });
    const raised = await run(
      "SELECT DISTINCT PAYLOAD:action::VARCHAR AS name FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE PAYLOAD:action::VARCHAR LIKE 'quality.alert.%' ORDER BY 1",
    );
    assert.deepEqual(
      raised.map((row) => row.NAME),
      ALERTS.map(({ name }) => `quality.alert.${name.toLowerCase()}`).sort(),
    );
  });
});
