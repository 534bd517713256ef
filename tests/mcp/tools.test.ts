import assert from "node:assert/strict";
import type { Client } from "@modelcontextprotocol/client";
import { call } from "../sql/warehouse";
import { ask, McpWorld, refused } from "./support";

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe("The tools of the MCP server", () => {
  let world: McpWorld;
  let client: Client;

  before(async () => {
    world = await McpWorld.start();
    await world.person("ALICE", "order.*", "page.viewed");
    await world.warehouse.ingest([
      { action: "page.viewed", actor_id: "u1", occurred_at: minutesAgo(50), attributes: { path: "/" } },
      {
        action: "order.placed",
        actor_id: "u1",
        occurred_at: minutesAgo(40),
        object: { type: "order", id: "o1" },
        attributes: { price: 10, account: 7 },
        revenue_impact: 10,
      },
      { action: "page.viewed", actor_id: "u2", occurred_at: minutesAgo(30), attributes: { path: "/cart" } },
      {
        action: "order.placed",
        actor_id: "u2",
        occurred_at: minutesAgo(20),
        object: { type: "order", id: "o2" },
        attributes: { price: 19.99 },
        revenue_impact: 19.99,
      },
      { action: "salary.paid", actor_id: "boss", occurred_at: minutesAgo(10), attributes: { amount: 1 } },
    ]);
    client = await world.connect("ALICE");
  });

  after(() => world?.close());

  it("lists actions with what may be queried", async () => {
    const { actions, total } = await ask(client, "list-actions");
    assert.equal(total, 4);
    assert.deepEqual(
      actions.map((entry: { action: string; queryable: boolean; event_count: number }) => [
        entry.action,
        entry.queryable,
        entry.event_count,
      ]),
      [
        ["order.placed", true, 2],
        ["page.viewed", true, 2],
        ["salary.paid", false, 1],
        ["system.permission.granted", false, 2],
      ],
    );
    const page = await ask(client, "list-actions", { queryable_only: true, limit: 1, offset: 1 });
    assert.deepEqual([page.total, page.actions[0].action, page.next_offset], [2, "page.viewed", undefined]);
  });

  it("tells every time in UTC, whatever the zone of the account: a new one's is Los Angeles", async () => {
    await world.person("ZOE", "page.*");
    await call(
      world.warehouse.deployer,
      "GRANT_USER_PERMISSION(user_name => 'ZOE', action_pattern => 'order.*', expires_at => '2099-03-01T10:00:00Z')",
    );
    const zoe = await world.connect("ZOE");
    const { actions } = await ask(zoe, "list-actions", { prefix: "order." });
    const { rows } = await ask(zoe, "recent-events", { actions: ["order.placed"] });
    assert.deepEqual(
      [actions[0].last_seen_at, actions[0].first_seen_at],
      rows.map((row: { occurred_at: string }) => row.occurred_at),
    );
    const { permissions } = await ask(zoe, "my-permissions");
    assert.deepEqual(
      permissions.map((one: { expires_at: string | null }) => one.expires_at),
      ["2099-03-01T10:00:00.000Z", null],
    );
  });

  it("describes an action with the types of its attributes", async () => {
    const described = await ask(client, "describe-action", { action: "order.placed" });
    assert.deepEqual(described.attributes, [
      { name: "account", types: { INTEGER: 1 } },
      { name: "price", types: { DECIMAL: 1, INTEGER: 1 } },
    ]);
    const error = await refused(client, "describe-action", { action: "order.place" });
    assert.equal(error.problems[0].message, "is not in the catalogue; did you mean order.placed?");
  });

  it("runs a plan and answers rows, as structure and as the same text", async () => {
    const plan = {
      actions: ["order.placed"],
      group_by: ["actor_id"],
      measures: ["count", "sum(revenue_impact)"],
      order_by: ["-count", "actor_id"],
    };
    const result = await client.callTool({ name: "run-plan", arguments: { plan } });
    const answer = result.structuredContent as { rows: unknown[]; row_count: number; truncated: boolean };
    assert.deepEqual(answer.rows, [
      { actor_id: "u1", count: 1, "sum(revenue_impact)": 10 },
      { actor_id: "u2", count: 1, "sum(revenue_impact)": 19.99 },
    ]);
    assert.deepEqual([answer.row_count, answer.truncated], [2, false]);
    assert.deepEqual(JSON.parse((result.content as { text: string }[])[0]?.text ?? ""), answer);
  });

  it("says how many rows there are when it answers fewer", async () => {
    const answer = await ask(client, "run-plan", { plan: { actions: ["order.placed", "page.viewed"], limit: 1 } });
    assert.deepEqual([answer.row_count, answer.returned_count, answer.truncated], [4, 1, true]);
    assert.match(answer.notice, /^1 of 4 rows are here\. Narrow window or filters/);
  });

  it("checks a plan without running it", async () => {
    const right = await ask(client, "validate-plan", { plan: { actions: ["order.placed"], window: "last_24h" } });
    assert.deepEqual([right.valid, right.problems, right.limit], [true, [], 200]);
    const wrong = await ask(client, "validate-plan", {
      plan: { actions: ["order.placed"], window: "24 hours", filters: [{ field: "price", op: "gt", value: 15 }] },
    });
    assert.equal(wrong.valid, false);
    assert.deepEqual(
      wrong.problems.map((problem: { path: string; found: string }) => [problem.path, problem.found]),
      [
        ["window", '"24 hours"'],
        ["filters[0].field", '"price"'],
        ["filters[0].op", '"gt"'],
      ],
    );
    assert.deepEqual(wrong.corrected_plan, {
      actions: ["order.placed"],
      window: "last_24h",
      filters: [{ field: "attributes.price", op: ">", value: 15 }],
    });
    const rows = await ask(client, "run-plan", { plan: wrong.corrected_plan });
    assert.deepEqual(
      rows.rows.map((row: { actor_id: string }) => row.actor_id),
      ["u2"],
    );
  });

  it("says which actions a pattern stands for, as far as one may query them, and offers the plan that names them", async () => {
    const { problems, corrected_plan } = await ask(client, "validate-plan", {
      plan: { actions: ["*.placed", "page.viewed"], measures: ["count"] },
    });
    assert.deepEqual(problems, [
      {
        path: "actions[0]",
        message: "must be an action name: noun.verb_past of a-z, 0-9, _ and dots; it is no pattern",
        found: '"*.placed"',
        allowed: ["order.placed"],
      },
    ]);
    assert.deepEqual(corrected_plan, { actions: ["order.placed", "page.viewed"], measures: ["count"] });
    const error = await refused(client, "run-plan", { plan: { actions: "*", group_by: ["days"] } });
    assert.deepEqual(error.corrected_plan, { actions: ["order.placed", "page.viewed"], group_by: ["day"] });
    const nothing = await refused(client, "run-plan", { plan: { actions: ["salary.*"] } });
    assert.deepEqual(nothing.problems, [
      {
        path: "actions[0]",
        message:
          "must be an action name: noun.verb_past of a-z, 0-9, _ and dots; it is no pattern, and you may query no action that matches",
        found: '"salary.*"',
      },
    ]);
    assert.equal(nothing.corrected_plan, undefined);
  });

  it("tells how fresh the events are", async () => {
    const health = await ask(client, "warehouse-health");
    assert.deepEqual([health.healthy, health.freshness.scheduling_state, health.open_alerts], [true, "RUNNING", []]);
    assert.equal(health.freshness.target_lag_seconds, 60);
    await call(world.warehouse.deployer, "RECORD_ALERT('disk')");
    const { freshness, open_alerts: alerts, summary } = await ask(client, "warehouse-health");
    for (const text of [freshness.last_refresh_at, alerts[0].first_raised_at, alerts[0].last_raised_at])
      assert.ok(Math.abs(Date.parse(text) - Date.now()) < 3_600_000, `${text} is not about now`);
    assert.equal(summary, "1 alert is open.");
  });

  it("tells who asks and what they may query", async () => {
    const mine = await ask(client, "my-permissions");
    assert.deepEqual([mine.user, mine.role], ["ALICE", "MCP_USER_ROLE"]);
    assert.deepEqual(
      mine.permissions.map((one: { pattern: string; effect: string; source: string }) => [
        one.pattern,
        one.effect,
        one.source,
      ]),
      [
        ["order.*", "GRANT", "USER"],
        ["page.viewed", "GRANT", "USER"],
      ],
    );
  });

  it("says of a denied action which permission event would allow it and who can grant it", async () => {
    const error = await refused(client, "run-plan", { plan: { actions: ["order.placed", "salary.paid"] } });
    assert.equal(error.code, "denied");
    assert.deepEqual(error.denials[0].would_allow, [
      {
        event: "system.permission.granted",
        subject: "USER ALICE",
        pattern: "salary.paid",
        statement: "CALL CLAUDE_BI.MCP.GRANT_USER_PERMISSION(user_name => 'ALICE', action_pattern => 'salary.paid')",
      },
    ]);
    assert.equal(error.denials[0].who_can_grant, "Anybody who holds the role MCP_ADMIN_ROLE");
    assert.deepEqual(error.corrected_plan, { actions: ["order.placed"] });
    assert.deepEqual(error.left_out, ["actions[1]"]);
    assert.equal(
      error.next,
      "corrected_plan does without actions[1], so it asks something else; send it only if that is what you want to know, and say what is missing.",
    );
  });

  it("says where an argument belongs that has another name or another place", async () => {
    const outside = await refused(client, "run-plan", { actions: ["order.placed"] });
    assert.deepEqual(outside.problems, [
      { path: "plan", found: "nothing", message: "is missing" },
      {
        path: "actions",
        message: 'is not known here; it belongs inside plan, as in {"plan": {"actions": …}}',
        found: '["order.placed"]',
        allowed: ["plan"],
      },
    ]);
    const misnamed = await refused(client, "recent-events", { action: "order.placed" });
    assert.deepEqual(misnamed.problems, [
      {
        path: "action",
        message: "is not known here; did you mean actions?",
        found: '"order.placed"',
        allowed: ["actions", "actor_id", "object_id", "window", "limit"],
      },
    ]);
    for (const [tool, args, path, meant] of [
      ["lookup-event", { id: "abc" }, "id", "event_id"],
      ["relate-actions", { action: "a.b", relationship: "first_after", to: "c.d" }, "to", "other_action"],
      ["recent-events", { user_id: "u1" }, "user_id", "actor_id"],
      ["describe-action", { name: "order.placed" }, "name", "action"],
    ] as const) {
      const { problems } = await refused(client, tool, args);
      const found = problems.find((one: { path: string }) => one.path === path);
      assert.equal(found?.message, `is not known here; did you mean ${meant}?`);
    }
    const tooMany = await refused(client, "recent-events", { limit: 1_000_000 });
    assert.deepEqual(tooMany.problems, [{ path: "limit", found: "1000000", message: "must be at most 100" }]);
    const malformed = await refused(client, "describe-action", { action: "Order Placed" });
    assert.deepEqual(malformed.problems, [
      {
        path: "action",
        found: '"Order Placed"',
        message: "must be an action name: noun.verb_past of a-z, 0-9, _ and dots",
      },
    ]);
  });

  it("says of relating what is refused in places of its arguments", async () => {
    const error = await refused(client, "relate-actions", {
      action: "order.placed",
      relationship: "last_before",
      other_action: "salary.paid",
    });
    assert.deepEqual(
      [error.code, error.problems[0].path, error.problems[0].found],
      ["denied", "other_action", '"salary.paid"'],
    );
  });

  it("says why nothing may match where an attribute is compared with a number in quotes", async () => {
    const filters = [{ field: "attributes.price", op: "=", value: "10" }];
    const notice =
      'No event matches. attributes.price is compared with text, "10"; where it holds numbers, write the number without quotes.';
    const plan = { actions: ["order.placed"], filters };
    const listed = await ask(client, "run-plan", { plan });
    assert.deepEqual([listed.rows, listed.row_count, listed.notice], [[], 0, notice]);
    const counted = await ask(client, "run-plan", { plan: { ...plan, measures: ["count"] } });
    assert.deepEqual([counted.rows, counted.row_count, counted.notice], [[{ count: 0 }], 1, notice]);
  });
});
