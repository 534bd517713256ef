import assert from "node:assert/strict";
import { checkPlan } from "../../mcp/plan/checkPlan";
import {
  FIELD_NAMES,
  MATCHES,
  MEASURES,
  OPERATORS,
  RELATION_FIELDS,
  RELATIONSHIP_NAMES,
  WINDOWS,
} from "../../mcp/plan/grammar";
import { planSchema } from "../../mcp/plan/planSchema";
import { execute, validate } from "../sql/plans";
import { call, TestWarehouse } from "../sql/warehouse";

const problems = (plan: unknown) => checkPlan(plan).map(({ path, found }) => [path, found]);

describe("The grammar of plans in the MCP server", () => {
  it("names each problem with its path and what was found", () => {
    const plan = {
      actions: ["order.placed", "Bad Name"],
      window: "7d",
      filters: [{ field: "price", op: "gt" }, 3],
      limit: 0,
      foo: 1,
    };
    assert.deepEqual(problems(plan), [
      ["foo", "1"],
      ["actions[1]", '"Bad Name"'],
      ["window", '"7d"'],
      ["filters[0].field", '"price"'],
      ["filters[0].op", '"gt"'],
      ["filters[1]", "3"],
      ["limit", "0"],
    ]);
    assert.deepEqual(problems(null), [["", "null"]]);
  });

  describe("and in the warehouse", () => {
    let warehouse: TestWarehouse;

    before(async () => {
      warehouse = await TestWarehouse.start();
      await call(warehouse.deployer, "GRANT_USER_PERMISSION('ADMIN', '*')");
    });

    after(() => warehouse?.close());

    it("is one: its lists are the same", async () => {
      const { errors } = await validate(warehouse.deployer, {
        actions: ["order.placed"],
        filters: [
          { field: "?", op: "=", value: 1 },
          { field: "actor_id", op: "?", value: 1 },
        ],
        measures: ["?"],
        relate: [{ relationship: "?", action: "order.placed" }],
        window: "?",
      });
      const allowed = (path: string) => {
        const message = errors.find((error) => error.path === path)?.message ?? "";
        return (/(?:allowed are|must be one of|must be) (.*)$/.exec(message)?.[1] ?? "").split(", ");
      };
      assert.deepEqual(allowed("filters[0].field"), [...FIELD_NAMES, "attributes.<path>"]);
      assert.deepEqual(allowed("filters[1].op"), OPERATORS);
      assert.deepEqual(
        allowed("measures[0]"),
        MEASURES.map((name) => (name === "count" ? name : `${name}(field)`)),
      );
      assert.deepEqual(allowed("relate[0]"), RELATIONSHIP_NAMES);
      assert.deepEqual(
        allowed("window")
          .slice(0, 4)
          .map((name) => name.replace(/ or .*/, "")),
        WINDOWS,
      );
    });

    it("is one: what is right here is right there, with every field, operator, measure and relationship", async () => {
      const relate = RELATIONSHIP_NAMES.slice(0, 5).map((relationship, index) => ({
        relationship,
        action: "order.placed",
        as: `r${index}`,
        match: MATCHES[index % 2],
      }));
      const value = (op: string) =>
        op === "in" || op === "not_in" ? ["a"] : op === "between" ? ["a", "b"] : op.startsWith("is_") ? undefined : "a";
      const plans = [
        {
          actions: ["order.placed"],
          filters: OPERATORS.map((op) => ({ field: "attributes.a.b", op, value: value(op) })),
          window: "last_90d",
        },
        {
          actions: ["order.placed"],
          relate,
          measures: RELATION_FIELDS.map((field) => `max(r0.${field})`),
          group_by: ["week", "attributes.x", "r1.seconds"],
        },
        {
          actions: ["order.placed"],
          relate: RELATIONSHIP_NAMES.slice(5).map((relationship) => ({ relationship, action: "page.viewed" })),
          measures: MEASURES.map((fn) => ({ fn, field: "attributes.n", as: `m_${fn}` })),
          order_by: ["-m_sum", { field: "m_p90", direction: "desc" }],
          limit: 5,
        },
        {
          actions: ["order.placed"],
          filters: [
            { field: "occurred_at", op: "between", value: ["2026-03-01T00:00:00Z", "2026-03-02T00:00:00+01:00"] },
            { field: "revenue_impact", op: ">=", value: 1.5 },
          ],
          order_by: ["occurred_at"],
        },
      ];
      for (const plan of plans) {
        assert.deepEqual(checkPlan(plan), [], JSON.stringify(plan));
        assert.ok(planSchema.safeParse(JSON.parse(JSON.stringify(plan))).success);
        const answer = await execute(warehouse.deployer, plan);
        assert.deepEqual([answer.status, answer.errors ?? []], ["executed", []], JSON.stringify(plan));
      }
    });
  });
});
