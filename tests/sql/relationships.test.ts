import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { execute, MARCH } from "./plans";
import { call, TestWarehouse } from "./warehouse";

/** One event at a minute of 10 o'clock; `id` names it in the expectations below. */
const page = (id: string, at: string, actor: object, revenue?: number) => ({
  action: "page.viewed",
  occurred_at: `2026-03-01T${at}:00Z`,
  object: { type: "page", id },
  ...actor,
  ...(revenue === undefined ? {} : { revenue_impact: revenue }),
});
const order = (id: string, at: string, actor: object) => ({
  action: "order.placed",
  occurred_at: `2026-03-01T${at}:00Z`,
  object: { type: "order", id },
  ...actor,
});
const ANN = { actor_id: "ann" };
const ANON = { anonymous_actor_id: "anon-1" };
const CID = { actor_id: "cid" };

const EVENTS = [
  page("p1", "10:00", ANN, 1.5),
  order("o1", "10:05", ANN),
  // Two at one instant: the smaller event id comes first.
  page("p2", "10:06", ANN),
  page("p3", "10:06", ANN),
  page("p4", "10:07", ANN, 2.25),
  order("o2", "10:10", ANN),
  // At the very instant of o2: neither before nor after it, and outside of what lies between o1 and o2.
  page("p5", "10:10", ANN),
  page("p6", "10:20", ANN),
  order("o3", "10:30", ANN),
  // Somebody without a page.
  order("o4", "11:00", ANON),
  // The same instant and nothing else.
  page("p7", "12:00", CID),
  order("o5", "12:00", CID),
  // Belongs to nobody, so to no one else's cohort.
  page("p8", "12:59", {}),
  order("o6", "13:00", {}),
];

const RELATIONSHIPS = [
  "first_ever",
  "last_ever",
  "first_before",
  "last_before",
  "first_after",
  "last_after",
  "first_in_between",
  "last_in_between",
] as const;

/** By hand from the rules: strict in time, in-between excludes both ends, ties by event id. `first` and `last` of p2 and p3 are put in by the test. */
const EXPECTED: Record<string, (string | null)[]> = {
  //   first_ever last_ever first_before last_before first_after last_after first_between last_between
  o1: ["p1", "p6", "p1", "p1", "first", "p6", "first", "p4"],
  o2: ["p1", "p6", "p1", "p4", "p6", "p6", "p6", "p6"],
  o3: ["p1", "p6", "p1", "p6", null, null, null, null],
  o4: [null, null, null, null, null, null, null, null],
  o5: ["p7", "p7", null, null, null, null, null, null],
  o6: [null, null, null, null, null, null, null, null],
};

interface Aggregate {
  count: number;
  first_at?: string;
  last_at?: string;
  revenue_impact?: number;
}

const at = (time: string) => `2026-03-01T${time}:00.000Z`;
const NONE: Aggregate = { count: 0 };
const AGGREGATES: Record<string, { before: Aggregate; between: Aggregate }> = {
  o1: {
    before: { count: 1, first_at: at("10:00"), last_at: at("10:00"), revenue_impact: 1.5 },
    between: { count: 3, first_at: at("10:06"), last_at: at("10:07"), revenue_impact: 2.25 },
  },
  o2: {
    before: { count: 4, first_at: at("10:00"), last_at: at("10:07"), revenue_impact: 3.75 },
    between: { count: 1, first_at: at("10:20"), last_at: at("10:20") },
  },
  o3: { before: { count: 6, first_at: at("10:00"), last_at: at("10:20"), revenue_impact: 3.75 }, between: NONE },
  o4: { before: NONE, between: NONE },
  o5: { before: NONE, between: NONE },
  o6: { before: NONE, between: NONE },
};

describe("The ten relationships of Activity Schema", () => {
  let warehouse: TestWarehouse;
  let user: Connection;
  /** Object id of an event by its event id. */
  const names = new Map<string, string>();
  let firstOfTie = "";
  before(async () => {
    warehouse = await TestWarehouse.start();
    await call(await warehouse.person("BOSS", "admin"), "GRANT_USER_PERMISSION('ANN', '*')");
    user = await warehouse.person("ANN", "user");
    await warehouse.ingest(EVENTS);
    const rows = await warehouse.query("SELECT EVENT_ID, OBJECT_ID FROM CLAUDE_BI.ACTIVITY.EVENTS ORDER BY EVENT_ID");
    for (const { EVENT_ID, OBJECT_ID } of rows) names.set(String(EVENT_ID), String(OBJECT_ID));
    firstOfTie = [...names.values()].find((name) => name === "p2" || name === "p3") ?? "";
  });
  after(() => warehouse?.close());

  const related = async (relationships: readonly string[], action = "page.viewed") => {
    const relate = relationships.map((relationship) => ({ relationship, action, as: relationship }));
    const answer = await execute(user, { actions: ["order.placed"], window: MARCH, relate, order_by: ["object_id"] });
    assert.equal(answer.status, "executed", JSON.stringify(answer.errors));
    return answer.rows as { object_id: string; relate: Record<string, { event_id?: string } & Aggregate> }[];
  };

  it("appends first and last, ever, before, after and in between, by hand-computed values", async () => {
    const found: Record<string, (string | null)[]> = {};
    for (const part of [RELATIONSHIPS.slice(0, 4), RELATIONSHIPS.slice(4)]) {
      for (const { object_id, relate } of await related(part)) {
        const ids = part.map((relationship) => relate[relationship]?.event_id);
        found[object_id] = [...(found[object_id] ?? []), ...ids.map((id) => (id ? (names.get(id) ?? id) : null))];
      }
    }
    const expected = Object.fromEntries(
      Object.entries(EXPECTED).map(([name, values]) => [
        name,
        values.map((value) => (value === "first" ? firstOfTie : value)),
      ]),
    );
    assert.deepEqual(found, expected);
  });

  it("appends aggregates before and in between; nobody's count is 0 and never NULL", async () => {
    const rows = await related(["aggregate_before", "aggregate_in_between"]);
    const found = Object.fromEntries(
      rows.map(({ object_id, relate }) => [
        object_id,
        { before: relate.aggregate_before, between: relate.aggregate_in_between },
      ]),
    );
    assert.deepEqual(found, AGGREGATES);
  });

  it("never changes the number of rows of the cohort and never joins a row with itself", async () => {
    const rows = await related(["first_ever", "last_before", "first_after"], "order.placed");
    const name = (id?: string) => (id ? names.get(id) : null);
    assert.deepEqual(
      rows.map(({ object_id, relate }) => [
        object_id,
        name(relate.first_ever?.event_id),
        name(relate.last_before?.event_id),
        name(relate.first_after?.event_id),
      ]),
      [
        ["o1", "o2", null, "o2"],
        ["o2", "o1", "o1", "o3"],
        ["o3", "o1", "o2", null],
        ["o4", null, null, null],
        ["o5", null, null, null],
        ["o6", null, null, null],
      ],
    );
  });

  it("may be grouped by and measured", async () => {
    const answer = await execute(user, {
      actions: ["order.placed"],
      window: MARCH,
      relate: [{ relationship: "aggregate_before", action: "page.viewed", as: "pages" }],
      group_by: ["actor_id"],
      measures: ["count", "sum(pages.count)", "max(pages.revenue_impact)"],
      order_by: ["actor_id"],
    });
    assert.deepEqual(answer.rows, [
      { actor_id: "ann", count: 3, "sum(pages.count)": 11, "max(pages.revenue_impact)": 3.75 },
      { actor_id: "cid", count: 1, "sum(pages.count)": 0, "max(pages.revenue_impact)": null },
      { actor_id: null, count: 2, "sum(pages.count)": 0, "max(pages.revenue_impact)": null },
    ]);
  });
});
