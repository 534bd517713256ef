import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { call, NAMES, TestWarehouse } from "./warehouse";

const NOW = Date.now();
const iso = (secondsAgo: number) => new Date(NOW - secondsAgo * 1000).toISOString();

const price = (second: number, attributes: object, version?: string) => ({
  action: "price.seen",
  actor_id: "u8",
  occurred_at: `2026-03-01T10:00:0${second}Z`,
  _recv_at: "2026-03-01T10:01:00Z",
  attributes,
  ...(version ? { schema_version: version } : { object: { type: "price", id: String(second) } }),
});

describe("The views", () => {
  let warehouse: TestWarehouse;
  let admin: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    admin = await warehouse.person("BOSS", "admin");
    await warehouse.ingest([
      price(1, { price: 10 }),
      price(2, { price: 19.99 }, "2.0.3"),
      price(3, { price: "19.99" }, "2.1.0"),
      price(4, { price: null }, "3.0.0"),
      price(5, {}, "2.0.3"),
    ]);
  });
  after(() => warehouse?.close());

  const rows = async (sqlText: string) => (await warehouse.query(sqlText, admin)).map((row) => ({ ...row }));
  const values = async (sqlText: string) => (await warehouse.query(sqlText, admin)).map((row) => Object.values(row));

  it("ACTION_CATALOG tells every type an attribute has had, and how often", async () => {
    const types = await warehouse.query(
      "SELECT TYPEOF(attributes:price) AS T, attributes:price AS V FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE actor_id = 'u8' ORDER BY occurred_at",
    );
    assert.deepEqual(
      types.map(({ T }) => T),
      ["INTEGER", "DECIMAL", "VARCHAR", "NULL_VALUE", null],
    );
    const [row] = await rows("SELECT * FROM CLAUDE_BI.MCP.ACTION_CATALOG WHERE ACTION = 'price.seen'");
    assert.deepEqual(row?.ATTRIBUTES, { price: { DECIMAL: 1, INTEGER: 1, NULL_VALUE: 1, VARCHAR: 1 } });
    assert.deepEqual([row?.EVENT_COUNT, row?.ACTOR_COUNT, row?.EVENT_COUNT_24H], [5, 1, 0]);
    assert.deepEqual(row?.SCHEMA_VERSIONS, ["2.0.3", "2.1.0", "3.0.0"]);
  });

  it("SCHEMA_VERSION_MAP tells which version each action was written in and how it is read", async () => {
    assert.deepEqual(
      await values(
        "SELECT SCHEMA_VERSION, READ_AS, EVENT_COUNT, WITHOUT_OBJECT_COUNT FROM CLAUDE_BI.MCP.SCHEMA_VERSION_MAP WHERE ACTION = 'price.seen' ORDER BY 1 NULLS FIRST",
      ),
      [
        [null, "2.1.0", 1, 0],
        ["2.0.3", "2.1.0", 2, 2],
        ["2.1.0", "2.1.0", 1, 1],
        ["3.0.0", "unknown", 1, 1],
      ],
    );
  });

  it("EVENT_TIME_QUALITY flags events from the future, late ones and ties, and refuses none", async () => {
    const event = (id: string, occurred: number, received: number) => ({
      action: "clock.read",
      actor_id: id.slice(0, 4),
      object: { type: "reading", id },
      occurred_at: iso(occurred),
      _recv_at: iso(received),
    });
    await warehouse.ingest([
      event("good", 100, 90),
      event("near future", 0, 200),
      event("future", -1000, 90),
      event("late", 200_000, 90),
      event("tied 1", 300, 290),
      event("tied 2", 300, 280),
    ]);
    const found = await values(
      `SELECT EVENTS.OBJECT_ID, IS_FROM_FUTURE, IS_LATE, IS_TIED, TIE_SIZE FROM CLAUDE_BI.MCP.EVENT_TIME_QUALITY AS Q
       JOIN CLAUDE_BI.ACTIVITY.READY_EVENTS AS EVENTS ON EVENTS.EVENT_ID = Q.EVENT_ID WHERE Q.ACTION = 'clock.read' ORDER BY 1`,
    );
    assert.deepEqual(found, [
      ["future", true, false, false, 1],
      ["late", false, true, false, 1],
      ["tied 1", false, false, true, 2],
      ["tied 2", false, false, true, 2],
    ]);
    await call(admin, "SET_CONFIG('quality.late_seconds', TO_VARIANT(1000000))");
    const late = await values(
      "SELECT COUNT(*) FROM CLAUDE_BI.MCP.EVENT_TIME_QUALITY WHERE IS_LATE AND ACTION = 'clock.read'",
    );
    assert.deepEqual(late, [[0]]);
  });

  it("READY_EVENTS waits for a prerequisite, ORPHANED_EVENTS tells what it waits for", async () => {
    const parent = {
      action: "parent.came",
      actor_id: "p",
      occurred_at: "2026-03-02T10:00:00Z",
      _recv_at: "2026-03-02T10:00:00Z",
    };
    await warehouse.ingest([parent]);
    const [[parentId] = []] = await values(
      "SELECT EVENT_ID FROM CLAUDE_BI.ACTIVITY.READY_EVENTS WHERE ACTION = 'parent.came'",
    );
    const child = (n: number, on: unknown) => ({
      action: "child.came",
      actor_id: `c${n}`,
      occurred_at: iso(n),
      depends_on_event_id: on,
    });
    await warehouse.ingest([child(1, parentId), child(2, "f".repeat(64))]);
    assert.deepEqual(await values("SELECT ACTOR_ID FROM CLAUDE_BI.ACTIVITY.READY_EVENTS WHERE ACTION = 'child.came'"), [
      ["c1"],
    ]);
    assert.deepEqual(
      await values(
        "SELECT ACTOR_ID, DEPENDS_ON_EVENT_ID, WAITING_SECONDS BETWEEN 0 AND 3600 FROM CLAUDE_BI.MCP.ORPHANED_EVENTS",
      ),
      [["c2", "f".repeat(64), true]],
    );
  });

  it("CURRENT_CONFIG has defaults, the last setting wins, and unknown keys are kept", async () => {
    await call(admin, "SET_CONFIG('query.max_rows', TO_VARIANT(5))");
    await call(admin, "SET_CONFIG('query.max_rows', TO_VARIANT(7))");
    await call(admin, "SET_CONFIG('team.colour', TO_VARIANT('blue'))");
    assert.deepEqual(
      await values(
        "SELECT KEY, VALUE, IS_DEFAULT, SET_BY FROM CLAUDE_BI.MCP.CURRENT_CONFIG WHERE KEY IN ('query.max_rows', 'team.colour', 'query.max_runtime_seconds') ORDER BY 1",
      ),
      [
        ["query.max_rows", 7, false, "BOSS"],
        ["query.max_runtime_seconds", 60, true, null],
        ["team.colour", "blue", false, "BOSS"],
      ],
    );
  });

  it("DEAD_LETTERS keeps what was received, with size and reason", async () => {
    await warehouse.ingest([{ action: "Bad", actor_id: "d1" }], "LETTERS");
    assert.deepEqual(
      await rows(
        "SELECT REASON, ACTION, ACTOR_ID, PAYLOAD_BYTES, PAYLOAD FROM CLAUDE_BI.MCP.DEAD_LETTERS WHERE _SOURCE_LANE = 'LETTERS'",
      ),
      [
        {
          REASON: 'action "Bad" is malformed; expected noun.verb_past of a-z, 0-9, _ and dots',
          ACTION: "Bad",
          ACTOR_ID: "d1",
          PAYLOAD_BYTES: 32,
          PAYLOAD: { action: "Bad", actor_id: "d1" },
        },
      ],
    );
  });

  it("PERMISSION_CHANGES_LAST_30D tells who changed what", async () => {
    await call(admin, "GRANT_USER_PERMISSION(user_name => 'ANN', action_pattern => 'order.*', reason => 'new here')");
    await call(admin, "ADD_GROUP_MEMBER('SALES', 'ANN')");
    await warehouse.refresh();
    assert.deepEqual(
      await values(
        "SELECT ACTION, SUBJECT_TYPE, SUBJECT, PATTERN, MEMBER, REASON, CHANGED_BY FROM CLAUDE_BI.MCP.PERMISSION_CHANGES_LAST_30D ORDER BY ACTION",
      ),
      [
        ["system.group.member_added", "GROUP", "SALES", null, "ANN", null, "BOSS"],
        ["system.permission.granted", "USER", "ANN", "order.*", null, "new here", "BOSS"],
      ],
    );
  });

  it("SYSTEM_HEALTH_HOURLY counts what came in, copies and dead letters apart", async () => {
    const twice = { action: "hour.struck", actor_id: "h", occurred_at: iso(1), _recv_at: iso(0) };
    await warehouse.ingest([twice, twice, { action: "Bad" }], "HOURLY");
    const [[received, events, duplicates, dead] = []] = await values(
      "SELECT SUM(RECEIVED_COUNT), SUM(EVENT_COUNT), SUM(DUPLICATE_COUNT), SUM(DEAD_LETTER_COUNT) FROM CLAUDE_BI.MCP.SYSTEM_HEALTH_HOURLY",
    );
    assert.equal(Number(received), Number(events) + Number(duplicates) + Number(dead));
    assert.equal(duplicates, 1);
    assert.equal(dead, 2);
  });

  it("OPEN_ALERTS shows an alert before any refresh", async () => {
    await call(admin, "RECORD_ALERT('disk', PARSE_JSON('{\"free\": 3}'))");
    await call(admin, "RECORD_ALERT('disk', PARSE_JSON('{\"free\": 2}'))");
    assert.deepEqual(await values("SELECT KIND, DETAIL, TIMES_RAISED FROM CLAUDE_BI.MCP.OPEN_ALERTS"), [
      ["disk", { free: 2 }, 2],
    ]);
  });

  it("DT_HEALTH_MONITOR tells lag, refreshes and their rows", async () => {
    const [row] = await rows("SELECT * FROM CLAUDE_BI.MCP.DT_HEALTH_MONITOR");
    assert.equal(row?.DYNAMIC_TABLE, "CLAUDE_BI.ACTIVITY.EVENTS");
    assert.equal(row?.TARGET_LAG_SECONDS, 60);
    assert.equal(row?.SCHEDULING_STATE, "RUNNING");
    assert.equal(row?.REFRESHES_FAILED_24H, 0);
    assert.equal(row?.LAST_ERROR, null);
    assert.ok(Number(row?.ROWS_INSERTED_24H) >= 5 && Number(row?.LAG_SECONDS) >= 0);
  });

  it("COST_MONITOR has a row for each warehouse and day, and real credits once something ran", async () => {
    const found = await values(
      "SELECT WAREHOUSE_NAME, COUNT(*), MIN(STORAGE_BYTES) > 0, MAX(NOTE) FROM CLAUDE_BI.MCP.COST_MONITOR GROUP BY 1 ORDER BY 1",
    );
    assert.deepEqual(
      found.map(([name, days]) => [name, days]),
      [
        [NAMES.warehouses.query, 14],
        [NAMES.warehouses.refresh, 14],
      ],
    );
    // Whatever the hour, the date is another one than in UTC in one of these zones.
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      await values(`ALTER SESSION SET TIMEZONE = '${zone}'`);
      const today = await values(
        `SELECT CREDITS > 0, NOTE FROM CLAUDE_BI.MCP.COST_MONITOR WHERE WAREHOUSE_NAME = '${NAMES.warehouses.query}' ORDER BY DAY DESC LIMIT 1`,
      );
      assert.deepEqual(today, [[true, null]], zone);
    }
    await values("ALTER SESSION UNSET TIMEZONE");
  });

  it("EVENT_ID_SPEC lists the eight fields in their order", async () => {
    assert.deepEqual((await values("SELECT FIELD FROM CLAUDE_BI.MCP.EVENT_ID_SPEC ORDER BY POSITION")).flat(), [
      "version",
      "action",
      "actor_id",
      "object_type",
      "object_id",
      "occurred_at",
      "_source_lane",
      "_recv_at",
      "event_id",
    ]);
  });

  it("TABLE_COMPLIANCE_CHECK allows the two tables and names a third", async () => {
    const verdicts = () =>
      values(
        "SELECT SCHEMA_NAME, OBJECT_NAME, OBJECT_KIND, IS_ALLOWED, VERDICT FROM CLAUDE_BI.MCP.TABLE_COMPLIANCE_CHECK ORDER BY 1, 2",
      );
    const lawful = [
      ["ACTIVITY", "EVENTS", "DYNAMIC TABLE", true, "ALLOWED"],
      ["LANDING", "RAW_EVENTS", "BASE TABLE", true, "ALLOWED"],
    ];
    assert.deepEqual(await verdicts(), lawful);
    await warehouse.query("CREATE TRANSIENT TABLE CLAUDE_BI.MCP.THIRD (A INT)");
    assert.deepEqual(await verdicts(), [
      ...lawful,
      ["MCP", "THIRD", "TRANSIENT TABLE", false, "VIOLATION: a third table; make it a view or write events"],
    ]);
    await warehouse.query("DROP TABLE CLAUDE_BI.MCP.THIRD");
    assert.deepEqual(await verdicts(), lawful);
  });

  it("MY_PERMISSIONS shows one's own and nobody else's", async () => {
    const ann = await warehouse.person("ANN", "user");
    const bob = await warehouse.person("BOB", "user");
    const mine = async (connection: Connection) =>
      (await warehouse.query("SELECT PATTERN, EFFECT FROM CLAUDE_BI.MCP.MY_PERMISSIONS", connection)).map((row) => ({
        ...row,
      }));
    assert.deepEqual(await mine(ann), [{ PATTERN: "order.*", EFFECT: "GRANT" }]);
    assert.deepEqual(await mine(bob), []);
  });

  it("RECEIVED_EVENTS has each raw event as it was sent, beside what became of it", async () => {
    const sent = {
      action: "thing.came",
      actor_id: "r1",
      occurred_at: "2026-03-01T10:00:00+01:00",
      unread: { by: "us" },
    };
    const twice = { ...sent, _recv_at: "2026-03-01T10:00:01.250Z" };
    await warehouse.ingest([twice, twice, { action: "thing.came", actor_id: "r2", occurred_at: 7 }], "RECEIVED");
    await call(warehouse.deployer, "INGEST_EVENTS(PARSE_JSON(?), ?)", [
      JSON.stringify([{ action: "thing.came", actor_id: "r3" }]),
      "RECEIVED",
    ]);
    assert.deepEqual(
      await values(
        "SELECT ACTOR_ID, OUTCOME, REASON, OCCURRED_AT::VARCHAR, PAYLOAD FROM CLAUDE_BI.MCP.RECEIVED_EVENTS WHERE _SOURCE_LANE = 'RECEIVED' AND ACTOR_ID <> 'r3' ORDER BY 1",
      ),
      [
        ["r1", "EVENT", null, "2026-03-01 09:00:00.000", twice],
        ["r1", "EVENT", null, "2026-03-01 09:00:00.000", twice],
        [
          "r2",
          "DEAD_LETTER",
          "occurred_at is INTEGER; expected ISO 8601 text with an offset",
          null,
          { action: "thing.came", actor_id: "r2", occurred_at: 7 },
        ],
      ],
    );
    assert.deepEqual(await values("SELECT OUTCOME FROM CLAUDE_BI.MCP.RECEIVED_EVENTS WHERE ACTOR_ID = 'r3'"), [
      ["AWAITS_REFRESH"],
    ]);
    await warehouse.refresh();
    assert.deepEqual(
      await values(
        "SELECT R.OUTCOME, R.PAYLOAD_BYTES, E.ACTION FROM CLAUDE_BI.MCP.RECEIVED_EVENTS R JOIN CLAUDE_BI.ACTIVITY.READY_EVENTS E ON E.EVENT_ID = R.EVENT_ID WHERE R.ACTOR_ID = 'r3'",
      ),
      [["EVENT", 39, "thing.came"]],
    );
  });
});
