import assert from "node:assert/strict";
import { get } from "node:http";
import { WebSocket } from "ws";
import { checkOptions } from "../../console/server/consoleOptions";
import { asker, sampleEvents, TestConsole } from "./support";

const TOKEN = "a-token-of-this-test";

describe("the console's server", () => {
  let tested: TestConsole;
  before(async () => {
    tested = await TestConsole.start();
    await tested.warehouse.ingest(sampleEvents(20));
  });
  after(() => tested?.close());

  const { ask, post, failure } = asker(() => tested.url);

  it("says on its health endpoint that the warehouse answers", async () => {
    const health = (await (await ask("/healthz")).json()) as Record<string, unknown>;
    assert.equal(health.status, "ok");
    assert.equal(health.warehouse, "connected");
  });

  it("says who it is, and nothing secret", async () => {
    const session = (await (await ask("/api/session")).json()) as Record<string, unknown>;
    assert.equal(session.role, "MCP_ADMIN_ROLE");
    assert.equal(session.user, "VIEWER");
    assert.equal(JSON.stringify(session).includes("password"), false);
  });

  it("forbids scripts and styles that stand in the page, frames, and every other server", async () => {
    const { headers } = await ask("/");
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("access-control-allow-origin"), null);
  });

  it("sends the page compressed, and its parts with names that change with their content", async () => {
    const page = await (await ask("/")).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? "";
    const answer = await ask(script, { headers: { "Accept-Encoding": "gzip" } });
    assert.equal(answer.headers.get("content-encoding"), "gzip");
    assert.match(answer.headers.get("cache-control") ?? "", /immutable/);
    const tag = answer.headers.get("etag") ?? "";
    assert.equal((await ask(script, { headers: { "If-None-Match": tag } })).status, 304);
  });

  it("gives the page for its own addresses, and nothing outside its folder", async () => {
    assert.match(await (await ask("/events?action=a.b")).text(), /<div id="root">/);
    assert.equal((await ask("/missing.js")).status, 404);
    assert.equal((await ask("/..%2f..%2fpackage.json")).status, 404);
  });

  it("pages through all events, none twice", async () => {
    const seen = new Set<string>();
    let before = "";
    for (let pages = 0; pages < 10; pages++) {
      const answer = await ask(`/api/events?limit=7&before=${encodeURIComponent(before)}`);
      const page = (await answer.json()) as { events: { id: string }[]; next: string | null };
      for (const { id } of page.events) seen.add(id);
      if (page.next === null) break;
      before = page.next;
    }
    assert.equal(seen.size, 20);
  });

  it("names what is wrong with a request", async () => {
    assert.deepEqual(await failure(await ask("/api/events?limit=0&sort=x")), [
      400,
      { kind: "invalid", message: 'limit: Too small: expected number to be >=1; request: Unrecognized key: "sort"' },
    ]);
    assert.deepEqual(await failure(await ask("/api/events?from=yesterday")), [
      400,
      { kind: "invalid", message: "from: expected ISO 8601 with an offset" },
    ]);
    assert.deepEqual(await failure(await ask("/api/events/xyz")), [
      400,
      { kind: "invalid", message: "The id of an event has 64 hexadecimal digits" },
    ]);
    assert.deepEqual(await failure(await post("/api/plans/run", { plan: "[]" })), [
      400,
      { kind: "invalid", message: "plan: expected a plan, a JSON object" },
    ]);
    assert.deepEqual(await failure(await ask("/api/tables")), [
      404,
      { kind: "not-found", message: "There is no GET /api/tables." },
    ]);
  });

  it("takes values as values: what looks like SQL finds nothing and changes nothing", async () => {
    const hostile = encodeURIComponent("x' OR 1=1; DROP TABLE CLAUDE_BI.LANDING.RAW_EVENTS --");
    for (const field of ["action", "actor", "object", "lane"]) {
      const page = (await (await ask(`/api/events?${field}=${hostile}`)).json()) as { events: unknown[] };
      assert.deepEqual(page.events, []);
    }
  });

  it("refuses bodies that are too large or no JSON", async () => {
    const large = await post("/api/plans/run", { plan: "x".repeat(300_000) });
    assert.deepEqual(await failure(large), [
      400,
      { kind: "invalid", message: "The body is larger than 200000 bytes." },
    ]);
    const form = await ask("/api/plans/run", {
      method: "POST",
      body: "plan=1",
      headers: { "Content-Type": "text/plain" },
    });
    assert.deepEqual(await failure(form), [
      400,
      { kind: "invalid", message: "The body must be JSON (Content-Type: application/json)." },
    ]);
  });

  it("accepts changes from its own page only", async () => {
    const grant = { kind: "grant", subjectType: "USER", subject: "VIEWER", pattern: "order.*" };
    const foreign = await post("/api/permissions", grant, { Origin: "https://evil.example" });
    assert.deepEqual(await failure(foreign), [
      400,
      { kind: "invalid", message: "Changes are accepted from the console's own page only." },
    ]);
    assert.equal((await post("/api/permissions", grant, { Origin: tested.url })).status, 200);
    await post("/api/permissions", { ...grant, kind: "revoke" }, { Origin: tested.url });
  });

  it("answers to the names of this machine only, whatever a name elsewhere points to", async () => {
    const status = await new Promise((resolve, reject) => {
      get(`${tested.url}/api/session`, { headers: { Host: "evil.example:80" } }, ({ statusCode }) =>
        resolve(statusCode),
      ).on("error", reject);
    });
    assert.equal(status, 400);
  });

  const socketStatus = (url: string, headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/live`, { headers });
      socket.on("open", () => {
        socket.close();
        resolve(101);
      });
      socket.on("unexpected-response", (_, { statusCode = 0 }) => resolve(statusCode));
      socket.on("error", () => undefined);
    });

  it("opens the WebSocket for its own page only", async () => {
    assert.equal(await socketStatus(tested.url, { Origin: tested.url }), 101);
    assert.equal(await socketStatus(tested.url, { Origin: "https://evil.example" }), 403);
    assert.equal(await socketStatus(tested.url, {}), 403);
  });

  it("closes a WebSocket that says too much", async () => {
    const socket = new WebSocket(`${tested.url.replace("http", "ws")}/live`, { headers: { Origin: tested.url } });
    await new Promise((resolve) => socket.once("open", resolve));
    socket.send("x".repeat(2000));
    const code = await new Promise((resolve) => socket.once("close", resolve));
    assert.equal(code, 1009);
  });

  it("demands a token where others can reach it", () => {
    const options = { outputs: tested.outputs, assets: "" };
    assert.throws(() => checkOptions({ ...options, host: "0.0.0.0" }), {
      message:
        "On 0.0.0.0 the console can be reached from other machines and demands a token: set CONSOLE_TOKEN, or leave --host at 127.0.0.1.",
    });
    assert.throws(() => checkOptions({ ...options, host: "0.0.0.0", token: "short" }), {
      message: "The access token has 5 characters; at least 16 are needed.",
    });
  });

  describe("with a token", () => {
    let url: string;
    before(async () => {
      url = (await tested.startAnother("admin", { token: TOKEN })).url;
    });

    it("shows nothing without it", async () => {
      assert.deepEqual(await failure(await ask("/api/session", {}, url)), [
        401,
        { kind: "unauthenticated", message: "This console asks for its access token." },
      ]);
      assert.equal(await socketStatus(url, { Origin: url }), 401);
      const wrong = await post("/api/login", { token: "not-this-one" }, { Origin: url }, url);
      assert.deepEqual(await failure(wrong), [
        401,
        { kind: "unauthenticated", message: "This is not the access token of this console." },
      ]);
    });

    it("gives for it a cookie that scripts cannot read, and takes it back", async () => {
      const logIn = await post("/api/login", { token: TOKEN }, { Origin: url }, url);
      const cookie = logIn.headers.get("set-cookie") ?? "";
      assert.match(cookie, /HttpOnly; SameSite=Strict/);
      const session = { Cookie: cookie.split(";")[0] as string };
      assert.equal((await ask("/api/session", { headers: session }, url)).status, 200);
      assert.equal(await socketStatus(url, { Origin: url, ...session }), 101);
      await post("/api/logout", {}, { Origin: url, ...session }, url);
      assert.equal((await ask("/api/session", { headers: session }, url)).status, 401);
    });

    it("takes it from programs as a bearer", async () => {
      const headers = { Authorization: `Bearer ${TOKEN}` };
      assert.equal((await ask("/api/session", { headers }, url)).status, 200);
    });

    it("lets nobody try many tokens", async () => {
      const statuses = new Set<number>();
      for (let attempt = 0; attempt < 12; attempt++)
        statuses.add((await post("/api/login", { token: `guess-${attempt}` }, { Origin: url }, url)).status);
      assert.deepEqual([...statuses], [401, 429]);
    });
  });

  it("serves the WebSocket on a port of its own when told to", async () => {
    const { url, webSocketPort } = await tested.startAnother("admin", { webSocketPort: 0 });
    const session = (await (await ask("/api/session", {}, url)).json()) as { webSocketPort: number };
    assert.equal(session.webSocketPort, webSocketPort);
    assert.equal(await socketStatus(`http://127.0.0.1:${webSocketPort}`, { Origin: url }), 101);
    assert.match(
      (await ask("/", {}, url)).headers.get("content-security-policy") ?? "",
      new RegExp(`ws://127.0.0.1:${webSocketPort}`),
    );
  });

  it("stops in order: the port is free and the browsers are told", async () => {
    const stopped = await tested.startAnother("admin");
    const socket = new WebSocket(`${stopped.url.replace("http", "ws")}/live`, { headers: { Origin: stopped.url } });
    await new Promise((resolve) => socket.once("open", resolve));
    const code = new Promise((resolve) => socket.once("close", resolve));
    await stopped.close();
    assert.equal(await code, 1001);
    await assert.rejects(ask("/healthz", {}, stopped.url));
  });
});
