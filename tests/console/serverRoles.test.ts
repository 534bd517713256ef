import assert from "node:assert/strict";
import type { ConnectionOptions } from "snowflake-sdk";
import type { EventDetail, EventPage, ReceivedEvents } from "../../console/api/events";
import type { OrphanedEvent } from "../../console/api/health";
import type { Permissions } from "../../console/api/permissions";
import type { PlanAnswer } from "../../console/api/plans";
import type { SessionInfo } from "../../console/api/session";
import { consoleConnection } from "../../console/server/warehouse/consoleRole";
import { WarehouseConnection } from "../../console/server/warehouse/warehouseConnection";
import { ADMIN_PASSWORD } from "../local/support";
import { call, PASSWORD } from "../sql/warehouse";
import { asker, sampleEvents, TestConsole } from "./support";

describe("what the console's server shows, and to whom", () => {
  let tested: TestConsole;
  before(async () => {
    tested = await TestConsole.start();
    await tested.warehouse.ingest(sampleEvents(20));
  });
  after(() => tested?.close());

  const { ask, post, failure } = asker(() => tested.url);

  it("refuses what its role may not read, by the warehouse's own decision", async () => {
    const { url } = await tested.startAnother("user");
    const [status, { kind, message }] = await failure(await ask("/api/events", {}, url));
    assert.equal(status, 403);
    assert.equal(kind, "no-permission");
    assert.match(message, /does not exist or not authorized/);
    const grant = { kind: "grant", subjectType: "USER", subject: "ASKER", pattern: "*" };
    assert.deepEqual(await failure(await post("/api/permissions", grant, { Origin: url }, url)), [
      403,
      { kind: "no-permission", message: "Only MCP_ADMIN_ROLE changes permissions." },
    ]);
  });

  it("reads everything and changes nothing as the role that only watches, by the warehouse's own decision", async () => {
    const { url } = await tested.startAnother("monitor");
    for (const path of [
      "activity",
      "health",
      "refreshes",
      "alerts",
      "orphans",
      "hours",
      "dead-letters",
      "actions",
      "law",
      "costs",
    ])
      assert.equal((await ask(`/api/${path}`, {}, url)).status, 200, path);
    assert.equal(((await (await ask("/api/permissions", {}, url)).json()) as Permissions).scope, "all");
    const { events } = (await (await ask("/api/events?limit=1", {}, url)).json()) as EventPage;
    assert.deepEqual((await failure(await ask(`/api/events/${events[0]?.id}/received`, {}, url)))[0], 403);
    const credentials = { username: "WATCHER", password: PASSWORD } as ConnectionOptions;
    const connection = new WarehouseConnection(consoleConnection(tested.outputs, "monitor", credentials));
    const { grantUserPermission, setConfig } = tested.outputs.procedures;
    for (const call of [`CALL ${grantUserPermission}('WATCHER', '*')`, `CALL ${setConfig}('a.b', TO_VARIANT(1))`])
      await assert.rejects(connection.query(call), { kind: "no-permission" }, call);
    await connection.close();
    const grant = { kind: "grant", subjectType: "USER", subject: "ASKER", pattern: "*" };
    assert.deepEqual(await failure(await post("/api/permissions", grant, { Origin: url }, url)), [
      403,
      { kind: "no-permission", message: "Only MCP_ADMIN_ROLE changes permissions." },
    ]);
  });

  it("reaches neither table, even as a user whose other roles would", async () => {
    const credentials = { username: "ADMIN", password: ADMIN_PASSWORD } as ConnectionOptions;
    const connection = new WarehouseConnection(consoleConnection(tested.outputs, "admin", credentials));
    try {
      for (const table of Object.values(tested.outputs.tables))
        await assert.rejects(connection.query(`SELECT * FROM ${table}`), { kind: "no-permission" }, table);
      assert.equal((await connection.query(`SELECT * FROM ${tested.outputs.views.readyEvents} LIMIT 1`)).length, 1);
    } finally {
      await connection.close();
    }
  });

  it("keeps the digits of an event, of a plan and of its answer", async () => {
    const origin = { Origin: tested.url };
    await post("/api/permissions", { kind: "grant", subjectType: "USER", subject: "VIEWER", pattern: "*" }, origin);
    const digits = "12345678901234567890";
    const event = `{"action": "digits.kept", "occurred_at": "${new Date().toISOString()}", "attributes": {"n": ${digits}}, "revenue_impact": 1.50}`;
    await call(tested.warehouse.deployer, "INGEST_EVENTS(PARSE_JSON(?), ?)", [`[${event}]`, "DIRECT"]);
    await tested.warehouse.refresh();
    const { detail } = await detailOf("digits.kept");
    assert.match(detail.payload, new RegExp(`"n": ${digits}\\n`));
    assert.match(detail.payload, /"revenue_impact": 1\.5\n/);
    assert.equal(detail.idMatches, true);
    const plan = `{"actions": ["digits.kept"], "filters": [{"field": "attributes.n", "op": "=", "value": ${digits}}]}`;
    const answer = (await (await post("/api/plans/run", { plan }, origin)).json()) as PlanAnswer;
    assert.deepEqual(
      answer.rows.map(({ attributes }) => attributes),
      [{ n: digits }],
    );
    assert.deepEqual(answer.statement, {
      sqlText: "CALL CLAUDE_BI.MCP.EXECUTE_QUERY_PLAN(PARSE_JSON(?))",
      binds: [plan],
    });
  });

  const detailOf = async (action: string, url = tested.url) => {
    const { events } = (await (await ask(`/api/events?action=${action}`)).json()) as EventPage;
    const id = events[0]?.id;
    return { id, detail: (await (await ask(`/api/events/${id}`, {}, url)).json()) as EventDetail };
  };

  it("shows administrators what came in for an event, and nobody else", async () => {
    const event = {
      action: "raw.sent",
      occurred_at: "2026-03-01T10:00:00.0004+01:00",
      _recv_at: new Date().toISOString(),
    };
    await tested.warehouse.ingest([
      { ...event, attributes: { n: 2 }, unread: "😀" },
      { ...event, attributes: { n: 1 } },
    ]);
    const { id, detail } = await detailOf("raw.sent");
    assert.equal(detail.copies, 2);
    assert.doesNotMatch(detail.payload, /unread/);
    const { total, first } = (await (await ask(`/api/events/${id}/received`)).json()) as ReceivedEvents;
    assert.equal(total, 2);
    assert.deepEqual(
      first.map(({ outcome, reason, isPayloadCut, payload }) => [outcome, reason, isPayloadCut, JSON.parse(payload)]),
      [
        ["EVENT", null, false, { ...event, attributes: { n: 1 } }],
        ["EVENT", null, false, { ...event, attributes: { n: 2 }, unread: "😀" }],
      ],
    );
    const { url } = await tested.startAnother("user");
    const session = (await (await ask("/api/session", {}, url)).json()) as SessionInfo;
    assert.equal(session.canSeeReceived, false);
    const [status, { kind }] = await failure(await ask(`/api/events/${id}/received`, {}, url));
    assert.deepEqual([status, kind], [403, "no-permission"]);
  });

  it("shows an event that waits for another as whole as any", async () => {
    const waiting = {
      action: "waiting.sent",
      occurred_at: new Date().toISOString(),
      depends_on_event_id: "f".repeat(64),
    };
    await tested.warehouse.ingest([
      { ...waiting, actor_id: "a".repeat(500), attributes: { n: 1 }, revenue_impact: 2.5 },
    ]);
    const orphans = (await (await ask("/api/orphans")).json()) as OrphanedEvent[];
    const { id } = orphans.find(({ action }) => action === "waiting.sent") as OrphanedEvent;
    const detail = (await (await ask(`/api/events/${id}`)).json()) as EventDetail;
    assert.deepEqual(
      [detail.actor, detail.idMatches, detail.revenueImpact, detail.lane, detail.prerequisite],
      ["a".repeat(500), true, "2.5", "DIRECT", null],
    );
    assert.equal(JSON.parse(detail.payload).attributes.n, 1);
    assert.equal(((await (await ask(`/api/events/${id}/received`)).json()) as ReceivedEvents).total, 1);
  });
});
