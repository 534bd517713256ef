import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect as connectTcp, type Socket } from "node:net";
import { type HttpServer, readSettings, Service, serveOverHttp } from "../../mcp/index";
import { post, type Reply, send } from "./rawHttp";
import { type Answer, McpWorld } from "./support";

const PROTOCOL = { "mcp-protocol-version": "2025-11-25" };

describe("Attacks on the MCP server's HTTP", () => {
  let world: McpWorld;
  let service: Service;
  let server: HttpServer;

  before(async () => {
    world = await McpWorld.start();
    await world.person("MALLORY", "order.*");
    await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
    service = new Service(
      world.asPerson("MALLORY"),
      readSettings({ MCP_CALLS_PER_MINUTE: "1000", MCP_MAX_SESSIONS: "50" }),
    );
    server = await serveOverHttp(service, { port: 0 });
  });

  after(async () => {
    await server?.close();
    await service?.close();
    await world?.close();
  });

  const initialize = (id: unknown = 1) => ({
    jsonrpc: "2.0",
    id,
    method: "initialize",
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
  });

  const begin = async (): Promise<Record<string, string>> => {
    const { headers } = await post(server.url, initialize());
    return { ...PROTOCOL, "mcp-session-id": String(headers["mcp-session-id"]) };
  };

  /** The message of a reply, as JSON or as the one event of a stream. */
  const messageOf = ({ body, status }: Reply): Answer =>
    typeof body === "string" ? JSON.parse(/^data: (.*)$/m.exec(body)?.[1] ?? `{"status":${status}}`) : body;

  const isAlive = async () => assert.equal((await post(server.url, initialize())).status, 200);

  it("guess no session: numbers are random, and another method or version does not reach one", async () => {
    const own = await begin();
    const id = String(own["mcp-session-id"]);
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
    const guesses = [
      randomUUID(),
      id.slice(0, -1),
      `${id}0`,
      id.toUpperCase() === id ? "x" : id.toUpperCase(),
      "__proto__",
      "constructor",
      "../",
      `${id}, ${id}`,
    ];
    for (const guess of guesses) {
      const headers = { ...PROTOCOL, "mcp-session-id": guess };
      assert.equal((await post(server.url, list, headers)).status, 404, guess);
      assert.equal((await send(server.url, "DELETE", undefined, headers)).status, 404, guess);
      assert.equal((await send(server.url, "GET", undefined, { ...headers, accept: "text/event-stream" })).status, 404);
    }
    const without = await post(server.url, list, PROTOCOL);
    assert.ok(without.status >= 400 && without.status < 500, String(without.status));
    assert.equal((await post(server.url, list, { ...own, "mcp-protocol-version": "1999-01-01" })).status, 400);
    assert.equal((await post(server.url, list, own)).status, 200);
  });

  it("get nothing of another's stream by asking to resume it", async () => {
    const [theirs, own] = [await begin(), await begin()];
    const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "my-permissions", arguments: {} } };
    const seen = await post(server.url, call, theirs);
    const eventId = /^id: (.*)$/m.exec(String(seen.body))?.[1];
    // Streams of this server cannot be resumed at all: nothing is kept of what was said.
    assert.equal(eventId, undefined);
    for (const last of ["1", String(theirs["mcp-session-id"]), `${theirs["mcp-session-id"]}_1`]) {
      const said = await firstBytes(server.url, { ...own, "last-event-id": last });
      assert.doesNotMatch(said, /MALLORY|my-permissions|^data: /m);
    }
  });

  it("are answered by their own kinds of id, and not at all where an id is none", async () => {
    const session = await begin();
    for (const id of [0, -1, 2 ** 53 - 1, "", "a", "\u202e", "x".repeat(10_000)]) {
      const answer = messageOf(await post(server.url, { jsonrpc: "2.0", id, method: "ping" }, session));
      assert.deepEqual([answer.id, answer.result], [id, {}], JSON.stringify(id).slice(0, 50));
    }
    for (const id of [null, true, {}, [], [1], 1.5]) {
      const reply = await post(server.url, { jsonrpc: "2.0", id, method: "ping" }, session);
      assert.ok(reply.status >= 400 || messageOf(reply).error !== undefined, `${JSON.stringify(id)}: ${reply.status}`);
    }
    for (const message of [
      [],
      {},
      "ping",
      7,
      null,
      { jsonrpc: "1.0", id: 1, method: "ping" },
      { jsonrpc: "2.0", id: 1, method: "__proto__" },
      { jsonrpc: "2.0", id: 1, method: "constructor", params: {} },
      { jsonrpc: "2.0", id: 1, method: 5 },
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "__proto__", arguments: {} } },
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "constructor" } },
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: [] },
    ]) {
      const reply = await post(server.url, message, session);
      const refused = reply.status >= 400 || messageOf(reply).error !== undefined || messageOf(reply).result?.isError;
      assert.ok(refused, `${JSON.stringify(message)}: ${reply.status} ${JSON.stringify(reply.body).slice(0, 200)}`);
    }
    await isAlive();
  });

  it("call no more by a batch than one by one", async () => {
    const session = await begin();
    const batch = Array.from({ length: 3 }, (_, id) => ({ jsonrpc: "2.0", id, method: "ping" }));
    const { status, body } = await post(server.url, batch, session);
    // Protocols since 2025-06-18 know no batch.
    assert.ok(status === 400 || String(body).match(/"result":\{\}/g)?.length === 3, `${status} ${body}`);
    const opened = await post(server.url, [initialize(1), initialize(2)]);
    assert.equal(opened.status, 400);
    await isAlive();
  });

  it("read nothing but resources by addresses that climb, hide or lead elsewhere", async () => {
    const session = await begin();
    const read = async (uri: string) =>
      messageOf(await post(server.url, { jsonrpc: "2.0", id: 3, method: "resources/read", params: { uri } }, session));
    for (const uri of [
      "file:///etc/passwd",
      "http://127.0.0.1/",
      "warehouse://../../etc/passwd",
      "warehouse://law/../../../package.json",
      "warehouse://law/..%2f..%2fpackage.json",
      "warehouse://actions/..%2f..%2flaw",
      "warehouse://actions/%2e%2e/law",
      "warehouse://actions/order.placed%00",
      "warehouse://actions/order.placed'%20OR%20'1'='1",
      "warehouse://actions/salary.paid",
      "warehouse://actions/%ff",
      "warehouse://actions/",
      `warehouse://actions/${"a".repeat(100_000)}`,
      "warehouse://__proto__",
      "",
      "not an address",
    ]) {
      const { error, ...rest } = await read(uri);
      assert.ok(error !== undefined, `${uri.slice(0, 80)}: ${JSON.stringify(rest).slice(0, 200)}`);
      assert.doesNotMatch(JSON.stringify(error), /root:|two-table-warehouse\/|node_modules/);
    }
    assert.match(JSON.stringify(await read("warehouse://actions/order.placed")), /order\.placed/);
  });

  it("get in by no name of elsewhere, however it is written", async () => {
    for (const host of [
      "evil.example",
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "evil.example:80",
      "localhost@evil.example",
      "[::ffff:1.2.3.4]",
    ]) {
      const { status } = await post(server.url, initialize(), { host });
      // Where it is no host at all, the request is none.
      assert.ok(status === 403 || status === 400, `${host}: ${status}`);
    }
    for (const origin of [
      "null",
      "https://evil.example",
      "http://localhost.evil.example",
      "http://127.0.0.1.evil.example",
      "file://",
      "javascript:alert(1)",
    ])
      assert.equal((await post(server.url, initialize(), { origin })).status, 403, origin);
  });

  it("get in by no request that two readers would take for two", async () => {
    const { hostname, port, host } = new URL(server.url);
    const body = JSON.stringify(initialize());
    const length = `Content-Length: ${body.length}`;
    const statusOf = (headers: readonly string[], { target = "/mcp", sent = body } = {}) =>
      new Promise<number>((resolve, reject) => {
        const socket = connectTcp(Number(port), hostname, () => {
          const head = [`POST ${target} HTTP/1.1`, "Content-Type: application/json", "Accept: */*", ...headers];
          socket.write(`${head.join("\r\n")}\r\n\r\n${sent}`);
        });
        socket.once("error", reject).once("data", (data) => {
          socket.destroy();
          resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]));
        });
      });
    const here = `Host: ${host}`;
    const refused: [readonly string[], { target?: string; sent?: string }, number][] = [
      [[here, "Host: evil.example", length], {}, 403],
      [["Host: evil.example", here, length], {}, 403],
      [[here, length], { target: "http://evil.example/mcp" }, 403],
      [["Host: evil.example", length], { target: `http://${host}/mcp` }, 403],
      [[length], {}, 400],
      [[here, "Origin: http://localhost", "Origin: https://evil.example", length], {}, 403],
      [[here, "Content-Length: 5", "Transfer-Encoding: chunked"], { sent: "0\r\n\r\n" }, 400],
      [[here, "Content-Length: 5", length], {}, 400],
      [[here, "Transfer-Encoding: xchunked"], { sent: "0\r\n\r\n" }, 400],
      [[here, "X-A: b\r\n Mcp-Session-Id: x", length], {}, 400],
      [[here, "X-A: b\rMcp-Session-Id: x", length], {}, 400],
      [[here, ...Array.from({ length: 3000 }, (_, n) => `X-${n}: 1`), length], {}, 431],
    ];
    for (const [headers, how, status] of refused)
      assert.equal(await statusOf(headers, how), status, JSON.stringify([headers.slice(0, 4), how]));
    // What a proxy may add, nobody here believes.
    const believed = ["X-Forwarded-Host: evil.example", "X-HTTP-Method-Override: DELETE", "X-Original-URL: /admin"];
    assert.equal(await statusOf([here, ...believed, length]), 406);
    await isAlive();
  });

  it("keep nobody out by connections that say nothing to the end", async () => {
    const { hostname, port } = new URL(server.url);
    const sockets = await Promise.all(
      Array.from(
        { length: 200 },
        () =>
          new Promise<Socket>((resolve) => {
            const socket = connectTcp(Number(port), hostname, () => {
              socket.write(`POST /mcp HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 100000\r\nX-Slow: `);
              resolve(socket);
            });
            socket.on("error", () => undefined);
          }),
      ),
    );
    await isAlive();
    for (const socket of sockets) socket.destroy();
  });
});

/** What a stream says at first; it may say nothing for ever. */
function firstBytes(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), 300);
    let text = "";
    fetch(url, { headers: { accept: "text/event-stream", ...headers }, signal: abort.signal })
      .then(async (response) => {
        for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
          text += Buffer.from(chunk).toString();
        resolve(text);
      })
      .catch((error: Error) => (error.name === "AbortError" ? resolve(text) : reject(error)))
      .finally(() => clearTimeout(timer));
  });
}
