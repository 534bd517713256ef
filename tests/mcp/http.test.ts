import assert from "node:assert/strict";
import { Client, type ClientOptions, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { type HttpServer, readSettings, Service, serveOverHttp } from "../../mcp/index";
import { post, send } from "./rawHttp";
import { type Answer, ask, McpWorld, refused } from "./support";

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
};

describe("The MCP server over HTTP", () => {
  let world: McpWorld;
  const open: { close(): Promise<void> }[] = [];

  before(async () => {
    world = await McpWorld.start();
    await world.person("ERIN", "*");
    await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
  });

  after(async () => {
    for (const one of open.reverse()) await one.close();
    await world?.close();
  });

  async function serve(environment: Record<string, string> = {}, host = "127.0.0.1"): Promise<HttpServer> {
    const service = new Service(world.asPerson("ERIN"), readSettings({ MCP_CALLS_PER_MINUTE: "1000", ...environment }));
    open.push(service);
    const server = await serveOverHttp(service, { port: 0, host });
    open.push(server);
    return server;
  }

  async function connect(
    { url }: HttpServer,
    options: ClientOptions = {},
    headers: Record<string, string> = {},
  ): Promise<Client> {
    const client = new Client({ name: "HTTP Client", version: "1" }, options);
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    open.push(client);
    return client;
  }

  it("answers clients of either protocol version from one person", async () => {
    const server = await serve();
    for (const mode of ["legacy", { pin: "2026-07-28" }] as const) {
      const client = await connect(server, { versionNegotiation: { mode } });
      assert.equal(client.getNegotiatedProtocolVersion(), mode === "legacy" ? "2025-11-25" : "2026-07-28");
      const { tools } = await client.listTools();
      assert.equal(tools.length, 11);
      assert.equal((await ask(client, "my-permissions")).user, "ERIN");
    }
  });

  it("keeps a connection for longer than a load balancer does, which would reuse it while it is closed", async () => {
    const { headers } = await fetch((await serve()).url);
    assert.equal(headers.get("keep-alive"), "timeout=65");
  });

  it("asks the person before an event is recorded, in either protocol version", async () => {
    const server = await serve();
    for (const mode of ["legacy", { pin: "2026-07-28" }] as const) {
      const client = await connect(server, { capabilities: { elicitation: {} }, versionNegotiation: { mode } });
      let agrees = true;
      client.setRequestHandler("elicitation/create", async () =>
        agrees ? { action: "accept", content: { record: true } } : { action: "cancel" },
      );
      const recorded = await ask(client, "record-event", { action: "note.taken" });
      assert.deepEqual([recorded.status, recorded.confirmed], ["accepted", true]);
      agrees = false;
      assert.equal((await refused(client, "record-event", { action: "note.taken" })).code, "cancelled");
    }
  });

  it("records once what was agreed to once, and nothing by an answer that was sent again, forged, or given to another question", async () => {
    const server = await serve();
    const sent: { headers: Record<string, string>; message: Answer }[] = [];
    const client = new Client(
      { name: "HTTP Client", version: "1" },
      { capabilities: { elicitation: {} }, versionNegotiation: { mode: { pin: "2026-07-28" } } },
    );
    const listening: typeof fetch = (url, init) => {
      if (init?.method === "POST")
        sent.push({
          headers: Object.fromEntries(new Headers(init.headers)),
          message: JSON.parse(String(init.body)),
        });
      return fetch(url, init);
    };
    await client.connect(new StreamableHTTPClientTransport(new URL(server.url), { fetch: listening }));
    open.push(client);
    client.setRequestHandler("elicitation/create", async () => ({ action: "accept", content: { record: true } }));
    const { event_id } = await ask(client, "record-event", { action: "note.kept", object: { id: "n1" } });
    const { headers, message } = sent.at(-1) as (typeof sent)[number];
    const { requestState } = message.params;
    assert.equal(typeof requestState, "string");
    const again = async (change: object) => {
      const { body } = await post(server.url, { ...message, params: { ...message.params, ...change } }, headers);
      const { result, error } = typeof body === "string" ? JSON.parse(/^data: (.*)$/m.exec(body)?.[1] ?? "{}") : body;
      return result?.structuredContent?.event_id ?? result?.resultType ?? error?.code;
    };
    assert.equal(await again({}), event_id);
    assert.equal(await again({ requestState: undefined }), "input_required");
    assert.equal(await again({ arguments: { action: "note.kept", object: { id: "n2" } } }), "input_required");
    assert.equal(await again({ requestState: `${requestState.slice(0, -2)}xx` }), -32602);
    await world.warehouse.refresh();
    const plan = { actions: ["note.kept"], measures: ["count"] };
    assert.deepEqual((await ask(client, "run-plan", { plan })).rows, [{ count: 1 }]);
  });

  it("turns away other hosts and origins", async () => {
    const { url } = await serve();
    assert.equal((await post(url, INITIALIZE)).status, 200);
    assert.equal((await post(url, INITIALIZE, { host: "evil.example" })).status, 403);
    assert.equal((await post(url, INITIALIZE, { origin: "https://evil.example" })).status, 403);
    assert.equal((await post(url, INITIALIZE, { origin: "http://localhost:6274" })).status, 200);
  });

  it("demands the token when there is one, and a token where others can reach it", async () => {
    const token = "a-token-for-this-test-only";
    const server = await serve({ MCP_HTTP_TOKEN: token });
    const answer = await post(server.url, INITIALIZE);
    assert.deepEqual([answer.status, answer.headers["www-authenticate"]], [401, "Bearer"]);
    assert.equal((await post(server.url, INITIALIZE, { authorization: "Bearer wrong" })).status, 401);
    const client = await connect(server, {}, { authorization: `Bearer ${token}` });
    assert.equal((await ask(client, "my-permissions")).user, "ERIN");
    await assert.rejects(serve({}, "0.0.0.0"), /^Error: Others can reach 0\.0\.0\.0: set MCP_HTTP_TOKEN to a secret/);
  });

  it("holds so many sessions and no more, and forgets those that were ended", async () => {
    const server = await serve({ MCP_MAX_SESSIONS: "2" });
    const sessions = [await post(server.url, INITIALIZE), await post(server.url, INITIALIZE)];
    const third = await post(server.url, INITIALIZE);
    assert.deepEqual([third.status, third.headers["retry-after"]], [503, "60"]);
    assert.equal(third.body.error.message, "All 2 sessions are taken; end one or wait.");
    const id = String(sessions[0]?.headers["mcp-session-id"]);
    assert.equal((await send(server.url, "DELETE", undefined, { "mcp-session-id": id })).status, 200);
    assert.equal((await post(server.url, INITIALIZE)).status, 200);
    const gone = await post(server.url, { jsonrpc: "2.0", id: 2, method: "tools/list" }, { "mcp-session-id": id });
    assert.deepEqual([gone.status, gone.body.error.message], [404, "No such session; it has ended. Begin anew."]);
    const last = String(sessions[1]?.headers["mcp-session-id"]);
    assert.equal((await send(server.url, "DELETE", undefined, { "mcp-session-id": last })).status, 200);
    // A number that is shown is never taken over, and begins nothing but by the message that begins.
    const anew = await post(server.url, INITIALIZE, { "mcp-session-id": id });
    assert.equal(anew.status, 200);
    assert.notEqual(anew.headers["mcp-session-id"], id);
  });

  it("refuses bodies that are too long or no JSON, and goes on", async () => {
    const { url } = await serve();
    // Who still writes when the answer comes may see the connection end instead of the answer.
    const long = await send(url, "POST", "x".repeat(2_100_000)).catch(({ code }) => ({ status: code }));
    assert.ok([413, "ECONNRESET", "EPIPE"].includes(long.status), String(long.status));
    assert.equal((await send(url, "POST", "{")).status, 400);
    assert.equal((await send(url, "PUT", "{}")).status, 405);
    assert.equal((await post(url, INITIALIZE)).status, 200);
  });
});
