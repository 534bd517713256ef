import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { call, refusal, TestWarehouse } from "./warehouse";

const RAW = "CLAUDE_BI.LANDING.RAW_EVENTS";
const ALL = "'2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z'";

describe("EXPORT_EVENTS and BACKFILL_EVENTS", () => {
  let warehouse: TestWarehouse;
  let admin: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    admin = await warehouse.person("BOSS", "admin");
    const event = (n: number, more: object = {}) => ({
      action: "order.placed",
      actor_id: `u${n}`,
      occurred_at: `2026-03-01T10:00:${10 + n}Z`,
      ...more,
    });
    await warehouse.ingest(
      Array.from({ length: 25 }, (_, n) => event(n, { attributes: { n, exact: "12345678901234567890123" } })),
      "SHOP",
    );
    await warehouse.ingest([event(30, { _recv_at: "2026-03-01T10:00:41.123Z" }), { action: "Bad" }], "OTHER");
    await call(admin, "GRANT_USER_PERMISSION('ANN', 'order.*')");
    await warehouse.refresh();
  });
  after(() => warehouse?.close());

  const ids = async () =>
    (
      await warehouse.query(
        "SELECT EVENT_ID FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTION NOT LIKE 'system.backfill.%' ORDER BY 1",
      )
    ).map(({ EVENT_ID }) => String(EVENT_ID));
  const count = async (where: string) =>
    Number((await warehouse.query(`SELECT COUNT(*) AS N FROM ${RAW} WHERE ${where}`))[0]?.N);

  let before_: string[];
  it("unload every raw event, dead letters too", async () => {
    before_ = await ids();
    assert.equal(before_.length, 27);
    const answer = await call(admin, `EXPORT_EVENTS(${ALL}, 'full/march')`);
    assert.deepEqual(answer, { status: "exported", events: 28, path: "full/march" });
  });

  it("replay into an emptied warehouse the same events, in batches with progress", async () => {
    await warehouse.query(`DELETE FROM ${RAW}`);
    await warehouse.refresh();
    assert.deepEqual(await ids(), []);
    const answer = await call(admin, "BACKFILL_EVENTS('full/march', 10)");
    assert.deepEqual(answer, {
      status: "complete",
      path: "full/march",
      events: 28,
      replayed: 28,
      resumed_at: 0,
      batches: 3,
    });
    await warehouse.refresh();
    assert.deepEqual(await ids(), before_);
    assert.equal(await count("_SOURCE_LANE = 'OTHER'"), 2);
    const progress = await warehouse.query(
      "SELECT ATTRIBUTES:position::INT AS P FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTION = 'system.backfill.progress' ORDER BY 1",
    );
    assert.deepEqual(
      progress.map(({ P }) => P),
      [10, 20, 28],
    );
    const [permission] = await warehouse.query(
      "SELECT EFFECT FROM CLAUDE_BI.MCP.CURRENT_PERMISSIONS WHERE USER_NAME = 'ANN'",
    );
    assert.equal(permission?.EFFECT, "GRANT");
  });

  it("change nothing when everything is in", async () => {
    const rows = await count("TRUE");
    const answer = await call(admin, "BACKFILL_EVENTS('full/march', 10)");
    assert.deepEqual([answer.replayed, answer.resumed_at, answer.batches], [0, 28, 0]);
    assert.equal(await count("TRUE"), rows);
  });

  it("go on behind the last batch that was committed", async () => {
    await warehouse.query(
      `DELETE FROM ${RAW} WHERE PAYLOAD:action = 'system.backfill.progress' AND PAYLOAD:attributes:position::INT > 10`,
    );
    const answer = await call(admin, "BACKFILL_EVENTS('full/march', 10)");
    assert.deepEqual([answer.replayed, answer.resumed_at, answer.batches], [18, 10, 2]);
    await warehouse.refresh();
    assert.deepEqual(await ids(), before_, "the same events, though some were landed twice");
  });

  it("lose nothing when more is exported below a path that was replayed", async () => {
    await call(admin, "BACKFILL_EVENTS('full', 20)");
    await warehouse.ingest([{ action: "order.refunded", actor_id: "u1", _recv_at: "2026-02-01T10:00:00Z" }], "SHOP");
    const all = await ids();
    // Its file stands before those that were read.
    await call(admin, "EXPORT_EVENTS('2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z', 'full/february')");
    await warehouse.query(`DELETE FROM ${RAW} WHERE PAYLOAD:action = 'order.refunded'`);
    const answer = await call(admin, "BACKFILL_EVENTS('full', 20)");
    assert.deepEqual([answer.events, answer.resumed_at, answer.replayed], [29, 0, 29]);
    await warehouse.refresh();
    assert.deepEqual(await ids(), all);
  });

  it("unload a span of receive times only", async () => {
    const answer = await call(admin, "EXPORT_EVENTS('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', 'one-day')");
    assert.equal(
      answer.events,
      await count("_RECV_AT >= '2026-03-01'::TIMESTAMP_TZ AND _RECV_AT < '2026-03-02'::TIMESTAMP_TZ"),
    );
  });

  it("say so when there is nothing below the path", async () => {
    assert.match(
      await refusal(call(admin, "BACKFILL_EVENTS('nowhere')")),
      /no exported events below this path of the stage MCP.EVENT_BACKUP/,
    );
    assert.match(await refusal(call(admin, "BACKFILL_EVENTS('full/mar')")), /no exported events below this path/);
  });
});
