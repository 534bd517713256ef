import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Connection } from "snowflake-sdk";
import { renderSqlFile, stripHeader } from "../../components/renderSql";
import { execute } from "./plans";
import { call, TestWarehouse, VALUES } from "./warehouse";

const FILES = readdirSync(join(__dirname, "../../sql/queries")).filter((file) => file.endsWith(".sql"));

const now = Date.now();
const event = (secondsAgo: number, more: object = {}) => ({
  action: "order.placed",
  actor_id: "u1",
  occurred_at: new Date(now - secondsAgo * 1000).toISOString(),
  _recv_at: new Date(now).toISOString(),
  source: "shop",
  ...more,
});

describe("The monitoring queries", () => {
  let warehouse: TestWarehouse;
  let admin: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    admin = await warehouse.person("BOSS", "admin");
    const user = await warehouse.person("ANN", "user");
    await call(admin, "GRANT_USER_PERMISSION('ANN', 'order.*', 10, NULL, NULL, NULL, 'asked for it')");
    await execute(user, { actions: ["salary.paid"] });
    const twice = event(60);
    await warehouse.ingest(
      [
        twice,
        twice,
        event(120, { actor_id: "u2" }),
        event(30),
        { action: "Malformed" },
        event(10, { depends_on_event_id: "x" }),
      ],
      "SHOP",
    );
  });
  after(() => warehouse?.close());

  const run = async (file: string) =>
    (await warehouse.query(stripHeader(renderSqlFile(`queries/${file}`, VALUES)), admin)).map((row) => ({ ...row }));

  for (const file of FILES) {
    it(`${file} runs as the administrator's role`, async () => {
      assert.ok(Array.isArray(await run(file)));
    });
  }

  it("tell who sends twice", async () => {
    assert.deepEqual(await run("duplicate_sources.sql"), [
      { _SOURCE_LANE: "SHOP", SOURCE: "shop", DUPLICATED_EVENT_COUNT: 1, EXTRA_COPIES: 1 },
    ]);
  });

  it("tell the delay by source", async () => {
    const found = await run("ingestion_delay.sql");
    const [shop] = found.filter(({ SOURCE }) => SOURCE === "shop");
    assert.deepEqual(
      { ...shop, DELAY_P99_SECONDS: undefined },
      { SOURCE: "shop", EVENT_COUNT: 3, DELAY_P50_SECONDS: 60, DELAY_P99_SECONDS: undefined, FROM_THE_FUTURE: 0 },
    );
  });

  it("tell why events were kept out, whatever they held", async () => {
    const found = await run("dead_letter_reasons.sql");
    assert.deepEqual(
      found.map(({ _SOURCE_LANE, REASON, DEAD_LETTER_COUNT }) => [_SOURCE_LANE, REASON, DEAD_LETTER_COUNT]),
      [["SHOP", "action … is malformed; expected noun.verb_past of a-z, 0-9, _ and dots", 1]],
    );
  });

  it("tell what was refused and who may query", async () => {
    const [rejected] = await run("rejected_plans.sql");
    assert.deepEqual([rejected?.REJECTION_COUNT, rejected?.USER_COUNT], [1, 1]);
    assert.match(String(rejected?.MESSAGE), /you have no permission for "salary.paid"/);
    assert.deepEqual(await run("who_may_query.sql"), [
      {
        USER_NAME: "ANN",
        PATTERN: "order.*",
        EFFECT: "GRANT",
        SOURCE: "USER",
        MAX_ROWS: 10,
        EXPIRES_AT: null,
        REASON: "asked for it",
      },
    ]);
  });

  it("tell who comes back", async () => {
    const found = await run("repeat_activity.sql");
    const [orders] = found.filter(({ ACTIVITY }) => ACTIVITY === "order.placed");
    assert.deepEqual([orders?.FIRST_TIME_COUNT, orders?.REPEATED_COUNT, orders?.REPEAT_RATE], [2, 1, 0.5]);
  });
});
