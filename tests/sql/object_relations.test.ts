import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { execute, MARCH } from "./plans";
import { call, TestWarehouse } from "./warehouse";

const commit = (action: string, actor: string, id: string, minute: number, type = "commit") => ({
  action,
  actor_id: actor,
  object: { type, id },
  occurred_at: `2026-03-01T10:${String(minute).padStart(2, "0")}:00Z`,
});

describe("Relations by object", () => {
  let warehouse: TestWarehouse;
  let user: Connection;

  before(async () => {
    warehouse = await TestWarehouse.start();
    user = await warehouse.person("ANALYST", "user");
    await call(warehouse.deployer, "GRANT_USER_PERMISSION('ANALYST', 'commit.*')");
    await warehouse.ingest([
      commit("commit.authored", "ann", "c1", 0),
      commit("commit.landed", "bot", "c1", 10),
      commit("commit.authored", "ann", "c2", 1),
      commit("commit.landed", "bot", "c2", 31),
      commit("commit.authored", "ben", "c3", 2),
      commit("commit.landed", "bot", "c3", 4),
      commit("commit.landed", "bot", "c3", 9),
      // Never landed; what landed under the same id is another kind of thing.
      commit("commit.authored", "ben", "c4", 3),
      commit("commit.landed", "bot", "c4", 5, "branch"),
      { action: "commit.authored", actor_id: "cid", occurred_at: "2026-03-01T10:04:00Z" },
      { action: "commit.landed", actor_id: "cid", occurred_at: "2026-03-01T10:05:00Z" },
    ]);
  });

  after(() => warehouse?.close());

  const relate = (relationship: string, match?: unknown) => [
    { relationship, action: "commit.landed", as: "landed", match },
  ];

  it("pair what was done to the same thing, by type and id, whoever did it", async () => {
    const { rows } = await execute(user, {
      actions: ["commit.authored"],
      window: MARCH,
      relate: relate("first_after", "object"),
      measures: [
        "count",
        "count(landed.event_id)",
        "median(landed.seconds)",
        "p90(landed.seconds)",
        "min(landed.seconds)",
      ],
    });
    assert.deepEqual(rows, [
      {
        count: 5,
        "count(landed.event_id)": 3,
        "median(landed.seconds)": 600,
        "p90(landed.seconds)": 1560,
        "min(landed.seconds)": 120,
      },
    ]);
  });

  it("end in between where the same is done to the object again", async () => {
    const { rows } = await execute(user, {
      actions: ["commit.landed"],
      window: MARCH,
      relate: [{ relationship: "aggregate_in_between", action: "commit.landed", as: "again", match: "object" }],
      filters: [{ field: "object_id", op: "=", value: "c3" }],
      group_by: ["occurred_at"],
      measures: ["sum(again.count)"],
      order_by: ["occurred_at"],
    });
    assert.deepEqual(
      rows.map((row) => row["sum(again.count)"]),
      [0, 0],
    );
  });

  it("are by person when the plan does not say, and nothing else", async () => {
    const measures = ["count(landed.event_id)"];
    const plan = { actions: ["commit.authored"], window: MARCH, measures };
    for (const match of [undefined, null, "person"]) {
      const { rows } = await execute(user, { ...plan, relate: relate("first_after", match) });
      assert.deepEqual(rows, [{ "count(landed.event_id)": 1 }], String(match));
    }
    for (const match of ["actor", 3, ["object"]]) {
      const { errors } = await execute(user, { ...plan, relate: relate("first_after", match) });
      assert.deepEqual(errors, [{ path: "relate[0]", message: "relate[0]: match must be person or object" }]);
    }
  });
});
