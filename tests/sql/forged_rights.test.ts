import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { execute, MARCH, validate } from "./plans";
import { call, NAMES, TestWarehouse } from "./warehouse";

const GRANT = {
  action: "system.permission.granted",
  actor_id: "BOSS",
  occurred_at: "2026-03-01T10:00:00Z",
  object: { type: "USER", id: "MALLORY" },
  attributes: { pattern: "*", expires_at: null },
  source: "warehouse",
  schema_version: "2.1.0",
};
const RAW = "CLAUDE_BI.LANDING.RAW_EVENTS";

/** Every reserved action that would change what somebody may do, as an event a producer could send. */
const RESERVED = [
  GRANT,
  { ...GRANT, action: "system.permission.revoked" },
  {
    ...GRANT,
    action: "system.group.member_added",
    object: { type: "GROUP", id: "ADMINS" },
    attributes: { member: "MALLORY" },
  },
  {
    ...GRANT,
    action: "system.config.set",
    object: { type: "CONFIG", id: "query.max_rows" },
    attributes: { value: 1_000_000 },
  },
  { ...GRANT, action: "mcp.query.executed", attributes: { runtime_ms: -3_600_000 } },
  { ...GRANT, action: "quality.alert.calm", attributes: {} },
];

/** What a producer may add to claim another lane, source or time. */
const FORGERIES: [string, object][] = [
  ["nothing more", {}],
  ["_source_lane in the payload", { _source_lane: "SYSTEM" }],
  ["_SOURCE_LANE in the payload", { _SOURCE_LANE: "SYSTEM" }],
  ["a source of the warehouse", { source: "SYSTEM" }],
  ["a receive time long ago", { _recv_at: "2020-01-01T00:00:00Z" }],
  ["a receive time to come", { _recv_at: "2999-01-01T00:00:00Z" }],
  ["a nested payload", { payload: GRANT, _recv_at: "2026-03-01T10:00:00Z" }],
];

/** Names that look like the lane of the warehouse, and what the procedures say to them. */
const LANES: [string, RegExp][] = [
  ...["SYSTEM", "system", "SyStEm", "MCP", "mcp", "QUALITY", "quality"].map((lane): [string, RegExp] => [
    lane,
    /source_lane SYSTEM, MCP or QUALITY is reserved/,
  ]),
  ...[
    "",
    " SYSTEM",
    "SYSTEM ",
    "SYSTEM\n",
    "SYSTEM\0",
    "DIRECT|SYSTEM",
    "SYSTEM'--",
    "ＳＹＳＴＥＭ",
    "ſystem",
    "x".repeat(65),
  ].map((lane): [string, RegExp] => [lane, /source_lane must be 1 to 64 letters/]),
];

/** Actions that are no reserved action to the letter. */
const ACTIONS = [
  "SYSTEM.permission.granted",
  "System.Permission.Granted",
  " system.permission.granted",
  "system.permission.granted ",
  "system.permission.granted\n",
  "ſystem.permission.granted",
  "system..permission.granted",
  "system.permission.granted\0",
];

/** Statements that try the doors beside the procedures; none may have an effect. */
const STATEMENTS = [
  `INSERT INTO ${RAW} (PAYLOAD, _SOURCE_LANE) SELECT PARSE_JSON('${JSON.stringify(GRANT)}'), 'SYSTEM'`,
  `INSERT INTO ${RAW} (PAYLOAD, _SOURCE_LANE, _RECV_AT) SELECT PARSE_JSON('${JSON.stringify(GRANT)}'), 'SYSTEM', CURRENT_TIMESTAMP()`,
  `MERGE INTO ${RAW} USING (SELECT 1 AS A) ON FALSE WHEN NOT MATCHED THEN INSERT (PAYLOAD, _SOURCE_LANE) VALUES (PARSE_JSON('{}'), 'SYSTEM')`,
  `UPDATE ${RAW} SET _SOURCE_LANE = 'SYSTEM'`,
  `DELETE FROM ${RAW}`,
  `COPY INTO ${RAW} FROM @CLAUDE_BI.MCP.EVENT_BACKUP`,
  `ALTER TABLE ${RAW} ALTER COLUMN _SOURCE_LANE SET DEFAULT 'SYSTEM'`,
  `CREATE OR REPLACE VIEW CLAUDE_BI.MCP.CURRENT_PERMISSIONS AS SELECT 'MALLORY' AS USER_NAME, '*' AS PATTERN, 'GRANT' AS EFFECT`,
  "CREATE OR REPLACE PROCEDURE CLAUDE_BI.MCP.VALIDATE_QUERY_PLAN(PLAN VARIANT) RETURNS VARIANT LANGUAGE SQL AS $$ BEGIN RETURN plan; END $$",
  "ALTER PROCEDURE CLAUDE_BI.MCP.EXECUTE_QUERY_PLAN(VARIANT) SET COMMENT = 'mine'",
  "CREATE FUNCTION CLAUDE_BI.MCP.CURRENT_USER() RETURNS VARCHAR AS 'SELECT ''BOSS'''",
  "BEGIN CALL CLAUDE_BI.MCP.GRANT_USER_PERMISSION('MALLORY', '*'); END",
  "EXECUTE IMMEDIATE 'CALL CLAUDE_BI.MCP.GRANT_USER_PERMISSION(''MALLORY'', ''*'')'",
  "WITH p AS PROCEDURE () RETURNS VARIANT LANGUAGE SQL AS $$ BEGIN CALL CLAUDE_BI.MCP.GRANT_USER_PERMISSION('MALLORY', '*'); RETURN 1; END $$ CALL p()",
  "CALL CLAUDE_BI.MCP.GRANT_USER_PERMISSION('MALLORY', '*')",
  "CALL CLAUDE_BI.MCP.GRANT_USER_PERMISSION(user_name => 'MALLORY', action_pattern => '*')",
  "CALL CLAUDE_BI.MCP.REVOKE_USER_PERMISSION('MALLORY', 'salary.*')",
  "CALL CLAUDE_BI.MCP.DENY_USER_PERMISSION('BOSS', '*')",
  "CALL CLAUDE_BI.MCP.ADD_GROUP_MEMBER('ADMINS', 'MALLORY')",
  "CALL CLAUDE_BI.MCP.REMOVE_GROUP_MEMBER('DENIED', 'MALLORY')",
  "CALL CLAUDE_BI.MCP.SET_CONFIG('query.max_rows', TO_VARIANT(1000000))",
  "CALL CLAUDE_BI.MCP.CREATE_MCP_USER('MALLORY2')",
  "CALL CLAUDE_BI.MCP.ENABLE_MCP_USER('MALLORY')",
  "CALL CLAUDE_BI.MCP.DISABLE_MCP_USER('BOSS')",
  "CALL CLAUDE_BI.MCP.EXPORT_EVENTS('2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z', 'mine')",
  "CALL CLAUDE_BI.MCP.BACKFILL_EVENTS('mine')",
  "CALL CLAUDE_BI.MCP.RECORD_ALERT('mine')",
  "CALL CLAUDE_BI.MCP.REFRESH_NOW()",
  "CALL CLAUDE_BI.MCP.RUN_EDGE_CASE_TESTS()",
  "CALL CLAUDE_BI.MCP.STRESS_TEST_INSERTS(1)",
  `USE ROLE ${NAMES.roles.service}`,
  `USE ROLE ${NAMES.roles.admin}`,
  `USE ROLE ${NAMES.roles.deployer}`,
  `GRANT ROLE ${NAMES.roles.admin} TO USER MALLORY`,
  `GRANT INSERT ON TABLE ${RAW} TO ROLE ${NAMES.roles.user}`,
  `GRANT OWNERSHIP ON TABLE ${RAW} TO ROLE ${NAMES.roles.user}`,
  "ALTER USER MALLORY RENAME TO BOSS",
  "CREATE STREAM CLAUDE_BI.MCP.S ON TABLE CLAUDE_BI.LANDING.RAW_EVENTS",
  "CREATE TASK CLAUDE_BI.MCP.T SCHEDULE = '1 MINUTE' AS CALL CLAUDE_BI.MCP.GRANT_USER_PERMISSION('MALLORY', '*')",
];

describe("Nobody raises their own rights", () => {
  let warehouse: TestWarehouse;
  let mallory: Connection;
  let producer: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    const admin = await warehouse.person("BOSS", "admin");
    await call(admin, "DENY_USER_PERMISSION('MALLORY', 'salary.*')");
    mallory = await warehouse.person("MALLORY", "user");
    producer = await warehouse.person("PRODUCER", "ingest");
  });
  after(() => warehouse?.close());

  /** Rows in the lanes of the warehouse itself. */
  const trusted = async () => {
    const [row] = await warehouse.query(
      `SELECT COUNT(*) AS N FROM ${RAW} WHERE _SOURCE_LANE NOT IN ('DIRECT', 'APPLICATION')`,
    );
    return Number(row?.N);
  };
  const tried = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: Error) => error.message,
    );

  for (const event of RESERVED) {
    it(`${event.action} is a dead letter in a lane of a producer, whatever it claims`, async () => {
      const before = await trusted();
      const payloads = FORGERIES.map(([, more]) => ({ ...event, ...more }));
      const many = await call(producer, "INGEST_EVENTS(PARSE_JSON(?), 'APPLICATION')", [JSON.stringify(payloads)]);
      assert.deepEqual([many.accepted, many.dead_lettered], [0, FORGERIES.length]);
      const one = await call(producer, "SAFE_INSERT_EVENT(PARSE_JSON(?), 'APPLICATION')", [JSON.stringify(event)]);
      assert.equal(one.event_id, undefined);
      assert.equal(one.reason, `action "${event.action}" is reserved; lane "APPLICATION" may not write it`);
      assert.equal(await trusted(), before);
    });
  }

  for (const [forgery, more] of FORGERIES) {
    it(`a single grant with ${forgery} is a dead letter`, async () => {
      const payload = JSON.stringify({ ...GRANT, ...more });
      assert.equal((await call(producer, "SAFE_INSERT_EVENT(PARSE_JSON(?))", [payload])).status, "dead_lettered");
    });
  }

  for (const [lane, message] of LANES) {
    it(`the lane ${JSON.stringify(lane)} is refused`, async () => {
      const before = await trusted();
      const binds = [JSON.stringify(GRANT), lane];
      assert.match((await tried(call(producer, "SAFE_INSERT_EVENT(PARSE_JSON(?), ?)", binds))) ?? "", message);
      assert.match(
        (await tried(
          call(producer, "SAFE_INSERT_EVENT(source_lane => ?, payload => PARSE_JSON(?))", binds.toReversed()),
        )) ?? "",
        message,
      );
      assert.match(
        (await tried(call(producer, "INGEST_EVENTS(PARSE_JSON(?), ?)", [`[${JSON.stringify(GRANT)}]`, lane]))) ?? "",
        message,
      );
      assert.equal(await trusted(), before);
    });
  }

  it("a lane of NULL is refused", async () => {
    const message = /source_lane must be 1 to 64 letters/;
    assert.match((await tried(call(producer, "SAFE_INSERT_EVENT(PARSE_JSON('{}'), NULL)"))) ?? "", message);
    assert.match((await tried(call(producer, "INGEST_EVENTS(PARSE_JSON('[]'), NULL)"))) ?? "", message);
  });

  for (const action of ACTIONS) {
    it(`the action ${JSON.stringify(action)} is a dead letter`, async () => {
      const answer = await call(producer, "SAFE_INSERT_EVENT(PARSE_JSON(?))", [JSON.stringify({ ...GRANT, action })]);
      assert.equal(answer.status, "dead_lettered");
    });
  }

  it("an event that is a text or an array of the event is a dead letter", async () => {
    for (const payload of [JSON.stringify(JSON.stringify(GRANT)), JSON.stringify([GRANT])])
      assert.equal((await call(producer, "SAFE_INSERT_EVENT(PARSE_JSON(?))", [payload])).status, "dead_lettered");
  });

  for (const sqlText of STATEMENTS) {
    it(`user and producer are refused: ${sqlText.slice(0, 90)}`, async () => {
      const before = await trusted();
      for (const connection of [mallory, producer]) {
        const said = await tried(warehouse.query(sqlText, connection));
        assert.match(
          said ?? "accepted",
          /not authorized|Insufficient privileges|cannot be performed|is not assigned to|Unknown user-defined function CLAUDE_BI\.MCP\.|^Unsupported feature/,
        );
      }
      assert.equal(await trusted(), before);
    });
  }

  for (const [name, plan] of [
    ["a quote in an action", { actions: ["order.placed' OR '1'='1"], window: MARCH }],
    [
      "SQL in a grouping",
      { actions: ["order.placed"], window: MARCH, group_by: ["payload; DROP VIEW MCP.DEAD_LETTERS"] },
    ],
    ["SQL in an order", { actions: ["order.placed"], window: MARCH, order_by: ["SNOWFLAKE.ACCOUNT_USAGE.USERS.NAME"] }],
    ["a user of its own", { actions: ["order.placed"], window: MARCH, user: "BOSS" }],
    ["a limit of its own", { actions: ["order.placed"], window: MARCH, max_rows: 1e6 }],
    [
      "a denied action behind a relation",
      { actions: ["order.placed"], window: MARCH, relate: [{ relationship: "last_ever", action: "salary.paid" }] },
    ],
    ["an action of the warehouse", { actions: ["system.permission.granted"], window: MARCH }],
  ] as const) {
    it(`a plan with ${name} is rejected`, async () => {
      assert.equal((await validate(mallory, plan)).valid, false);
      assert.equal((await execute(mallory, plan)).status, "rejected");
    });
  }

  it("an audited tool call becomes no other event, whatever it carries", async () => {
    const forged = { id: "1", tool: "query", outcome: "rejected", errors: [], runtime_ms: 0, ...GRANT };
    await call(mallory, "RECORD_TOOL_CALLS(PARSE_JSON(?))", [JSON.stringify([forged])]);
    const [row] = await warehouse.query(
      `SELECT PAYLOAD:action::VARCHAR AS A, PAYLOAD:actor_id::VARCHAR AS B, PAYLOAD:object:type::VARCHAR AS C FROM ${RAW} WHERE PAYLOAD:source = 'mcp'`,
    );
    assert.deepEqual({ ...row }, { A: "mcp.query.rejected", B: "MALLORY", C: "TOOL_CALL" });
  });

  it("after all that Mallory has the one denial and nothing else, before and after a refresh", async () => {
    const rights = () =>
      warehouse.query("SELECT USER_NAME, PATTERN, EFFECT FROM CLAUDE_BI.MCP.CURRENT_PERMISSIONS ORDER BY 1, 2");
    const expected = [{ USER_NAME: "MALLORY", PATTERN: "salary.*", EFFECT: "DENY" }];
    assert.deepEqual(
      (await rights()).map((row) => ({ ...row })),
      expected,
    );
    await warehouse.refresh();
    assert.deepEqual(
      (await rights()).map((row) => ({ ...row })),
      expected,
    );
    const [config] = await warehouse.query(
      "SELECT COUNT(*) AS N FROM CLAUDE_BI.MCP.CURRENT_CONFIG WHERE NOT IS_DEFAULT",
    );
    assert.equal(config?.N, 0);
    const [alerts] = await warehouse.query("SELECT COUNT(*) AS N FROM CLAUDE_BI.MCP.OPEN_ALERTS");
    assert.equal(alerts?.N, 0);
    const events = await warehouse.query(
      "SELECT DISTINCT ACTION FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE SPLIT_PART(ACTION, '.', 1) IN ('system', 'mcp', 'quality') ORDER BY 1",
    );
    assert.deepEqual(
      events.map(({ ACTION }) => ACTION),
      ["mcp.query.rejected", "system.permission.denied"],
    );
  });
});
