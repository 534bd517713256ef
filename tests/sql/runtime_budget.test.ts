import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { execute, MARCH } from "./plans";
import { call, NAMES, refusal, TestWarehouse } from "./warehouse";

/** Each event is paired with every other of its person: hundreds of millions of pairs. */
const SLOW = {
  actions: ["crowd.moved"],
  window: MARCH,
  relate: ["first_ever", "last_ever", "aggregate_before"].map((relationship) => ({
    relationship,
    action: "crowd.moved",
  })),
  measures: ["count"],
};

describe("Budgets of query plans", () => {
  let warehouse: TestWarehouse;
  let admin: Connection;
  let user: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    admin = await warehouse.person("BOSS", "admin");
    user = await warehouse.person("ANN", "user");
    await call(admin, "GRANT_USER_PERMISSION('ANN', 'crowd.moved', NULL, 1)");
    await call(admin, "GRANT_USER_PERMISSION('ANN', 'order.placed', 2)");
    await warehouse.query(
      `INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD, _SOURCE_LANE)
       SELECT OBJECT_CONSTRUCT('action', 'crowd.moved', 'actor_id', 'u' || (value % 3)::VARCHAR, 'occurred_at', '2026-03-02T00:00:00Z',
         'object', OBJECT_CONSTRUCT('type', 'step', 'id', value::VARCHAR)), 'BULK'
       FROM (SELECT value::INT AS value FROM TABLE(FLATTEN(INPUT => ARRAY_GENERATE_RANGE(0, 20000))))`,
    );
    await warehouse.ingest(
      [1, 2, 3].map((n) => ({ action: "order.placed", actor_id: `u${n}`, occurred_at: `2026-03-02T00:00:0${n}Z` })),
    );
  });
  after(() => warehouse?.close());

  const activity = async (column = "OUTCOME") => {
    await warehouse.refresh();
    const rows = await warehouse.query(
      `SELECT ${column} AS V FROM CLAUDE_BI.MCP.QUERY_ACTIVITY_LAST_24H ORDER BY OCCURRED_AT`,
    );
    return rows.map(({ V }) => V);
  };

  it("stop a plan that runs past its caller's seconds, with the reason, and count its runtime", async () => {
    const answer = await execute(user, SLOW);
    assert.equal(answer.status, "stopped");
    assert.equal(answer.rows, undefined);
    const [error, ...others] = answer.errors;
    assert.deepEqual(others, []);
    assert.match(
      error?.message ?? "",
      /^stopped after \d+ ms; 1000 ms were left of your runtime budget; narrow the window or the filters$/,
    );
    assert.deepEqual(await activity(), ["stopped"]);
    const [used] = await warehouse.query("SELECT * FROM CLAUDE_BI.MCP.USER_RUNTIME_LAST_24H");
    assert.deepEqual([used?.USER_NAME, used?.QUERY_COUNT], ["ANN", 1]);
    assert.ok(Number(used?.RUNTIME_SECONDS) >= 1, `counted ${used?.RUNTIME_SECONDS}`);
    // The query itself is over, not only the wait for it.
    const account = await warehouse.connect({ role: "ACCOUNTADMIN", warehouse: NAMES.warehouses.query });
    const [job] = await warehouse.query(
      `SELECT EXECUTION_STATUS AS S, ERROR_CODE AS E FROM TABLE(CLAUDE_BI.INFORMATION_SCHEMA.QUERY_HISTORY()) WHERE QUERY_ID = '${answer.query_id}'`,
      account,
    );
    assert.deepEqual({ ...job }, { S: "FAILED_WITH_ERROR", E: 604 });
  });

  it("count a plan whose caller cancels the call: it has a start without an end, and is over in the warehouse", async () => {
    const bob = await warehouse.person("BOB", "user");
    await call(admin, "GRANT_USER_PERMISSION('BOB', 'crowd.moved', NULL, 60, 60)");
    const cancelled = cancelOnceItRuns(bob, SLOW);
    assert.match(await refusal(cancelled), /SQL execution (was )?cancell?ed/);
    await warehouse.refresh();
    const [run] = await warehouse.query(
      "SELECT QUERY_ID, OUTCOME, RUNTIME_MS, PLAN FROM CLAUDE_BI.MCP.QUERY_ACTIVITY_LAST_24H WHERE USER_NAME = 'BOB'",
    );
    assert.deepEqual([run?.OUTCOME, run?.RUNTIME_MS, run?.PLAN], ["running", null, SLOW]);
    const account = await warehouse.connect({ role: "ACCOUNTADMIN", warehouse: NAMES.warehouses.query });
    const [job] = await warehouse.query(
      `SELECT EXECUTION_STATUS AS S FROM TABLE(CLAUDE_BI.INFORMATION_SCHEMA.QUERY_HISTORY()) WHERE QUERY_ID = '${run?.QUERY_ID}'`,
      account,
    );
    assert.equal(job?.S, "FAILED_WITH_ERROR");
    const used = "SELECT RUNTIME_SECONDS AS N FROM CLAUDE_BI.MCP.USER_RUNTIME_LAST_24H WHERE USER_NAME = 'BOB'";
    const [sooner] = await warehouse.query(used);
    const [later] = await warehouse.query(used);
    assert.ok(Number(later?.N) > Number(sooner?.N) && Number(sooner?.N) > 0, "it counts until its limit");
  });

  /** Runs a plan and cancels the CALL as soon as the warehouse has begun with it. */
  const cancelOnceItRuns = (connection: Connection, plan: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const statement = connection.execute({
        sqlText: "CALL CLAUDE_BI.MCP.EXECUTE_QUERY_PLAN(PARSE_JSON(?))",
        binds: [JSON.stringify(plan)],
        complete: (error) => (error ? reject(error) : resolve(undefined)),
      });
      const cancel = async () => {
        const begun =
          "SELECT COUNT(*) AS N FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE PAYLOAD:action = 'mcp.query.started' AND PAYLOAD:actor_id = 'BOB'";
        while (Number((await warehouse.query(begun))[0]?.N) === 0);
        statement.cancel();
      };
      cancel().catch(reject);
    });

  it("cut the rows of an answer and say so", async () => {
    const answer = await execute(user, { actions: ["order.placed"], window: MARCH });
    assert.deepEqual(
      [answer.status, answer.returned_count, answer.row_count, answer.truncated],
      ["executed", 2, 3, true],
    );
    assert.equal(answer.notice, "The answer was cut at 2 of 3 rows; narrow the plan or group it.");
  });

  it("are not given back by a ROLLBACK of the caller", async () => {
    const before = (await activity()).length;
    await warehouse.query("BEGIN", user);
    await execute(user, { actions: ["order.placed"], window: MARCH });
    await execute(user, { actions: ["salary.paid"], window: MARCH });
    await warehouse.query("ROLLBACK", user);
    assert.deepEqual((await activity()).slice(before), ["executed", "rejected"]);
  });

  it("refuse a plan once the seconds of the day are used up", async () => {
    await call(admin, "GRANT_USER_PERMISSION('ANN', 'order.placed', 2, NULL, 1)");
    const { status, errors } = await execute(user, { actions: ["order.placed"], window: MARCH });
    assert.equal(status, "rejected");
    assert.deepEqual(errors, [
      {
        path: "",
        message: "your runtime budget of 1 seconds in 24 hours is used up; MCP.USER_RUNTIME_LAST_24H shows it",
      },
    ]);
  });
});
