import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { WEB_BUILD } from "../../../console/build/webBuild";
import { startConsole } from "../../../console/server/startConsole";
import { EventsConsole, event, idsOf, next, TOKEN, track } from "./support";

describe("Events over HTTP", () => {
  let http: EventsConsole;
  before(async () => {
    http = await EventsConsole.open();
  });
  after(() => http.close());

  it("an event that is answered with 200 is in EVENTS under the id of the answer", async () => {
    const { status, said } = await http.send("/v1/events", event({ attributes: { n: 1 } }));
    assert.equal(status, 200);
    assert.deepEqual([said.success, said.accepted], [true, 1]);
    const [row] = await http.landed(idsOf(said));
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
    [
      "JSON of a kind of its own",
      () => JSON.stringify([event(), event()]),
      { "content-type": "application/vnd.shop.v1+json" },
    ],
    ["messages of Segment's clients", () => JSON.stringify([track(), track()]), {}],
  ] as [string, () => string | Buffer, Record<string, string>][]) {
    it(`takes ${name}`, async () => {
      const { said } = await http.send("/v1/events", body(), { headers });
      assert.deepEqual([said.accepted, said.message], [2, undefined]);
      assert.equal(new Set(idsOf(said)).size, 2);
    });
  }

  it("keeps the digits of a number that JavaScript would round", async () => {
    const body = JSON.stringify(event({ attributes: { n: 0 } })).replace('"n":0', '"n":12345678901234567890123');
    const { said } = await http.send("/v1/events", body);
    await http.landed(idsOf(said));
    const [row] = await http.warehouse.query(
      `SELECT ATTRIBUTES:n::VARCHAR AS N FROM ${http.warehouse.outputs.tables.events} WHERE EVENT_ID = '${idsOf(said)[0]}'`,
    );
    assert.equal(row?.N, "12345678901234567890123");
  });

  it("takes all of a list or nothing, and names every problem by its place", async () => {
    const actor = `nobody${next()}`;
    const { status, said } = await http.send("/v1/events", {
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
    const after = await http.send("/v1/events", event());
    await http.landed(idsOf(after.said));
    assert.ok(!(await http.warehouse.landed()).some(([landedActor]) => landedActor === actor));
  });

  it("keeps a connection for longer than a load balancer does, which would reuse it while it is closed", async () => {
    const { headers } = await fetch(`${http.url}/v1/health`, { headers: { connection: "keep-alive" } });
    assert.equal(headers.get("keep-alive"), "timeout=65");
  });

  it("tells an event that is too big from the others, and keeps it", async () => {
    const { status, said } = await http.send("/v1/events", [
      event(),
      event({ attributes: { text: "x".repeat(1_000_001) } }),
    ]);
    assert.equal(status, 200);
    assert.deepEqual(
      said.events?.map(({ status }) => status),
      ["accepted", "dead_lettered"],
    );
  });

  it("says whether it takes events, and to those who know the token how many wait", async () => {
    const bare = await fetch(`${http.url}/v1/health`);
    assert.deepEqual([bare.status, await bare.json()], [200, { status: "ok" }]);
    const { said } = await http.send("/v1/health", undefined, { method: "GET" });
    assert.deepEqual(Object.keys(said), ["status", "queued_events", "queued_bytes", "lag_ms", "circuit"]);
  });

  it("without a token it is off, and says so", async () => {
    const off = await startConsole({
      outputs: http.warehouse.outputs,
      credentials: http.credentials,
      port: 0,
      assets: WEB_BUILD,
    });
    const { status, said } = await http.send("/v1/events", event(), { url: off.url });
    assert.deepEqual([status, said.message], [503, "This console takes no events; start it with EVENTS_TOKEN set"]);
    await off.close();
  });

  it("a producer that goes away in the middle of its body leaves nothing behind", async () => {
    const { hostname, port } = new URL(http.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const body = JSON.stringify(event());
    const head = [`POST /v1/events HTTP/1.1`, `Host: ${hostname}`, `Authorization: Bearer ${TOKEN}`];
    socket.write(
      `${[...head, "Content-Type: application/json", `Content-Length: ${body.length}`].join("\r\n")}\r\n\r\n${body.slice(0, 20)}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    assert.equal((await http.send("/v1/events", event())).status, 200);
  });
});
