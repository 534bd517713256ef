import assert from "node:assert/strict";
import { readSettings, Service } from "../../mcp/index";
import { answersTo, call } from "./rawLines";
import { type Answer, McpWorld } from "./support";

describe("Arguments of the MCP server's tools", () => {
  let world: McpWorld;
  let service: Service;

  before(async () => {
    world = await McpWorld.start();
    await world.person("ALICE", "order.*");
    await world.warehouse.ingest([
      { action: "order.placed", actor_id: "u1" },
      { action: "order.placed", actor_id: "u2" },
    ]);
    service = new Service(world.asPerson("ALICE"), readSettings(world.environment("ALICE")));
  });

  after(async () => {
    await service?.close();
    await world?.close();
  });

  const answers = (count: number, ...written: (string | Buffer | object)[]) => answersTo(service, count, ...written);
  const structured = async (name: string, args: unknown, more: object = {}) => {
    const got = await answers(1, call(1, name, args, more));
    const { result, error } = got[0];
    assert.ok(!error && !result.isError, JSON.stringify(got[0]).slice(0, 600));
    return result.structuredContent;
  };

  it("are JSON text, null, an empty list or nothing mean the object", async () => {
    assert.equal((await structured("list-actions", '{"limit":1}')).actions.length, 1);
    for (const none of [null, undefined, "", []])
      assert.equal((await structured("list-actions", none, { _meta: null })).actions[0].action, "order.placed");
  });

  it("are texts where numbers, lists and objects stand mean those", async () => {
    const { actions, total } = await structured("list-actions", { limit: "1", offset: "0", queryable_only: "true" });
    assert.deepEqual([actions.length, total], [1, 1]);
    const plan = { actions: '["order.placed"]', group_by: '["actor_id"]', order_by: ["actor_id"], limit: "1" };
    for (const given of [plan, JSON.stringify(plan)])
      assert.deepEqual((await structured("run-plan", { plan: given })).rows, [{ actor_id: "u1", count: 1 }]);
    const sent = { action: "order.paid", attributes: '{"note":"5"}', revenue_impact: "12.50", object: null };
    const { event_id } = await structured("record-event", sent);
    await world.warehouse.refresh();
    const { event } = await structured("lookup-event", { event_id, action: null });
    assert.deepEqual([event.attributes, event.revenue_impact], [{ note: "5" }, 12.5]);
  });

  it("are null where something may be left out leave it out, at every depth", async () => {
    const plan = {
      actions: ["order.placed"],
      filters: [{ field: "actor_id", op: "is_not_null", value: null }],
      group_by: ["actor_id"],
      measures: [{ fn: "count", field: null, as: null }],
      order_by: [{ field: "actor_id", direction: null }],
      relate: null,
      window: null,
      limit: null,
    };
    assert.equal((await structured("run-plan", { plan })).row_count, 2);
  });

  it("are texts that say something else, or more digits than a number holds, are refused as they stand", async () => {
    const problemsOf = async (name: string, args: unknown) => {
      const [{ result }] = await answers(1, call(1, name, args));
      const { error } = JSON.parse(result.content[0].text);
      return error.problems.map(({ path, found, message }: Answer) => [path, found ?? message]);
    };
    assert.deepEqual(await problemsOf("list-actions", { limit: "many", queryable_only: "1", offset: "1.5" }), [
      ["queryable_only", '"1"'],
      ["offset", '"1.5"'],
      ["limit", '"many"'],
    ]);
    assert.deepEqual(await problemsOf("list-actions", { offset: "0.12345678901234567", limit: "1e400" }), [
      ["offset", '"0.12345678901234567"'],
      ["limit", '"1e400"'],
    ]);
    const filters = [{ field: "actor_id", op: "=", value: null }];
    assert.deepEqual(await problemsOf("run-plan", { plan: { actions: ["order.placed"], filters } }), [
      ["filters[0].value", "null"],
    ]);
  });
});
