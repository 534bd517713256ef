import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { call, refusal, TestWarehouse } from "./warehouse";

const event = (n: number, more: object = {}) => ({
  action: "note.added",
  occurred_at: `2026-03-01T10:00:0${n}Z`,
  actor_id: `u${n}`,
  ...more,
});

describe("INGEST_EVENTS", () => {
  let warehouse: TestWarehouse;
  let producer: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    producer = await warehouse.person("PRODUCER", "ingest");
  });
  after(() => warehouse?.close());

  it("lands an array and says how many count", async () => {
    const answer = await warehouse.ingest([event(1), event(2)], "APPLICATION", producer);
    assert.deepEqual({ ...answer, recv_at: undefined }, { accepted: 2, dead_lettered: 0, recv_at: undefined });
    assert.match(String(answer.recv_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const rows = await warehouse.query(
      "SELECT ACTOR_ID, _SOURCE_LANE, _COPIES FROM CLAUDE_BI.ACTIVITY.EVENTS ORDER BY 1",
    );
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [
        { ACTOR_ID: "u1", _SOURCE_LANE: "APPLICATION", _COPIES: 1 },
        { ACTOR_ID: "u2", _SOURCE_LANE: "APPLICATION", _COPIES: 1 },
      ],
    );
  });

  it("keeps an oversized event among good ones as a dead letter that names size and limit", async () => {
    const big = "é".repeat(600_000);
    const oversized = event(4, { attributes: { text: big } });
    const answer = await warehouse.ingest([event(3), oversized, event(5)]);
    assert.deepEqual([answer.accepted, answer.dead_lettered], [2, 1]);
    const [letter, ...others] = await warehouse.query("SELECT REASON, ACTOR_ID FROM CLAUDE_BI.MCP.DEAD_LETTERS");
    assert.deepEqual(others, []);
    const size = Buffer.byteLength(JSON.stringify(oversized));
    assert.equal(letter?.REASON, `payload has ${size} bytes; the limit is 1000000`);
    assert.equal(letter?.ACTOR_ID, "u4");
  });

  it("accepts a payload of exactly 1 000 000 bytes, the transport's _recv_at not counted", async () => {
    const bare = event(6, { attributes: { text: "" } });
    const text = "x".repeat(1_000_000 - Buffer.byteLength(JSON.stringify(bare)));
    const full = event(6, { attributes: { text } });
    assert.equal(Buffer.byteLength(JSON.stringify(full)), 1_000_000);
    const answer = await warehouse.ingest([{ ...full, _recv_at: "2026-03-01T10:00:07.000Z" }]);
    assert.deepEqual([answer.accepted, answer.dead_lettered], [1, 0]);
  });

  it("makes one event of a retry that carries _recv_at, and two of one that does not", async () => {
    const sent = event(7, { _recv_at: "2026-03-01T10:00:08.123Z" });
    await warehouse.ingest([sent]);
    await warehouse.ingest([sent]);
    const [row, ...others] = await warehouse.query(
      "SELECT _COPIES, TO_VARCHAR(_RECV_AT, 'YYYY-MM-DD HH24:MI:SS.FF3') AS R FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTOR_ID = 'u7'",
    );
    assert.deepEqual([{ ...row }, others.length], [{ _COPIES: 2, R: "2026-03-01 10:00:08.123" }, 0]);
  });

  it("takes what is no event as a dead letter with the reason", async () => {
    const answer = await warehouse.ingest(
      [5, null, "x", [], {}, { action: "system.config.set" }, event(8, { occurred_at: "2026-03-01T10:00:00" })],
      "ODD",
    );
    assert.deepEqual([answer.accepted, answer.dead_lettered], [0, 7]);
    const reasons = await warehouse.query(
      "SELECT REASON FROM CLAUDE_BI.MCP.DEAD_LETTERS WHERE _SOURCE_LANE = 'ODD' ORDER BY 1",
    );
    assert.deepEqual(
      reasons.map(({ REASON }) => REASON),
      [
        'action "system.config.set" is reserved; lane "ODD" may not write it',
        "action is missing; expected noun.verb_past",
        'occurred_at "2026-03-01T10:00:00" is not an ISO 8601 time with an offset',
        "payload is ARRAY; expected an OBJECT",
        "payload is INTEGER; expected an OBJECT",
        "payload is NULL_VALUE; expected an OBJECT",
        "payload is VARCHAR; expected an OBJECT",
      ],
    );
  });

  for (const [name, text, binds, message] of [
    [
      "an object instead of an array",
      "INGEST_EVENTS(PARSE_JSON(?), 'DIRECT')",
      ['{"action": "a.b"}'],
      /events must be an ARRAY of event objects; pass a single event as an array of one/,
    ],
    [
      "a reserved lane",
      "INGEST_EVENTS(PARSE_JSON(?), 'system')",
      ["[]"],
      /source_lane SYSTEM, MCP or QUALITY is reserved/,
    ],
    ["a lane with a separator", "INGEST_EVENTS(PARSE_JSON(?), 'a|b')", ["[]"], /source_lane must be 1 to 64 letters/],
  ] as const) {
    it(`refuses ${name}`, async () => assert.match(await refusal(call(producer, text, [...binds])), message));
  }

  it("is not swayed by the caller's zone, formats or type mapping", async () => {
    for (const setting of [
      "TIMEZONE = 'Asia/Kolkata'",
      "TIMESTAMP_INPUT_FORMAT = 'DD/MM/YYYY'",
      "TIMESTAMP_OUTPUT_FORMAT = 'DD.MM.YY'",
      "TIMESTAMP_TYPE_MAPPING = 'TIMESTAMP_LTZ'",
    ]) {
      await warehouse.query(`ALTER SESSION SET ${setting}`, producer);
    }
    await warehouse.ingest(
      [event(9, { occurred_at: "2026-03-01T02:00:09-08:00", _recv_at: "2026-03-01T19:00:10+09:00" })],
      "DIRECT",
      producer,
    );
    const [row] = await warehouse.query(
      "SELECT TO_VARCHAR(OCCURRED_AT, 'YYYY-MM-DD HH24:MI:SS') AS O, TO_VARCHAR(_RECV_AT, 'YYYY-MM-DD HH24:MI:SS') AS R FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTOR_ID = 'u9'",
    );
    assert.deepEqual({ ...row }, { O: "2026-03-01 10:00:09", R: "2026-03-01 10:00:10" });
  });
});
