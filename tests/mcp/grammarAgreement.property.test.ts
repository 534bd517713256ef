import assert from "node:assert/strict";
import fc from "fast-check";
import { checkPlan } from "../../mcp/plan/checkPlan";
import { correctPlan } from "../../mcp/plan/correctPlan";
import {
  FIELD_NAMES,
  MATCHES,
  MEASURES,
  OPERATORS,
  RELATION_FIELDS,
  RELATIONSHIP_NAMES,
  WINDOWS,
} from "../../mcp/plan/grammar";
import { validate } from "../sql/plans";
import { call, TestWarehouse } from "../sql/warehouse";

const DAY = { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00Z" };

/** What stands where it should not. */
const odd = fc.constantFrom<unknown>(
  ...[null, "", "x", "5", "2026-03-01", DAY.from, 1, 1.5, -1, 1e21, 1e-7, true, {}, { a: 1 }],
  ...[[], ["a"], ["a", "b"], [null], ["a", null], [1, 2], [[1], 2], [{}], [DAY.from, DAY.to]],
);
const mostly = (right: fc.Arbitrary<unknown>, wrong: fc.Arbitrary<unknown> = odd) =>
  fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: wrong });
const perhaps = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: undefined });
const object = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc
    .tuple(fc.record(members), mostly(fc.constant({}), fc.constant({ extra: 1 })))
    .map(([a, b]) => ({ ...a, ...(b as object) }));
const list = (item: fc.Arbitrary<unknown>) => perhaps(mostly(fc.array(mostly(item), { maxLength: 2 })));

const action = fc.constantFrom("order.placed", "page.viewed");
const field = mostly(
  fc.constantFrom(...FIELD_NAMES, "attributes.a", "attributes.a.b"),
  fc.constantFrom("attributes", "attributes.a..b", "attributes.a.b.c.d.e.f", "ACTION", "r0.count"),
);
const column = fc.oneof(
  field,
  fc.constantFrom(...RELATION_FIELDS, "x").map((name) => `r0.${name}`),
);
const parts: Record<string, fc.Arbitrary<unknown>> = {
  window: perhaps(
    mostly(
      fc.constantFrom<unknown>(...WINDOWS, DAY),
      fc.constantFrom<unknown>(
        null,
        "LAST_7D",
        {},
        { from: DAY.from },
        { from: DAY.to, to: DAY.from },
        { ...DAY, x: 1 },
      ),
    ),
  ),
  filters: list(
    object({ field, op: mostly(fc.constantFrom(...OPERATORS, "IN", "Is_Null"), odd), value: perhaps(odd) }),
  ),
  group_by: list(column),
  measures: list(
    fc.oneof(
      fc.constantFrom("count", "sum", "COUNT", "count(*)"),
      fc.tuple(fc.constantFrom(...MEASURES), column).map(([fn, of]) => `${fn}(${of})`),
      object({
        fn: fc.constantFrom(...MEASURES),
        field: perhaps(mostly(column)),
        as: perhaps(mostly(fc.constant("m"))),
      }),
    ),
  ),
  order_by: list(
    fc.oneof(
      fc.constantFrom("count", "-count", "actor_id desc", "actor_id Desc", "-m DESC", "attributes.a", "r0.count"),
      object({
        field: fc.constantFrom("count", "actor_id", "-m"),
        direction: perhaps(mostly(fc.constantFrom("asc", "DESC"))),
      }),
    ),
  ),
  limit: perhaps(mostly(fc.integer({ min: 1, max: 1000 }), fc.constantFrom<unknown>(null, 0, 1.5, "5", 1_000_001))),
  relate: list(
    object({
      relationship: fc.constantFrom(...RELATIONSHIP_NAMES),
      action,
      match: perhaps(mostly(fc.constantFrom(...MATCHES))),
      as: perhaps(mostly(fc.constantFrom("r0", "r1"))),
    }),
  ),
};

/** A plan in which one part is of any kind, and another may be. */
const plan = fc
  .tuple(
    mostly(fc.array(mostly(action), { minLength: 1, maxLength: 2 })),
    fc.uniqueArray(fc.constantFrom(...Object.keys(parts)), { minLength: 1, maxLength: 2 }),
  )
  .chain(([actions, names]) =>
    object(Object.fromEntries([["actions", fc.constant(actions)], ...names.map((name) => [name, parts[name]])])),
  )
  // As it travels: what is undefined is not there.
  .map((value) => JSON.parse(JSON.stringify(value)));

describe("The grammar of plans, here and in the warehouse", () => {
  let warehouse: TestWarehouse;
  before(async () => {
    warehouse = await TestWarehouse.start();
    await call(warehouse.deployer, "GRANT_USER_PERMISSION('ADMIN', '*')");
  });
  after(() => warehouse?.close());

  const agree = async (value: unknown) => {
    const here = checkPlan(value);
    const there = await validate(warehouse.deployer, value);
    const told = JSON.stringify({ here: here.map(({ path, message }) => `${path}: ${message}`), there: there.errors });
    assert.equal(here.length === 0, there.valid, told);
    const corrected = there.valid ? undefined : correctPlan(value);
    if (corrected) assert.deepEqual((await validate(warehouse.deployer, corrected.plan)).errors, [], told);
    return there.valid;
  };

  it("agree on every plan, and on each that is offered instead of a wrong one", () =>
    fc.assert(
      fc.asyncProperty(plan, async (value) => void (await agree(value))),
      { numRuns: 80 },
    ));

  it("agree that null is as good as leaving out, and no value to compare with", async () => {
    const base = { actions: ["order.placed"] };
    const filter = (op: string, value?: unknown) => ({ ...base, filters: [{ field: "actor_id", op, value }] });
    const relation = { relationship: "first_ever", action: "order.placed", match: null, as: null };
    const none = { window: null, filters: null, group_by: null, measures: null, order_by: null, limit: null };
    for (const right of [
      { ...base, ...none, relate: null },
      filter("is_null", null),
      filter("is_not_null", null),
      { ...base, measures: [{ fn: "count", field: null, as: null }], order_by: [{ field: "count", direction: null }] },
      { ...base, relate: [relation] },
    ])
      assert.equal(await agree(right), true, JSON.stringify(right));
    for (const wrong of [
      { actions: null },
      { actions: ["order.placed", null] },
      ...OPERATORS.filter((op) => !op.startsWith("is_")).map((op) => filter(op, null)),
      filter("in", ["a", null]),
      filter("between", [null, "a"]),
      filter("is_null", []),
      { ...base, filters: [{ field: null, op: "is_null" }] },
      { ...base, filters: [{ field: "actor_id", op: null }] },
      { ...base, group_by: [null] },
      { ...base, measures: [{ fn: "sum", field: null }] },
      { ...base, window: { from: null, to: DAY.to } },
      { ...base, relate: [{ ...relation, relationship: null }] },
    ])
      assert.equal(await agree(wrong), false, JSON.stringify(wrong));
  });

  it("agree that what nobody reads is wrong", async () => {
    const base = { actions: ["order.placed"] };
    for (const wrong of [
      { ...base, having: [] },
      { ...base, window: { ...DAY, zone: "UTC" } },
      { ...base, filters: [{ field: "actor_id", op: "=", value: "a", not: true }] },
      { ...base, measures: [{ fn: "count", filter: "x" }] },
      { ...base, measures: [{ fn: "sum", field: 5 }] },
      { ...base, measures: [{ fn: "count", as: 5 }] },
      { ...base, order_by: [{ field: "actor_id", nulls: "last" }] },
      { ...base, order_by: [{ field: "actor_id", direction: 5 }] },
      { ...base, relate: [{ relationship: "first_ever", action: "order.placed", within: "1d" }] },
      { ...base, relate: [{ relationship: "first_ever", action: "order.placed", as: 5 }] },
    ])
      assert.equal(await agree(wrong), false, JSON.stringify(wrong));
  });
});
