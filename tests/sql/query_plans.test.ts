import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { execute, MARCH, type PlanAnswer, validate } from "./plans";
import { REJECTED } from "./rejectedPlans";
import { call, TestWarehouse } from "./warehouse";

const seen = (id: string, second: number, attributes: object, more: object = {}) => ({
  action: "price.seen",
  actor_id: `u${second % 2}`,
  occurred_at: `2026-03-0${1 + second}T10:00:00Z`,
  object: { type: "price", id },
  attributes,
  ...more,
});

/** One attribute in every type, and the fields that filters look at. */
const EVENTS = [
  seen("int", 1, { price: 10, tag: "red" }, { revenue_impact: 5, source: "shop" }),
  seen("decimal", 2, { price: 19.99, tag: "green" }, { revenue_impact: 7.5, source: "shop" }),
  seen("text", 3, { price: "19.99", tag: "Red" }),
  seen("null", 4, { price: null, nested: { deep: [1, 2] } }),
  seen("missing", 5, {}, { source: "app" }),
  seen("quote", 6, { price: true, tag: "it's; DROP TABLE x --" }),
];

type Filter = { field: string; op: string; value?: unknown };

/** Filters (all must hold) and the objects they keep. */
const FILTERS: [string, Filter[], string[]][] = [
  [
    "a number above: numbers only, the text does not fail",
    [{ field: "attributes.price", op: ">", value: 15 }],
    ["decimal"],
  ],
  ["= of a text: the text only", [{ field: "attributes.price", op: "=", value: "19.99" }], ["text"]],
  [
    "= of a number: the number only, whatever its digits",
    [{ field: "attributes.price", op: "=", value: 10.0 }],
    ["int"],
  ],
  ["= of a boolean", [{ field: "attributes.price", op: "=", value: true }], ["quote"]],
  [
    "!= leaves out missing and null",
    [{ field: "attributes.price", op: "!=", value: 10 }],
    ["decimal", "quote", "text"],
  ],
  ["is_null takes null and missing", [{ field: "attributes.price", op: "is_null" }], ["missing", "null"]],
  [
    "between of numbers and is_not_null",
    [
      { field: "revenue_impact", op: "between", value: [5, 7] },
      { field: "source", op: "is_not_null" },
    ],
    ["int"],
  ],
  [
    "in with mixed types and not_in",
    [
      { field: "attributes.price", op: "in", value: [10, "19.99", true] },
      { field: "object_id", op: "not_in", value: ["text"] },
    ],
    ["int", "quote"],
  ],
  [
    "contains, starts_with and ends_with, case kept",
    [
      { field: "attributes.tag", op: "contains", value: "e" },
      { field: "attributes.tag", op: "starts_with", value: "r" },
      { field: "attributes.tag", op: "ends_with", value: "d" },
    ],
    ["int"],
  ],
  [
    "a time in another offset, <= and >",
    [
      { field: "occurred_at", op: "<=", value: "2026-03-04T12:00:00+02:00" },
      { field: "occurred_at", op: ">", value: "2026-03-02T10:00:00Z" },
    ],
    ["decimal", "text"],
  ],
  [
    "a value that is SQL is only a value",
    [{ field: "attributes.tag", op: "=", value: "it's; DROP TABLE x --" }],
    ["quote"],
  ],
  ["a path into nested objects", [{ field: "attributes.nested.deep", op: "is_not_null" }], ["null"]],
  ["a key that is SQL is only a key", [{ field: "attributes.a'] || CURRENT_ROLE() || ['b", op: "=", value: 1 }], []],
  [
    "a bucket of time and >=, <",
    [
      { field: "day", op: ">=", value: "2026-03-03" },
      { field: "day", op: "<", value: "2026-03-04" },
    ],
    ["decimal"],
  ],
];

describe("Query plans", () => {
  let warehouse: TestWarehouse;
  let user: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    const admin = await warehouse.person("BOSS", "admin");
    user = await warehouse.person("ANN", "user");
    await call(admin, "GRANT_USER_PERMISSION('ANN', 'price.*')");
    await call(admin, "GRANT_USER_PERMISSION('ANN', 'secret.*')");
    await call(admin, "DENY_USER_PERMISSION('ANN', 'secret.told')");
    await warehouse.ingest(EVENTS);
  });
  after(() => warehouse?.close());

  const run = async (plan: object): Promise<PlanAnswer> => {
    const answer = await execute(user, { actions: ["price.seen"], window: MARCH, ...plan });
    assert.equal(answer.status, "executed", JSON.stringify(answer.errors));
    return answer;
  };

  for (const [name, filters, expected] of FILTERS) {
    it(`filters: ${name}`, async () => {
      const { rows } = await run({ filters, order_by: ["object_id"] });
      assert.deepEqual(
        rows.map((row) => row.object_id),
        expected,
      );
    });
  }

  it("give rows with all fields, newest first", async () => {
    const { rows } = await run({ filters: [{ field: "object_id", op: "=", value: "decimal" }] });
    const [{ event_id, received_at, ...row } = {}] = rows;
    assert.match(String(event_id), /^[0-9a-f]{64}$/);
    assert.match(String(received_at), /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual(row, {
      action: "price.seen",
      actor_id: "u0",
      attributes: { price: 19.99, tag: "green" },
      object_id: "decimal",
      object_type: "price",
      occurred_at: "2026-03-03T10:00:00.000Z",
      revenue_impact: 7.5,
      source: "shop",
      source_lane: "DIRECT",
    });
  });

  it("order rows by buckets of time, which are no columns of them", async () => {
    const { rows } = await run({ order_by: ["-day", "object_id"], limit: 2 });
    assert.deepEqual(
      rows.map(({ object_id, day }) => [object_id, day]),
      [
        ["quote", undefined],
        ["missing", undefined],
      ],
    );
    const byMonth = await run({ order_by: ["month", "-week", "object_id"], limit: 1 });
    assert.deepEqual([byMonth.rows[0]?.object_id, byMonth.row_count], ["decimal", 6]);
  });

  it("group and measure, say which values were skipped, order by columns and bound the rows", async () => {
    const answer = await run({
      group_by: ["actor_id"],
      measures: [
        "count",
        "count(attributes.price)",
        "count_distinct(attributes.tag)",
        "sum(attributes.price)",
        { fn: "avg", field: "revenue_impact", as: "mean" },
        "min(object_id)",
        "max(attributes.price)",
      ],
      order_by: ["-count", "actor_id"],
    });
    assert.deepEqual(answer.rows, [
      {
        actor_id: "u0",
        count: 3,
        "count(attributes.price)": 2,
        "count_distinct(attributes.tag)": 2,
        "sum(attributes.price)": 19.99,
        mean: 7.5,
        "min(object_id)": "decimal",
        "max(attributes.price)": 19.99,
      },
      {
        actor_id: "u1",
        count: 3,
        "count(attributes.price)": 2,
        "count_distinct(attributes.tag)": 2,
        "sum(attributes.price)": 10,
        mean: 5,
        "min(object_id)": "int",
        "max(attributes.price)": 10,
      },
    ]);
    assert.deepEqual(answer.skipped, { "sum(attributes.price)": 2 });
  });

  it("group by buckets of time, by attributes and nothing", async () => {
    const byWeek = await run({ group_by: ["week", "month"], order_by: ["week"] });
    assert.deepEqual(byWeek.rows, [{ week: "2026-03-02", month: "2026-03", count: 6 }]);
    const byTag = await run({ group_by: ["attributes.tag"], order_by: ["-count", "attributes.tag"], limit: 2 });
    assert.deepEqual(byTag.rows, [
      { "attributes.tag": null, count: 2 },
      { "attributes.tag": "Red", count: 1 },
    ]);
    assert.deepEqual([byTag.row_count, byTag.truncated], [5, true]);
    assert.equal(byTag.notice, "The answer was cut at 2 of 5 rows; narrow the plan or group it.");
    const all = await run({ measures: ["count", "sum(revenue_impact)"] });
    assert.deepEqual(all.rows, [{ count: 6, "sum(revenue_impact)": 12.5 }]);
  });

  it("that measure everything as one answer one row where nothing matches, as SQL does; groups of nothing are none", async () => {
    const nothing = { filters: [{ field: "actor_id", op: "=", value: "nobody" }] };
    const measures = [
      "count",
      "count_distinct(object_id)",
      { fn: "count", field: "link", as: "links" },
      "sum(revenue_impact)",
    ];
    const all = await run({ ...nothing, measures });
    assert.deepEqual(all.rows, [{ count: 0, "count_distinct(object_id)": 0, links: 0, "sum(revenue_impact)": null }]);
    assert.deepEqual([all.row_count, all.returned_count, all.truncated, all.skipped], [1, 1, false, {}]);
    const ordered = await run({ ...nothing, measures: ["count"], order_by: ["-count"], limit: 1 });
    assert.deepEqual(ordered.rows, [{ count: 0 }]);
    const related = await run({
      ...nothing,
      relate: [{ relationship: "aggregate_before", action: "price.seen" }],
      measures: ["count"],
    });
    assert.deepEqual(related.rows, [{ count: 0 }]);
    assert.deepEqual((await run({ ...nothing, measures: ["count"], group_by: ["actor_id"] })).rows, []);
    assert.deepEqual((await run(nothing)).rows, []);
  });

  for (const [name, plan, errors] of REJECTED) {
    it(`are rejected, every error with its path: ${name}`, async () => {
      const verdict = await validate(user, plan);
      assert.equal(verdict.valid, false);
      const found = [...verdict.errors].sort((a, b) => (a.path < b.path ? -1 : 1));
      assert.deepEqual(
        found.map(({ path }) => path),
        errors.map(([path]) => path),
        JSON.stringify(found, null, 1),
      );
      for (const [i, [, message]] of errors.entries()) assert.match(found[i]?.message ?? "", message);
    });
  }

  it("that are rejected leave one event with the reasons and run nothing", async () => {
    const plan = { actions: ["salary.paid"], window: MARCH };
    const answer = await execute(user, plan);
    assert.deepEqual([answer.status, answer.valid, answer.rows], ["rejected", false, undefined]);
    await warehouse.refresh();
    const rows = await warehouse.query(
      `SELECT USER_NAME, PATH, MESSAGE, PLAN FROM CLAUDE_BI.MCP.QUERY_REJECTIONS_LAST_7D WHERE EVENT_ID = '${answer.event_id}'`,
    );
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [{ USER_NAME: "ANN", PATH: "actions[0]", MESSAGE: answer.errors[0]?.message, PLAN: plan }],
    );
  });
});
