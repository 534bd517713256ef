import assert from "node:assert/strict";
import {
  draftOf,
  EMPTY_DRAFT,
  FIELDS,
  fieldsOf,
  MATCHES,
  MEASURES,
  OPERATORS,
  planIn,
  planOf,
  planText,
  RELATION_FIELDS,
  RELATIONSHIPS,
  WINDOWS,
} from "../../console/web/pages/ask/draft";
import { leftOut } from "../../console/web/pages/ask/leftOut";
import * as grammar from "../../mcp/plan/grammar";

describe("a plan in the form", () => {
  it("comes back as the plan it was", () => {
    const plan = {
      actions: ["order.placed"],
      window: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" },
      filters: [
        { field: "attributes.total", op: "between", value: [1, 2.5] },
        { field: "attributes.code", op: "=", value: "12" },
        { field: "attributes.paid", op: "=", value: true },
        { field: "actor_id", op: "in", value: ["1", "2"] },
        { field: "link", op: "is_null" },
      ],
      relate: [
        { relationship: "first_after", action: "order.shipped" },
        { relationship: "aggregate_before", action: "page.viewed", match: "object", as: "views" },
      ],
      group_by: ["day", "attributes.currency"],
      measures: [
        "count",
        "median(first_after_order_shipped.seconds)",
        { fn: "sum", field: "revenue_impact", as: "won" },
      ],
      order_by: ["-won", "day"],
      limit: 5,
    };
    assert.deepEqual(planOf(draftOf(plan)), plan);
  });

  it("keeps texts with commas, quotes, zeros in front and spaces around, and every digit of a number", () => {
    const texts = [
      "a, b",
      '"quoted"',
      "012",
      "12",
      " padded ",
      "",
      "true",
      "-",
      '"',
      "a,",
      "1.50",
      "日本, 🎉",
      'say "hi", she said',
    ];
    for (const field of ["attributes.x", "actor_id"]) {
      for (const value of texts) {
        const plan = { actions: ["a.b"], window: "last_7d", filters: [{ field, op: "=", value }] };
        assert.deepEqual(planOf(draftOf(plan)), plan, value);
      }
      const plan = { actions: ["a.b"], window: "last_7d", filters: [{ field, op: "in", value: texts }] };
      assert.deepEqual(planOf(draftOf(plan)), plan, field);
    }
    const text =
      '{"actions":["a.b"],"window":"last_7d","filters":[{"field":"attributes.n","op":"in","value":[12345678901234567890,0.1,-3]}]}';
    assert.equal(planText(planOf(draftOf(planIn(text) as object as Record<string, unknown>))), text);
  });

  it("offers everything the grammar has, and no more", () => {
    assert.deepEqual([...WINDOWS], [...grammar.WINDOWS]);
    assert.deepEqual([...OPERATORS], [...grammar.OPERATORS]);
    assert.deepEqual([...MEASURES], [...grammar.MEASURES]);
    assert.deepEqual([...MATCHES], [...grammar.MATCHES]);
    assert.deepEqual([...RELATIONSHIPS], grammar.RELATIONSHIP_NAMES);
    assert.deepEqual([...FIELDS].sort(), grammar.FIELD_NAMES.toSorted());
    assert.deepEqual([...RELATION_FIELDS], [...grammar.RELATION_FIELDS]);
  });

  it("offers the fields of its relationships to its other parts", () => {
    const relate = [
      { relationship: "first_after", action: "order.shipped", match: "person", as: "" },
      { relationship: "aggregate_before", action: "page.viewed", match: "person", as: "views" },
    ];
    const fields = fieldsOf({ ...EMPTY_DRAFT, relate });
    assert.ok(fields.includes("first_after_order_shipped.seconds"));
    assert.ok(!fields.includes("first_after_order_shipped.count"));
    assert.ok(fields.includes("views.count"));
    assert.ok(!fields.includes("views.seconds"));
  });

  it("says of a plan from elsewhere what it cannot show, and nothing of one it can", () => {
    const plan = {
      actions: ["order.placed"],
      window: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" },
      filters: [{ field: "attributes.total", op: "between", value: [1, 2.5] }],
      relate: [{ relationship: "first_after", action: "order.shipped", match: "person" }],
      group_by: [],
      measures: ["count", { fn: "sum", field: "revenue_impact" }, { fn: "count" }],
      order_by: ["count desc", { field: "sum", direction: "desc" }],
      limit: 5,
    };
    assert.deepEqual(leftOut(plan), []);
    assert.deepEqual(
      leftOut({
        ...plan,
        window: { from: "2026-01-01T00:00:00Z", days: 3 },
        filters: [{ field: "lane", op: "=", value: { any: 1 } }, { op: "=", value: 1 }, null],
        measures: ["sum of revenue", { fn: "sum", over: "day" }, 7],
        order_by: [null, { column: "count" }],
        relate: [{ relationship: "first_after" }],
        limit: "5",
        having: "count > 3",
      }),
      [
        "window.days",
        "filters[0].value",
        "filters[1]",
        "filters[2]",
        "relate",
        "measures[0]",
        "measures[1].over",
        "measures[2]",
        "order_by[0]",
        "order_by[1].column",
        "limit",
        "having",
      ],
    );
  });

  it("leaves out what was left open", () => {
    assert.deepEqual(planOf(EMPTY_DRAFT), { actions: [], window: "last_7d" });
  });
});
