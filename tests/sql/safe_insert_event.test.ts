import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Connection } from "snowflake-sdk";
import { SteerableClock } from "../local/support";
import { call, refusal, TestWarehouse } from "./warehouse";

const RAW = "CLAUDE_BI.LANDING.RAW_EVENTS";
const AWAY = "CLAUDE_BI.LANDING.RAW_EVENTS_AWAY";

describe("SAFE_INSERT_EVENT tries again", () => {
  let warehouse: TestWarehouse;
  let producer: Connection;
  const clock = new SteerableClock("2026-03-02T10:00:00Z");
  before(async () => {
    warehouse = await TestWarehouse.start({ clock });
    producer = await warehouse.person("PRODUCER", "ingest");
  });
  after(() => warehouse?.close());

  const insert = (actor: string) =>
    call(producer, "SAFE_INSERT_EVENT(PARSE_JSON(?), 'SHOP')", [
      JSON.stringify({ action: "order.placed", actor_id: actor, occurred_at: "2026-03-02T09:00:00Z" }),
    ]);
  const move = (from: string, to: string) => warehouse.query(`ALTER TABLE ${from} RENAME TO ${to}`);

  /** Until the procedure waits so many milliseconds before it tries again. */
  async function untilPaused(milliseconds: number): Promise<void> {
    while (!clock.isAwaited(milliseconds)) await pause(5);
  }

  it("after growing pauses, until the table is there again, and says how often", async () => {
    await move(RAW, AWAY);
    const inserting = insert("u1");
    await untilPaused(100);
    await clock.advance(100);
    await untilPaused(400);
    await move(AWAY, RAW);
    await clock.advance(399);
    const [before] = await warehouse.query(`SELECT COUNT(*) AS N FROM ${RAW}`);
    assert.equal(before?.N, 0, "the second pause is four times the first");
    await clock.advance(1);
    const answer = await inserting;
    assert.deepEqual([answer.status, answer.retries, answer.recv_at], ["accepted", 2, "2026-03-02T10:00:00.000Z"]);
    await warehouse.refresh();
    const rows = await warehouse.query("SELECT EVENT_ID, ACTOR_ID, _COPIES FROM CLAUDE_BI.ACTIVITY.EVENTS");
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [{ EVENT_ID: answer.event_id, ACTOR_ID: "u1", _COPIES: 1 }],
    );
  });

  it("three times, then it tells the error", async () => {
    await move(RAW, AWAY);
    const refused = refusal(insert("u2"));
    for (const milliseconds of [100, 400, 1600]) {
      await untilPaused(milliseconds);
      await clock.advance(milliseconds);
    }
    assert.match(await refused, /RAW_EVENTS' does not exist or not authorized/);
    await move(AWAY, RAW);
  });
});
