import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { Analytics } from "@segment/analytics-node";
import type { ConnectionOptions } from "snowflake-sdk";
import { WEB_BUILD } from "../../console/build/webBuild";
import type { EventsOptions } from "../../console/server/events/eventsOptions";
import { type RunningConsole, startConsole } from "../../console/server/startConsole";
import type { LocalServer } from "../../local/index";
import { EventWarehouse } from "../client/warehouse";
import { ADMIN_PASSWORD, type Row, startServer } from "../local/support";

const TOKEN = "a-token-for-these-tests";

describe("Events over HTTP", () => {
  let server: LocalServer;
  let warehouse: EventWarehouse;
  let console_: RunningConsole;
  const home = mkdtempSync(join(tmpdir(), "events-http-"));
  let spools = 0;
  const start = (events: Partial<EventsOptions> = {}) =>
    startConsole({
      outputs: warehouse.outputs,
      credentials: { username: server.user, password: ADMIN_PASSWORD } as ConnectionOptions,
      port: 0,
      assets: WEB_BUILD,
      events: { tokens: [TOKEN], spool: join(home, `spool${spools++}`), ...events },
    });

  before(async () => {
    server = await startServer();
    warehouse = await EventWarehouse.deploy(server);
    console_ = await start();
  });
  after(async () => {
    await console_.close();
    await warehouse.close();
    await server.close();
    rmSync(home, { recursive: true });
  });

  interface Sent {
    url?: string;
    headers?: Record<string, string>;
    method?: string;
  }
  const send = async (
    path: string,
    body: unknown,
    { url = console_.url, headers = {}, method = "POST" }: Sent = {},
  ) => {
    const raw = typeof body === "string" || body instanceof Uint8Array || body === undefined;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers },
      body: raw ? (body as BodyInit) : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, said: (await response.json()) as Said };
  };
  interface Said {
    success: boolean;
    code?: string;
    message?: string;
    problems?: { path: string; message: string }[];
    accepted?: number;
    duplicate?: number;
    invalid?: number;
    events?: { status: string; event_id: string }[];
    status?: string;
  }

  /** Rows of EVENTS with these ids, once they are there. */
  const landed = async (ids: readonly string[]): Promise<Row[]> => {
    for (;;) {
      const events = await warehouse.events();
      const rows = ids.map((id) => events.get(id)).filter((row) => row !== undefined);
      if (rows.length === ids.length) return rows;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const idsOf = ({ events = [] }: Said) => events.map(({ event_id }) => event_id);
  let number = 0;
  /** An event that no other test has. */
  const event = (more: object = {}) => ({
    action: "order.placed",
    actor_id: `u${number++}`,
    occurred_at: "2026-03-01T10:00:00Z",
    ...more,
  });

  it("an event that is answered with 200 is in EVENTS under the id of the answer", async () => {
    const { status, said } = await send("/v1/events", event({ attributes: { n: 1 } }));
    assert.equal(status, 200);
    assert.deepEqual([said.success, said.accepted], [true, 1]);
    const [row] = await landed(idsOf(said));
    assert.deepEqual([row?.ACTION, row?._SOURCE_LANE, row?._COPIES], ["order.placed", "HTTP", 1]);
  });

  for (const [name, body, headers] of [
    ["a list", () => JSON.stringify([event(), event()]), {}],
    ["{events: […]}", () => JSON.stringify({ events: [event(), event()] }), {}],
    [
      "NDJSON with blank lines",
      () => `${JSON.stringify(event())}\r\n\n${JSON.stringify(event())}\n`,
      { "content-type": "application/x-ndjson" },
    ],
    ["gzip", () => gzipSync(JSON.stringify([event(), event()])), { "content-encoding": "gzip" }],
    ["deflate", () => deflateSync(JSON.stringify([event(), event()])), { "content-encoding": "deflate" }],
    ["brotli", () => brotliCompressSync(JSON.stringify([event(), event()])), { "content-encoding": "br" }],
    [
      "JSON with a byte order mark and a charset",
      () => `\uFEFF${JSON.stringify([event(), event()])}`,
      { "content-type": "application/json; charset=UTF-8" },
    ],
    ["messages of Segment's clients", () => JSON.stringify([track(), track()]), {}],
  ] as [string, () => string | Buffer, Record<string, string>][]) {
    it(`takes ${name}`, async () => {
      const { said } = await send("/v1/events", body(), { headers });
      assert.deepEqual([said.accepted, said.message], [2, undefined]);
      assert.equal(new Set(idsOf(said)).size, 2);
    });
  }

  it("keeps the digits of a number that JavaScript would round", async () => {
    const body = JSON.stringify(event({ attributes: { n: 0 } })).replace('"n":0', '"n":12345678901234567890123');
    const { said } = await send("/v1/events", body);
    await landed(idsOf(said));
    const [row] = await warehouse.query(
      `SELECT ATTRIBUTES:n::VARCHAR AS N FROM ${warehouse.outputs.tables.events} WHERE EVENT_ID = '${idsOf(said)[0]}'`,
    );
    assert.equal(row?.N, "12345678901234567890123");
  });

  it("takes all of a list or nothing, and names every problem by its place", async () => {
    const actor = `nobody${number++}`;
    const { status, said } = await send("/v1/events", {
      events: [event({ actor_id: actor }), { action: "Placed" }, event({ occurred_at: "2026-03-01T10:00:00" }), 7],
    });
    assert.equal(status, 400);
    assert.deepEqual(said, {
      success: false,
      code: "invalid",
      message: "Nothing was taken: 3 problems",
      problems: [
        {
          path: "events[1].action",
          message: 'text "Placed" is malformed; expected noun.verb_past of a-z, 0-9, _ and dots',
        },
        {
          path: "events[2].occurred_at",
          message: '"2026-03-01T10:00:00" has no offset; expected one such as Z or +01:00',
        },
        { path: "events[3]", message: "expected an event object, found number 7" },
      ],
    });
    const after = await send("/v1/events", event());
    await landed(idsOf(after.said));
    assert.ok(!(await warehouse.landed()).some(([landedActor]) => landedActor === actor));
  });

  const track = (more: object = {}) => ({
    type: "track",
    event: "Order Completed",
    userId: `s${number}`,
    messageId: `m-${number++}`,
    timestamp: "2026-03-01T10:00:00.123Z",
    properties: { total: 12.5 },
    ...more,
  });

  it("makes events of all that Segment's clients say, and loses nothing of it", async () => {
    const context = { library: { name: "analytics-python", version: "2" }, page: { url: "https://shop.example/a" } };
    const { said } = await send("/v1/batch", {
      writeKey: "not looked at",
      sentAt: "2026-03-01T10:00:01Z",
      batch: [
        track({ properties: { revenue: "19.90", segment: "b2b" }, context, integrations: { All: false } }),
        track({ type: "identify", event: undefined, traits: { email: "a@example.com" } }),
        track({ type: "page", event: undefined, name: "Home", properties: { url: "https://shop.example/" } }),
        track({ type: "group", event: undefined, groupId: "g1", traits: { plan: "pro" } }),
        track({ type: "alias", event: undefined, previousId: "anonymous-1" }),
        track({ userId: undefined, anonymousId: "anonymous-2", event: "productListViewed" }),
      ],
    });
    assert.deepEqual([said.success, said.accepted, said.invalid], [true, 6, 0]);
    const rows = await landed(idsOf(said));
    assert.deepEqual(
      rows.map((row) => [row.ACTION, row.ANONYMOUS_ACTOR_ID, row.OBJECT_TYPE, row.LINK, row.SOURCE]),
      [
        ["order.completed", null, "message", "https://shop.example/a", "analytics-python"],
        ["user.identified", null, "message", null, null],
        ["page.viewed", null, "message", "https://shop.example/", null],
        ["group.joined", null, "message", null, null],
        ["user.aliased", null, "message", null, null],
        ["product_list.viewed", "anonymous-2", "message", null, null],
      ],
    );
    const attributes = rows.map(({ ATTRIBUTES }) => ATTRIBUTES as Record<string, Record<string, unknown>>);
    assert.equal(Number(rows[0]?.REVENUE_IMPACT), 19.9);
    assert.equal(attributes[0]?.segment, "b2b");
    assert.deepEqual(attributes[0]?.segment_, {
      context,
      event: "Order Completed",
      integrations: { All: false },
      messageId: (rows[0] as { OBJECT_ID: string }).OBJECT_ID,
      type: "track",
    });
    assert.equal(attributes[1]?.email, "a@example.com");
    assert.equal(attributes[2]?.segment?.name, "Home");
    assert.equal(attributes[3]?.segment?.groupId, "g1");
    assert.equal(attributes[4]?.segment?.previousId, "anonymous-1");
  });

  it("takes what is good of a batch and tells what is not, because those clients throw away what is refused", async () => {
    const { status, said } = await send("/v1/batch", {
      batch: [track(), track({ event: "" }), track({ timestamp: "yesterday" }), track({ userId: undefined }), track()],
    });
    assert.deepEqual([status, said.success, said.accepted, said.invalid], [200, false, 2, 3]);
    assert.deepEqual(
      said.events?.map(({ status }) => status),
      ["accepted", "invalid", "invalid", "invalid", "accepted"],
    );
    assert.deepEqual(said.problems, [
      { path: "batch[1].event", message: "is missing; expected the name of what happened" },
      {
        path: "batch[2].timestamp",
        message: 'text "yesterday" is not an ISO 8601 time with an offset, such as 2026-03-01T10:00:00+01:00',
      },
      { path: "batch[3].userId", message: "is missing, and so is anonymousId; expected one of them" },
    ]);
    const refused = await send("/v1/batch", { batch: [track({ event: "" })] });
    assert.deepEqual([refused.status, refused.said.code], [400, "invalid"]);
  });

  it("one message whose text was cut in the middle of a character takes no other with it", async () => {
    const cut = track({ properties: { name: "party 🎉".slice(0, -1) } });
    const { status, said } = await send("/v1/batch", { batch: [track(), cut, track()] });
    assert.deepEqual([status, said.accepted, said.invalid], [200, 2, 1]);
    const message = "holds half of a surrogate pair, which is no character";
    assert.deepEqual(said.problems, [{ path: "batch[1].properties.name", message }]);
    const listed = await send("/v1/events", [event(), event({ actor_id: "\ud800" })]);
    assert.deepEqual([listed.status, listed.said.problems], [400, [{ path: "[1].actor_id", message }]]);
  });

  it("keeps a connection for longer than a load balancer does, which would reuse it while it is closed", async () => {
    const { headers } = await fetch(`${console_.url}/v1/health`, { headers: { connection: "keep-alive" } });
    assert.equal(headers.get("keep-alive"), "timeout=65");
  });

  it("a message that is sent again counts once: at the same time, later, and after a restart", async () => {
    const spool = join(home, `spool${spools++}`);
    const first = await start({ spool });
    const message = track();
    const body = { batch: [message, message] };
    const answers = await Promise.all([1, 2, 3].map(() => send("/v1/batch", body, { url: first.url })));
    answers.push(await send("/v1/track", message, { url: first.url }));
    assert.deepEqual(
      answers.map(({ said }) => said.accepted),
      [1, 0, 0, 0],
    );
    await first.close();
    const second = await start({ spool });
    const again = await send("/v1/track", message, { url: second.url });
    await second.close();
    const ids = new Set([...answers, again].flatMap(({ said }) => idsOf(said)));
    assert.equal(ids.size, 1);
    await landed([...ids]);
    const rows = [...(await warehouse.events()).values()].filter(({ ACTOR_ID }) => ACTOR_ID === message.userId);
    assert.equal(rows.length, 1);
  });

  it("a message that stands twice in a long batch counts once, however long the batch is read", async () => {
    const message = track();
    const { said } = await send("/v1/batch", {
      batch: [message, ...Array.from({ length: 2000 }, () => track()), message],
    });
    assert.deepEqual([said.accepted, said.duplicate, said.invalid], [2001, 1, 0]);
    const ids = idsOf(said);
    assert.equal(ids.at(-1), ids[0]);
  });

  it("another event under an id that was used is not passed over in silence", async () => {
    const message = track();
    await send("/v1/track", message);
    const { status, said } = await send("/v1/track", { ...message, event: "Order Cancelled" });
    assert.equal(status, 400);
    assert.deepEqual(said.problems, [
      {
        path: "messageId",
        message: `"${message.messageId}" was the id of another event before; expected an id of its own`,
      },
    ]);
  });

  it("takes an Idempotency-Key for events that have no id of their own", async () => {
    const body = [event(), event()];
    const headers = { "idempotency-key": "order-4711" };
    const first = await send("/v1/events", body, { headers });
    const again = await send("/v1/events", body, { headers });
    assert.deepEqual([first.said.accepted, again.said.accepted, again.said.duplicate], [2, 0, 2]);
    assert.deepEqual(idsOf(again.said), idsOf(first.said));
  });

  it("the unmodified client of Segment gets its events in", async () => {
    const analytics = new Analytics({ writeKey: TOKEN, host: console_.url, flushAt: 3 });
    const errors: unknown[] = [];
    analytics.on("error", (error) => errors.push(error));
    const userId = `segment-client-${number++}`;
    analytics.identify({ userId, traits: { plan: "pro" } });
    for (let n = 0; n < 5; n++) analytics.track({ userId, event: "Item Added", properties: { n } });
    analytics.page({ userId, name: "Cart" });
    await analytics.closeAndFlush();
    assert.deepEqual(errors, []);
    for (;;) {
      const rows = [...(await warehouse.events()).values()].filter(({ ACTOR_ID }) => ACTOR_ID === userId);
      if (rows.length < 7) continue;
      assert.deepEqual(rows.map(({ ACTION }) => ACTION).sort(), [
        ...Array.from({ length: 5 }, () => "item.added"),
        "page.viewed",
        "user.identified",
      ]);
      break;
    }
  });

  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  for (const [name, authorization, status] of [
    ["no token", undefined, 401],
    ["a wrong token", "Bearer wrong", 401],
    ["a token with something behind it", `Bearer ${TOKEN}x`, 401],
    ["another scheme", `Digest ${TOKEN}`, 401],
    ["an empty user name", basic(":"), 401],
    ["the token as password", basic(`x:${TOKEN}`), 401],
    ["Basic with the token as user name", basic(`${TOKEN}:`), 200],
    ["Basic with the token alone", basic(TOKEN), 200],
    ["bearer in lower case", `bearer ${TOKEN}`, 200],
  ] as const) {
    it(`answers ${status} to ${name}`, async () => {
      const response = await fetch(`${console_.url}/v1/events`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify(event()),
      });
      assert.equal(response.status, status);
      if (status === 401) assert.match(response.headers.get("www-authenticate") ?? "", /^Bearer /);
      await response.body?.cancel();
    });
  }

  for (const [name, body, headers, status, message] of [
    ["no JSON", "{", {}, 400, /^The body is not JSON: /],
    [
      "a key that stands twice",
      '{"action":"a.b","action":"a.c"}',
      {},
      400,
      /A key stands twice in one object: "action"/,
    ],
    ["an empty body", "  ", {}, 400, /^The body is empty; expected JSON$/],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), {}, 400, /^The body is not UTF-8$/],
    ["what is nested too deeply", `${"[".repeat(200_000)}`, {}, 400, /not JSON/],
    ["damaged gzip", "no gzip", { "content-encoding": "gzip" }, 400, /^The body is damaged gzip: /],
    ["another packing", "x", { "content-encoding": "zstd" }, 415, /^Content-Encoding zstd is not taken; expected gzip/],
    ["a form", "a=b", { "content-type": "application/x-www-form-urlencoded" }, 415, /^Content-Type application\/x-www/],
    ["another charset", "{}", { "content-type": "application/json; charset=latin1" }, 415, /^The body is in latin1/],
    [
      "too much",
      "x".repeat((4 << 20) + 1),
      {},
      413,
      /^The body has more than 4194304 bytes; send fewer events at once$/,
    ],
    ["a bomb", gzipSync(Buffer.alloc(64 << 20)), { "content-encoding": "gzip" }, 413, /^The body has more than/],
    ["a list that is none", '{"batch":5}', {}, 400, /^batch: expected a list, found number 5$/],
    ["too many", JSON.stringify(Array(10_001).fill(0)), {}, 413, /^The body has 10001 events; the limit is 10000$/],
  ] as [string, string | Buffer, Record<string, string>, number, RegExp][]) {
    it(`answers ${status} to ${name}`, async () => {
      const { status: found, said } = await send("/v1/events", body, { headers });
      assert.equal(found, status);
      assert.match(said.message ?? "", message);
      assert.equal(said.success, false);
    });
  }

  it("knows its own paths and methods, and answers JSON to all others", async () => {
    const other = await send("/v1/nothing", {});
    assert.deepEqual([other.status, other.said.message], [404, "There is no POST /v1/nothing"]);
    const read = await send("/v1/events", undefined, { method: "GET" });
    assert.deepEqual([read.status, read.headers.get("allow")], [405, "POST"]);
    const bare = await send("/v1/batch", { events: [] });
    assert.deepEqual([bare.status, bare.said.message], [400, "The body has no batch; expected {batch: [messages]}"]);
  });

  it("tells an event that is too big from the others, and keeps it", async () => {
    const { status, said } = await send("/v1/events", [
      event(),
      event({ attributes: { text: "x".repeat(1_000_001) } }),
    ]);
    assert.equal(status, 200);
    assert.deepEqual(
      said.events?.map(({ status }) => status),
      ["accepted", "dead_lettered"],
    );
  });

  it("tells a producer to come back later while too much waits, and takes the same event then", async () => {
    const spool = join(home, `spool${spools++}`);
    const full = await start({ spool, maxSpoolBytes: 1 });
    // Both in one tick: the second sees the room that the first took.
    const bodies = Array.from({ length: 20 }, () => event({ message_id: `full-${number++}` }));
    const answers = await Promise.all(bodies.map((body) => send("/v1/events", body, { url: full.url })));
    const waiting = answers.findIndex(({ status }) => status === 429);
    assert.ok(waiting > 0);
    const { headers, said } = answers[waiting] as (typeof answers)[number];
    assert.equal(headers.get("retry-after"), "10");
    assert.equal(said.message, "Too many events wait for the warehouse; send this again later");
    for (;;) {
      const again = await send("/v1/events", bodies[waiting], { url: full.url });
      if (again.status === 429) continue;
      assert.deepEqual([again.status, again.said.accepted], [200, 1]);
      await landed(idsOf(again.said));
      break;
    }
    await full.close();
  });

  it("takes events while the warehouse is away: they wait on the disk, readable by nobody else", async () => {
    const spool = join(home, `spool${spools++}`);
    const offline = await startConsole({
      outputs: { ...warehouse.outputs, account: { ...warehouse.outputs.account, port: 1 } },
      credentials: { username: server.user, password: ADMIN_PASSWORD } as ConnectionOptions,
      port: 0,
      assets: WEB_BUILD,
      events: { tokens: [TOKEN], spool },
    });
    const { status, said } = await send("/v1/events", event(), { url: offline.url });
    assert.equal(status, 200);
    await offline.close();
    const online = await start({ spool });
    await landed(idsOf(said));
    await online.close();
  });

  it("says whether it takes events, and to those who know the token how many wait", async () => {
    const bare = await fetch(`${console_.url}/v1/health`);
    assert.deepEqual([bare.status, await bare.json()], [200, { status: "ok" }]);
    const { said } = await send("/v1/health", undefined, { method: "GET" });
    assert.deepEqual(Object.keys(said), ["status", "queued_events", "queued_bytes", "lag_ms", "circuit"]);
  });

  it("without a token it is off, and says so", async () => {
    const off = await startConsole({
      outputs: warehouse.outputs,
      credentials: { username: server.user, password: ADMIN_PASSWORD } as ConnectionOptions,
      port: 0,
      assets: WEB_BUILD,
    });
    const { status, said } = await send("/v1/events", event(), { url: off.url });
    assert.deepEqual([status, said.message], [503, "This console takes no events; start it with EVENTS_TOKEN set"]);
    await off.close();
  });

  it("a producer that goes away in the middle of its body leaves nothing behind", async () => {
    const { hostname, port } = new URL(console_.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const body = JSON.stringify(event());
    const head = [`POST /v1/events HTTP/1.1`, `Host: ${hostname}`, `Authorization: Bearer ${TOKEN}`];
    socket.write(
      `${[...head, "Content-Type: application/json", `Content-Length: ${body.length}`].join("\r\n")}\r\n\r\n${body.slice(0, 20)}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    assert.equal((await send("/v1/events", event())).status, 200);
  });

  it("remembers message ids in a file of mode 0600", () => {
    const text = readFileSync(join(home, "spool0", "message-ids.log"), "utf8");
    assert.match(text, /^[0-9a-f]{32} \d{13} [0-9a-f]{16}$/m);
  });
});
