import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { Analytics } from "@segment/analytics-node";
import { EventsConsole, event, idsOf, next, TOKEN, track } from "./support";

describe("Messages of Segment's clients over HTTP", () => {
  let http: EventsConsole;
  before(async () => {
    http = await EventsConsole.open();
  });
  after(() => http.close());

  it("makes events of all that Segment's clients say, and loses nothing of it", async () => {
    const context = { library: { name: "analytics-python", version: "2" }, page: { url: "https://shop.example/a" } };
    const { said } = await http.send("/v1/batch", {
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
    const rows = await http.landed(idsOf(said));
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
    const { status, said } = await http.send("/v1/batch", {
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
    const refused = await http.send("/v1/batch", { batch: [track({ event: "" })] });
    assert.deepEqual([refused.status, refused.said.code], [400, "invalid"]);
  });

  it("one message whose text was cut in the middle of a character takes no other with it", async () => {
    const cut = track({ properties: { name: "party 🎉".slice(0, -1) } });
    const { status, said } = await http.send("/v1/batch", { batch: [track(), cut, track()] });
    assert.deepEqual([status, said.accepted, said.invalid], [200, 2, 1]);
    const message = "holds half of a surrogate pair, which is no character";
    assert.deepEqual(said.problems, [{ path: "batch[1].properties.name", message }]);
    const listed = await http.send("/v1/events", [event(), event({ actor_id: "\ud800" })]);
    assert.deepEqual([listed.status, listed.said.problems], [400, [{ path: "[1].actor_id", message }]]);
  });

  it("knows the producer by the key in the body, as Segment's clients for Python, C# and Kotlin show it, and keeps it nowhere", async () => {
    const headers = { authorization: undefined };
    const written = Buffer.from(JSON.stringify({ batch: [track()], sentAt: "2026-03-01T10:00:01Z", writeKey: TOKEN }));
    const answers = [
      await http.send(
        "/v1/batch",
        { batch: [track()], writeKey: TOKEN, sentAt: "2026-03-01T10:00:01+00:00" },
        { headers },
      ),
      await http.send("/v1/b", gzipSync(written), {
        headers: { ...headers, "content-type": "text/plain", "content-encoding": "gzip" },
      }),
      await http.send("/v1/b", gzipSync(written), {
        headers: { ...headers, "content-type": undefined, "content-encoding": "gzip" },
      }),
      await http.send("/v1/t", { ...track(), type: undefined, writeKey: TOKEN }, { headers }),
      await http.send("/v1/events", { ...event(), writeKey: TOKEN }, { headers }),
      await http.send("/v1/events", { ...event(), writeKey: TOKEN }),
    ];
    assert.deepEqual(
      answers.map(({ status, said }) => [status, said.accepted, said.duplicate]),
      [
        [200, 1, 0],
        [200, 1, 0],
        [200, 0, 1],
        [200, 1, 0],
        [200, 1, 0],
        [200, 1, 0],
      ],
    );
    await http.landed(answers.flatMap(({ said }) => idsOf(said)));
    const [row] = await http.warehouse.query(
      `SELECT COUNT(*) AS N, COUNT_IF(CONTAINS(TO_JSON(PAYLOAD), '${TOKEN}')) AS TOLD FROM ${http.warehouse.outputs.tables.rawEvents}`,
    );
    assert.ok(Number(row?.N) >= 5);
    assert.equal(Number(row?.TOLD), 0);
  });

  it("reads what RudderStack's clients and PHP write otherwise", async () => {
    const { said } = await http.send("/v1/batch", {
      integrations: { All: true },
      batch: [
        track({ userId: "", anonymousId: "visitor", timestamp: null, originalTimestamp: "2026-03-01T10:00:00.000Z" }),
        track({ type: "identify", event: undefined, properties: undefined, context: { traits: { plan: "pro" } } }),
        track({ type: "identify", event: undefined, traits: [], properties: undefined, context: [] }),
        track({ properties: [], integrations: { Mixpanel: false } }),
      ],
    });
    assert.deepEqual([said.success, said.accepted, said.problems], [true, 4, undefined]);
    const rows = await http.landed(idsOf(said));
    assert.deepEqual(
      rows.map((row) => [row.ACTION, row.ACTOR_ID === null, row.ANONYMOUS_ACTOR_ID]),
      [
        ["order.completed", true, "visitor"],
        ["user.identified", false, null],
        ["user.identified", false, null],
        ["order.completed", false, null],
      ],
    );
    const attributes = rows.map(({ ATTRIBUTES }) => ATTRIBUTES as Record<string, Record<string, unknown>>);
    assert.equal(attributes[1]?.plan, "pro");
    assert.deepEqual(
      attributes.map(({ segment, ...own }) => [Object.keys(own), segment?.integrations]),
      [
        [["total"], { All: true }],
        [["plan"], { All: true }],
        [[], { All: true }],
        [[], { All: true, Mixpanel: false }],
      ],
    );
  });

  it("the unmodified client of Segment gets its events in", async () => {
    const analytics = new Analytics({ writeKey: TOKEN, host: http.url, flushAt: 3 });
    const errors: unknown[] = [];
    analytics.on("error", (error) => errors.push(error));
    const userId = `segment-client-${next()}`;
    analytics.identify({ userId, traits: { plan: "pro" } });
    for (let n = 0; n < 5; n++) analytics.track({ userId, event: "Item Added", properties: { n } });
    analytics.page({ userId, name: "Cart" });
    await analytics.closeAndFlush();
    assert.deepEqual(errors, []);
    for (;;) {
      const rows = [...(await http.warehouse.events()).values()].filter(({ ACTOR_ID }) => ACTOR_ID === userId);
      if (rows.length < 7) continue;
      assert.deepEqual(rows.map(({ ACTION }) => ACTION).sort(), [
        ...Array.from({ length: 5 }, () => "item.added"),
        "page.viewed",
        "user.identified",
      ]);
      break;
    }
  });
});
