import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { call, refusal, TestWarehouse } from "./warehouse";

const event = (n: number) => ({
  action: "note.added",
  occurred_at: `2026-03-01T10:00:0${n}.${n}5Z`,
  actor_id: `u${n}`,
  revenue_impact: n / 7,
  attributes: { text: `é "${n}"\n\\`, exact: 0.1, deep: { list: [n, null, true, "2026-03-01"] } },
});

const IDS = "SELECT EVENT_ID, ACTION, _COPIES FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTION = 'note.added' ORDER BY 1";

describe("EXPORT_EVENTS and BACKFILL_EVENTS", () => {
  let warehouse: TestWarehouse;
  let admin: Connection;

  before(async () => {
    warehouse = await TestWarehouse.start();
    admin = await warehouse.person("BOSS", "admin");
    await warehouse.ingest([1, 2, 3, 4, 5].map(event), "APPLICATION");
    await warehouse.query(`INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT PARSE_JSON(
      '{"action":"note.added","actor_id":"u6","occurred_at":"2026-03-01T10:00:06Z","attributes":{"n":12345678901234567890123456789012345678,"f":1e300}}')`);
    await warehouse.refresh();
  });
  after(() => warehouse?.close());

  const range = "'2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z'";
  const ids = async () => (await warehouse.query(IDS)).map((row) => ({ ...row }));

  it("bring the same events back, with the same ids, after the landing table was emptied", async () => {
    const before = await ids();
    assert.equal(before.length, 6);
    const exported = await call(admin, `EXPORT_EVENTS(${range}, 'all/2026')`);
    assert.deepEqual(exported, { events: 6, path: "all/2026", status: "exported" });
    await warehouse.query("DELETE FROM CLAUDE_BI.LANDING.RAW_EVENTS");
    await warehouse.refresh();
    assert.deepEqual(await ids(), []);
    const replayed = await call(admin, "BACKFILL_EVENTS('all/2026', 4)");
    assert.deepEqual(replayed, {
      batches: 2,
      events: 6,
      path: "all/2026",
      replayed: 6,
      resumed_at: 0,
      status: "complete",
    });
    await warehouse.refresh();
    assert.deepEqual(await ids(), before);
  });

  it("a second replay changes nothing", async () => {
    const before = await ids();
    const again = await call(admin, "BACKFILL_EVENTS('all/2026', 4)");
    assert.deepEqual([again.replayed, again.resumed_at, again.batches], [0, 6, 0]);
    await warehouse.refresh();
    assert.deepEqual(await ids(), before);
  });

  it("a path is taken whole: 'al' is not the beginning of 'all/2026'", async () => {
    assert.match(await refusal(call(admin, "BACKFILL_EVENTS('al')")), /no exported events below this path/);
  });
});
