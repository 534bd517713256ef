import assert from "node:assert/strict";
import fc from "fast-check";
import { checkPlan } from "../../mcp/plan/checkPlan";
import { correctPlan } from "../../mcp/plan/correctPlan";
import { windowOfWords } from "../../mcp/plan/windowWords";

describe("A plan that the MCP server corrects", () => {
  it("corrects the ways in which models write plans", () => {
    const cases: [unknown, unknown][] = [
      [
        { action: "order.placed", where: [{ field: "price", op: "gt", value: 3 }] },
        { actions: ["order.placed"], filters: [{ field: "attributes.price", op: ">", value: 3 }] },
      ],
      [
        { actions: "order.placed", metrics: ["COUNT(*)", "average(revenue)"] },
        { actions: ["order.placed"], measures: ["count", "avg(revenue_impact)"] },
      ],
      [
        { actions: ["order.placed"], groupBy: ["days"], sort: "-count" },
        { actions: ["order.placed"], group_by: ["day"], order_by: ["-count"] },
      ],
      [
        {
          actions: ["order.placed"],
          measures: ["count distinct actor", "unique object_id", "average of attributes.total"],
        },
        {
          actions: ["order.placed"],
          measures: ["count_distinct(actor_id)", "count_distinct(object_id)", "avg(attributes.total)"],
        },
      ],
      [
        { actions: ["order.placed"], measures: ["number of events", "max revenue_impact", "number of unique users"] },
        { actions: ["order.placed"], measures: ["count", "max(revenue_impact)", "count_distinct(actor_id)"] },
      ],
      [
        { actions: ["order.placed"], window: "30 days" },
        { actions: ["order.placed"], window: "last_30d" },
      ],
      [
        { actions: ["order.placed"], window: { start: "2026-01-01", end: "2026-02-01" } },
        { actions: ["order.placed"], window: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" } },
      ],
      [
        { actions: ["order.placed"], window: { last: "24 hours" } },
        { actions: ["order.placed"], window: "last_24h" },
      ],
      [
        { actions: ["order.placed"], filters: [{ column: "actor_id", operator: "eq", value: "u1" }] },
        { actions: ["order.placed"], filters: [{ field: "actor_id", op: "=", value: "u1" }] },
      ],
      [
        { actions: ["order.placed"], filters: { actor_id: "u1", "attributes.paid": true } },
        {
          actions: ["order.placed"],
          filters: [
            { field: "actor_id", op: "=", value: "u1" },
            { field: "attributes.paid", op: "=", value: true },
          ],
        },
      ],
      [
        { actions: ["order.placed"], filters: [{ field: "link", op: "LIKE", value: "https://%" }] },
        { actions: ["order.placed"], filters: [{ field: "link", op: "starts_with", value: "https://" }] },
      ],
      [
        { actions: ["order.placed"], filters: [{ field: "link", op: "is not", value: "a" }] },
        { actions: ["order.placed"], filters: [{ field: "link", op: "!=", value: "a" }] },
      ],
      [
        {
          actions: ["order.placed"],
          measures: ["sum(revenue) AS total", "count(DISTINCT actor_id)"],
          order_by: ["-total"],
        },
        {
          actions: ["order.placed"],
          measures: [{ fn: "sum", field: "revenue_impact", as: "total" }, "count_distinct(actor_id)"],
          order_by: ["-total"],
        },
      ],
      [
        { actions: ["order.placed"], measures: [{ function: "average", column: "attributes.total", alias: "mean" }] },
        { actions: ["order.placed"], measures: [{ fn: "avg", field: "attributes.total", as: "mean" }] },
      ],
      [
        {
          actions: ["order.placed"],
          relate: { type: "last_before", with: "cart.filled", as: "cart" },
          measures: ["median(cart.filled.seconds)"],
        },
        {
          actions: ["order.placed"],
          relate: [{ relationship: "last_before", action: "cart.filled", as: "cart" }],
          measures: ["median(cart.seconds)"],
        },
      ],
      [
        { actions: ["order.placed"], group_by: ["date", "event"], order_by: [{ column: "date", desc: true }] },
        { actions: ["order.placed"], group_by: ["day", "action"], order_by: [{ field: "day", direction: "desc" }] },
      ],
      [
        { actions: ["order.placed"], measures: ["count", "count"], group_by: ["day", "day"] },
        { actions: ["order.placed"], measures: ["count"], group_by: ["day"] },
      ],
      [
        { actions: ["order.placed"], window: { from: "2026-01-01", to: "2026-02-01T00:00:00" } },
        { actions: ["order.placed"], window: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" } },
      ],
      [
        { actions: ["order.placed"], filters: [{ field: "user", op: "is", value: "u1" }] },
        { actions: ["order.placed"], filters: [{ field: "attributes.user", op: "=", value: "u1" }] },
      ],
      [
        { actions: ["order.placed"], filters: [{ field: "actor_id", op: "in", value: "u1" }] },
        { actions: ["order.placed"], filters: [{ field: "actor_id", op: "in", value: ["u1"] }] },
      ],
      [
        { actions: ["order.placed"], relate: [{ relationship: "lastBefore", action: "page.viewed" }] },
        { actions: ["order.placed"], relate: [{ relationship: "last_before", action: "page.viewed" }] },
      ],
      [
        { actions: ["order.placed"], measures: ["percentile_90(attributes.ms)"] },
        { actions: ["order.placed"], measures: ["p90(attributes.ms)"] },
      ],
      [
        { actions: ["order.placed"], filters: [{ field: "actor_id", op: "=", value: null }] },
        { actions: ["order.placed"], filters: [{ field: "actor_id", op: "is_null" }] },
      ],
      [
        { actions: ["order.placed"], filters: [{ field: "actor_id", op: "!=", value: null }] },
        { actions: ["order.placed"], filters: [{ field: "actor_id", op: "is_not_null" }] },
      ],
      [
        { actions: ["order.placed"], limit: "10" },
        { actions: ["order.placed"], limit: 10 },
      ],
    ];
    for (const [wrong, right] of cases) {
      assert.notDeepEqual(checkPlan(wrong), []);
      assert.deepEqual(correctPlan(wrong), { plan: right, leftOut: [] });
    }
    assert.equal(correctPlan({ window: "last_7d" }), undefined);
  });

  it("offers no plan that asks something else: no condition, time, group, measure or relation is left out", () => {
    const base = { actions: ["order.placed"] };
    for (const wrong of [
      { ...base, filters: ["actor_id = 'u1'"] },
      { ...base, filters: [{ field: "actor_id", op: "=", value: "u1", not: true }] },
      { ...base, filters: [{ field: "actor_id", op: "resembles", value: "u1" }] },
      { ...base, filters: [{ field: "link", op: "like", value: "a%b_c" }] },
      { ...base, filters: [{ field: "link", op: "exists", value: false }] },
      { ...base, filters: [{ field: "link", op: "is_null", value: false }] },
      { ...base, filters: [{ field: "link", op: "constructor", value: 1 }] },
      { ...base, filters: Array.from({ length: 21 }, () => ({ field: "link", op: "is_null" })) },
      { ...base, window: "recently" },
      { ...base, window: "all time" },
      { ...base, window: { last: "3 days", zone: "UTC" } },
      { ...base, window: { from: "yesterday", to: "today" } },
      { ...base, measures: ["p95(attributes.ms)"] },
      { ...base, measures: ["max"] },
      { ...base, measures: ["count", { fn: "sum", field: "revenue_impact", filter: "x" }] },
      { ...base, measures: ["toString(attributes.ms)"] },
      { ...base, group_by: [["day"]] },
      { ...base, relate: [{ relationship: "last_before", action: "cart.filled", within: "7d" }] },
      { ...base, relate: [{ relationship: "before", action: "cart.filled" }] },
      { ...base, relate: [{ relationship: "last_before", action: "cart.filled", match: "session" }] },
      { actions: ["order.placed", "order.*"] },
      { actions: Array.from({ length: 51 }, (_, index) => `order.placed${index}`) },
    ])
      assert.equal(correctPlan(wrong), undefined, JSON.stringify(wrong));
  });

  it("tells what a corrected plan does without", () => {
    const base = { actions: ["order.placed"] };
    assert.deepEqual(correctPlan({ ...base, having: [{ field: "count", op: ">", value: 1 }], limit: 0 }), {
      plan: base,
      leftOut: ["having", "limit"],
    });
    assert.deepEqual(correctPlan({ ...base, order_by: ["-count", "-occurred_at"] }), {
      plan: { ...base, order_by: ["-occurred_at"] },
      leftOut: ["order_by[0]"],
    });
  });

  it("reads the words for a time as the time they say, in UTC", () => {
    const now = Date.parse("2026-03-11T10:30:00Z");
    const span = (words: string) => {
      const window = windowOfWords(words, now);
      return typeof window === "object" ? `${window.from} ${window.to}` : window;
    };
    assert.equal(span("yesterday"), "2026-03-10T00:00:00Z 2026-03-11T00:00:00Z");
    assert.equal(span("today"), "2026-03-11T00:00:00Z 2026-03-11T10:30:01Z");
    assert.equal(span("this week"), "2026-03-09T00:00:00Z 2026-03-11T10:30:01Z");
    assert.equal(span("this_month"), "2026-03-01T00:00:00Z 2026-03-11T10:30:01Z");
    assert.equal(span("2026-02"), "2026-02-01T00:00:00Z 2026-03-01T00:00:00Z");
    assert.equal(span("2025"), "2025-01-01T00:00:00Z 2026-01-01T00:00:00Z");
    assert.equal(span("2026-02-28"), "2026-02-28T00:00:00Z 2026-03-01T00:00:00Z");
    assert.equal(span("last 3 days"), "2026-03-08T10:30:00Z 2026-03-11T10:30:01Z");
    assert.equal(span("past 2 weeks"), "2026-02-25T10:30:00Z 2026-03-11T10:30:01Z");
    for (const [words, window] of [
      ["24h", "last_24h"],
      ["last day", "last_24h"],
      ["last 24 hours", "last_24h"],
      ["1 week", "last_7d"],
      ["LAST_7_DAYS", "last_7d"],
      ["past month", "last_30d"],
      ["last 1 month", "last_30d"],
      ["3 months", "last_90d"],
      ["the past quarter", "last_90d"],
    ] as const)
      assert.equal(span(words), window, words);
    for (const words of [
      "2026-02-30",
      "2026-13",
      "recently",
      "all",
      "day",
      "last 0 days",
      "next week",
      "last month",
      "previous_week",
      "the last quarter",
      "Q1",
      "",
      "constructor",
    ])
      assert.equal(span(words), undefined, words);
  });

  it("offers only plans that are right, whatever was wrong", () => {
    const word = fc.oneof(
      fc.constantFrom("order.placed", "count", "actor_id", "=", "last_7d", "first_ever"),
      fc.string({ maxLength: 12 }),
      fc.jsonValue({ maxDepth: 2 }),
      // Nothing that makes a text of it comes back.
      fc.constantFrom<unknown>({ toString: 1, valueOf: 1 }, { toString: null }, "constructor", "toString(x)"),
    );
    const plan = fc.dictionary(
      fc.oneof(
        fc.constantFrom("actions", "window", "filters", "group_by", "measures", "order_by", "limit", "relate"),
        fc.string({ maxLength: 8 }),
      ),
      fc.oneof(
        word,
        fc.array(word, { maxLength: 3 }),
        fc.array(
          fc.dictionary(fc.constantFrom("field", "op", "value", "fn", "as", "relationship", "action", "match"), word),
          { maxLength: 3 },
        ),
      ),
    );
    fc.assert(
      fc.property(plan, (wrong) => {
        const before = JSON.stringify(wrong);
        const corrected = correctPlan(wrong);
        assert.equal(JSON.stringify(wrong), before);
        if (corrected !== undefined) assert.deepEqual(checkPlan(corrected.plan), []);
      }),
      { numRuns: 2000 },
    );
  });
});
