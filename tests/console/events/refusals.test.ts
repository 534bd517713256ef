import assert from "node:assert/strict";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { EventsConsole, event, TOKEN, track } from "./support";

describe("What the endpoint for events refuses", () => {
  let http: EventsConsole;
  before(async () => {
    http = await EventsConsole.open();
  });
  after(() => http.close());

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
      const response = await fetch(`${http.url}/v1/events`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify(event()),
      });
      assert.equal(response.status, status);
      if (status === 401) assert.match(response.headers.get("www-authenticate") ?? "", /^Bearer /);
      await response.body?.cancel();
    });
  }

  for (const [name, body, headers, message] of [
    ["a key in the body that is not known", { writeKey: "wrong" }, {}, "The token is not known here"],
    ["a key in the body that is no text", { writeKey: [TOKEN] }, {}, "The token is not known here"],
    ["a body without a key", {}, {}, "The request carries no token"],
    [
      "a wrong token beside the right key",
      { writeKey: TOKEN },
      { authorization: "Bearer wrong" },
      "The token is not known here",
    ],
    ["a key inside a message alone", { batch: [{ writeKey: TOKEN }] }, {}, "The request carries no token"],
  ] as [string, object, Record<string, string>, string][]) {
    it(`answers 401 to ${name}`, async () => {
      const { status, said } = await http.send("/v1/batch", body, {
        headers: { authorization: undefined, ...headers },
      });
      assert.equal(status, 401);
      assert.equal(
        said.message,
        `${message}; expected Authorization: Bearer TOKEN, or Basic with the token as user name`,
      );
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
    [
      "an event that is nested too deeply",
      `{"action":"a.b","attributes":{"a":${"[".repeat(3000)}${"]".repeat(3000)}}}`,
      {},
      400,
      /^Nothing was taken: the event: nested too deeply$/,
    ],
    [
      "a message whose time is a number",
      '{"type":"track","event":"Signed Up","userId":"u1","timestamp":1772359200000}',
      {},
      400,
      /^Nothing was taken: timestamp: expected ISO 8601 text .* found number 1772359200000 \(as milliseconds since 1970, 2026-03-01T10:00:00\.000Z\)$/,
    ],
    ["damaged gzip", "no gzip", { "content-encoding": "gzip" }, 400, /^The body is damaged gzip: /],
    ["another packing", "x", { "content-encoding": "zstd" }, 415, /^Content-Encoding zstd is not taken; expected gzip/],
    [
      "a form",
      "a=b",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      /; expected application\/json or application\/x-ndjson \(curl needs: -H 'Content-Type: application\/json'\)$/,
    ],
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
      const { status: found, said } = await http.send("/v1/events", body, { headers });
      assert.equal(found, status);
      assert.match(said.message ?? "", message);
      assert.equal(said.success, false);
    });
  }

  it("knows its own paths and methods, and answers JSON to all others", async () => {
    const other = await http.send("/v1/nothing", {});
    assert.deepEqual([other.status, other.said.message], [404, "There is no POST /v1/nothing"]);
    const read = await http.send("/v1/events", undefined, { method: "GET" });
    assert.deepEqual([read.status, read.headers.get("allow")], [405, "POST"]);
    const bare = await http.send("/v1/batch", { events: [] });
    assert.deepEqual([bare.status, bare.said.message], [400, "The body has no batch; expected {batch: [messages]}"]);
  });

  it("takes what a producer whose key is in the body sends although others are slow to send theirs", async () => {
    const port = Number(new URL(http.url).port);
    const head =
      "POST /v1/track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n";
    const slow = Array.from({ length: 30 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
    for (const socket of slow) await new Promise((resolve) => socket.write(`${head}{`, resolve));
    try {
      const { status } = await http.send(
        "/v1/track",
        { ...track(), writeKey: TOKEN },
        { headers: { authorization: undefined } },
      );
      assert.equal(status, 200);
    } finally {
      for (const socket of slow) socket.destroy();
    }
  });
});
