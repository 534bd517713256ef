import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { readSettings, Service, serveOverHttp } from "../../mcp/index";
import { ask, McpWorld, refused } from "./support";

const ORDER = "warehouse://actions/order.placed";

/** Notifications as they come; looked at until what is expected is there. */
class Heard {
  readonly updated: string[] = [];
  lists = 0;
  readonly log: { level: string; data: unknown }[] = [];

  constructor(client: Client) {
    client.setNotificationHandler(
      "notifications/resources/updated",
      ({ params }) => void this.updated.push(params.uri),
    );
    client.setNotificationHandler("notifications/resources/list_changed", () => void this.lists++);
    client.setNotificationHandler("notifications/message", ({ params: { level, data } }) => {
      this.log.push({ level, data });
    });
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("What the MCP server tells by itself", () => {
  let world: McpWorld;

  before(async () => {
    world = await McpWorld.start();
    await world.person("NINA", "*");
    await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
  });

  after(() => world?.close());

  it("is news of a resource that was subscribed to, and of actions that came, once it has read the catalogue", async () => {
    const client = await world.connect("NINA");
    const heard = new Heard(client);
    assert.deepEqual(client.getServerCapabilities()?.resources, { subscribe: true, listChanged: true });
    await ask(client, "list-actions");
    await client.subscribeResource({ uri: ORDER });
    await ask(client, "list-actions");
    assert.deepEqual([heard.updated, heard.lists], [[], 0]);
    await world.warehouse.ingest([
      { action: "order.placed", actor_id: "u2" },
      { action: "page.viewed", actor_id: "u2" },
    ]);
    await ask(client, "describe-action", { action: "order.placed" });
    await heard.until(() => heard.lists === 1 && heard.updated.length === 1);
    assert.deepEqual(heard.updated, [ORDER]);
    await client.unsubscribeResource({ uri: ORDER });
    await world.warehouse.ingest([
      { action: "order.placed", actor_id: "u3" },
      { action: "cart.filled", actor_id: "u3" },
    ]);
    await ask(client, "list-actions");
    await heard.until(() => heard.lists === 2);
    assert.deepEqual(heard.updated, [ORDER]);
  });

  it("comes to clients of 2026-07-28 that listen, over HTTP", async () => {
    const service = new Service(world.asPerson("NINA"), readSettings({ MCP_CALLS_PER_MINUTE: "1000" }));
    const server = await serveOverHttp(service, { port: 0 });
    const client = new Client(
      { name: "Listener", version: "1" },
      { versionNegotiation: { mode: { pin: "2026-07-28" } } },
    );
    try {
      const heard = new Heard(client);
      await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
      await ask(client, "list-actions");
      const listening = await client.listen({ resourceSubscriptions: [ORDER], resourcesListChanged: true });
      await world.warehouse.ingest([
        { action: "order.placed", actor_id: "u4" },
        { action: "order.shipped", actor_id: "u4" },
      ]);
      await ask(client, "list-actions");
      await heard.until(() => heard.lists === 1 && heard.updated.length === 1);
      assert.deepEqual(heard.updated, [ORDER]);
      await listening.close();
    } finally {
      await client.close();
      await server.close();
      await service.close();
    }
  });

  it("comes again to a client whose stream broke off, once it has asked for another, in the same session", async () => {
    const service = new Service(world.asPerson("NINA"), readSettings({ MCP_CALLS_PER_MINUTE: "1000" }));
    const server = await serveOverHttp(service, { port: 0 });
    const broken: (() => void)[] = [];
    let streams = 0;
    const listening: typeof fetch = async (url, init) => {
      if (init?.method !== "GET") return fetch(url, init);
      const stop = new AbortController();
      const response = await fetch(url, { ...init, signal: stop.signal });
      assert.equal(response.status, 200, "every stream is given, though the one before was never ended");
      streams++;
      broken.push(() => stop.abort(new Error("the network is gone")));
      return response;
    };
    const client = new Client({ name: "Listener", version: "1" });
    try {
      const heard = new Heard(client);
      const reconnectionOptions = {
        initialReconnectionDelay: 10,
        maxReconnectionDelay: 10,
        reconnectionDelayGrowFactor: 1,
        maxRetries: 50,
      };
      const transport = new StreamableHTTPClientTransport(new URL(server.url), {
        fetch: listening,
        reconnectionOptions,
      });
      await client.connect(transport);
      await client.subscribeResource({ uri: ORDER });
      await ask(client, "list-actions");
      for (let times = 1; times <= 3; times++) {
        while (streams < times) await new Promise((resolve) => setTimeout(resolve, 5));
        await world.warehouse.ingest([{ action: "order.placed", actor_id: `again${times}` }]);
        await ask(client, "list-actions");
        await heard.until(() => heard.updated.length === times);
        broken.pop()?.();
      }
      assert.deepEqual(heard.updated, [ORDER, ORDER, ORDER]);
      while (streams < 4) await new Promise((resolve) => setTimeout(resolve, 5));
      // What broke without a word, as when a machine slept, still stands at the server.
      const again = await fetch(server.url, {
        headers: { accept: "text/event-stream", "mcp-session-id": transport.sessionId as string },
      });
      assert.equal(again.status, 200);
      await again.body?.cancel();
    } finally {
      await client.close();
      await server.close();
      await service.close();
    }
  });

  it("is a note of each call to who asked for them, without arguments", async () => {
    const client = await world.connect("NINA");
    const heard = new Heard(client);
    await ask(client, "my-permissions");
    await client.setLoggingLevel("info");
    await ask(client, "my-permissions");
    await client.setLoggingLevel("debug");
    await refused(client, "run-plan", { plan: { actions: ["Secret Name"] } });
    await heard.until(() => heard.log.length === 1);
    const [{ level, data } = { level: "", data: {} }] = heard.log;
    const { runtime_ms, ...facts } = data as { runtime_ms: number };
    assert.deepEqual([level, facts], ["debug", { tool: "run-plan", outcome: "rejected", error: "invalid_plan" }]);
    assert.equal(typeof runtime_ms, "number");
  });

  it("refuses a level that does not exist and more subscriptions than one connection needs", async () => {
    const client = await world.connect("NINA");
    await assert.rejects(client.setLoggingLevel("loud" as never));
    const subscribe = (n: number) => client.subscribeResource({ uri: `warehouse://actions/a.b${n}` });
    await Promise.all(Array.from({ length: 1000 }, (_, n) => subscribe(n)));
    await assert.rejects(subscribe(1000), /A connection may subscribe to 1000 resources\./);
    await subscribe(999);
  });
});
