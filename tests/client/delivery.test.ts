import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Fault, FaultProxy } from "../../cli/faults/faultProxy";
import { startServer } from "../local/support";
import { deliveryBench, event, many } from "./deliveryBench";
import { EventWarehouse, eventClient } from "./warehouse";

describe("The event client and a warehouse", () => {
  const bench = deliveryBench();
  const { client, spool, home, open } = bench;

  it("an acknowledged event lands once, and in EVENTS under the id that was acknowledged", async () => {
    const sending = client({ lane: "SHOP" });
    const receipts = await sending.trackMany([
      event("u1"),
      event("u2", { attributes: { n: 12345678901234567890123n } }),
    ]);
    await sending.flush();
    assert.deepEqual(
      (await bench.warehouse.landed()).map(([actor, lane]) => [actor, lane]),
      [
        ["u1", "SHOP"],
        ["u2", "SHOP"],
      ],
    );
    const events = await bench.warehouse.events();
    assert.deepEqual([...events.keys()].sort(), receipts.map(({ eventId }) => eventId).sort());
    assert.deepEqual(
      [...events.values()].map(({ _COPIES }) => _COPIES),
      [1, 1],
    );
    const { delivered, accepted, queuedEvents, retries } = sending.metrics();
    assert.deepEqual(
      { delivered, accepted, queuedEvents, retries },
      { delivered: 2, accepted: 2, queuedEvents: 0, retries: 0 },
    );
  });

  it("divides a batch that a proxy finds too large, and keeps apart the event that never passes", async () => {
    let tooLarge = 3;
    bench.proxy.plan = ({ query }) => (query && tooLarge-- > 0 ? { kind: "status", status: 413 } : undefined);
    const told: string[] = [];
    const sending = client({ onDeadLetter: ({ reason }) => told.push(reason) });
    await sending.trackMany([event("u1"), event("u2"), event("u3"), event("u4")]);
    await sending.flush();
    // All four, the first two, and the first alone meet the limit.
    assert.deepEqual(
      (await bench.warehouse.landed()).map(([actor]) => actor),
      ["u2", "u3", "u4"],
    );
    assert.equal(told.length, 1);
    assert.match(told[0] as string, /413/);
  });

  it("counts each event once although a crash came in the middle of a division, and nothing is too large afterwards", async () => {
    const [folder, left] = [spool(), spool()];
    let queries = 0;
    const stuck = new Promise<void>((resolve) => {
      bench.proxy.plan = ({ query }) => {
        if (!query || ++queries === 2) return undefined;
        if (queries === 1) return { kind: "status", status: 413 };
        if (queries === 3) cpSync(folder, left, { recursive: true });
        resolve();
        return { kind: "status", status: 503 };
      };
    });
    const sending = client({ spool: folder });
    const receipts = await sending.trackMany([event("u1"), event("u2"), event("u3"), event("u4")]);
    await stuck;
    await sending.close({ timeoutMs: 0 });
    assert.deepEqual(
      (await bench.warehouse.landed()).map(([actor]) => actor),
      ["u1", "u2"],
    );
    bench.proxy.plan = () => undefined;
    rmSync(join(left, "owner"));
    await client({ spool: left }).flush();
    // The whole goes out under an id that was never executed: two come in again, and are the same events.
    const events = await bench.warehouse.events();
    assert.deepEqual(
      receipts.map(({ eventId }) => events.get(eventId)?._COPIES),
      [2, 2, 1, 1],
    );
    assert.equal(events.size, 4);
  });

  it("sends the next batch while one is under way, and no third", async () => {
    let arrived = 0;
    bench.proxy.plan = ({ query }) => (query && arrived++ === 0 ? { kind: "delay", ms: 600 } : undefined);
    const sending = client({ batch: { maxEvents: 2 } });
    await sending.trackMany(many(7));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual([arrived, sending.metrics().queuedEvents], [2, 7]);
    await sending.flush();
    assert.deepEqual([arrived, sending.metrics().retries], [4, 0]);
    assert.equal((await bench.warehouse.landed()).length, 7);
  });

  for (const [name, actors, faults] of [
    ["lands", ["u1"], []],
    ["is divided and lands", ["u1", "u2"], [{ kind: "status", status: 413 }]],
  ] as [string, string[], Fault[]][]) {
    it(`a batch that was refused first, ${name} before a crash of both ends, is no second event`, async () => {
      const data = join(home.folder, `data ${name}`);
      let own = await startServer({ data });
      const held = await EventWarehouse.deploy(own);
      const procedure = "CLAUDE_BI.MCP.LATER";
      const [folder, left] = [spool(), spool()];
      let line = await FaultProxy.start(own.port);
      const sending = eventClient(own, folder, { port: line.port, procedure });
      open.push(sending);
      const refused = new Promise<void>((resolve) => {
        let failures = 0;
        sending.on("failure", () => ++failures === 3 && resolve());
      });
      await sending.trackMany(actors.map((actor) => event(actor)));
      await refused;
      line.plan = ({ query }) => (query ? { kind: "status", status: 503 } : undefined);
      await held.query(
        `CREATE PROCEDURE ${procedure}(events VARIANT, lane VARCHAR) RETURNS VARIANT LANGUAGE SQL AS
         'DECLARE answer VARIANT; BEGIN CALL CLAUDE_BI.MCP.INGEST_EVENTS(:events, :lane) INTO :answer; RETURN answer; END'`,
      );
      const first = [...faults];
      // What is on the disk when the attempt that succeeds goes out is all that a crash leaves.
      line.plan = ({ query }) => {
        if (query) cpSync(folder, left, { recursive: true });
        return query ? first.shift() : undefined;
      };
      await sending.flush();
      await sending.close();
      await line.close();
      await held.close();
      await own.close();
      own = await startServer({ data });
      await held.reconnect(own);
      rmSync(join(left, "owner"));
      line = await FaultProxy.start(own.port);
      const second = [...faults];
      line.plan = ({ query }) => (query ? second.shift() : undefined);
      const again = eventClient(own, left, { port: line.port, procedure });
      open.push(again);
      await again.flush();
      const events = [...(await held.events()).values()].map(({ ACTOR_ID, _COPIES }) => [ACTOR_ID, _COPIES]);
      // The client that was killed had another session: what it sent stands twice where it landed.
      assert.deepEqual(
        events.sort(),
        actors.map((actor) => [actor, 2]),
      );
      await again.close();
      await line.close();
      await held.close();
      await own.close();
    });
  }

  it("an oversized event among good ones is told to its caller, kept, and does not hold up the rest", async () => {
    const told: string[] = [];
    const folder = spool();
    const sending = eventClient(bench.server, folder, { onDeadLetter: ({ reason }) => told.push(reason) });
    const big = await Promise.all([
      sending.track(event("u1")),
      sending.track(event("u2", { attributes: { text: "é".repeat(600_000) } })),
      sending.track(event("u3")),
    ]);
    await sending.flush();
    await sending.close();
    assert.deepEqual(
      big.map(({ status }) => status),
      ["accepted", "dead_lettered", "accepted"],
    );
    assert.deepEqual(told, ["payload has 1200103 bytes; the limit is 1000000"]);
    assert.deepEqual(
      (await bench.warehouse.landed()).map(([actor]) => actor),
      ["u1", "u3"],
    );
    const [kept] = readFileSync(join(folder, "dead-letters.ndjson"), "utf8").trim().split("\n");
    assert.equal(JSON.parse(kept as string).event.actor_id, "u2");
  });

  it("an event of exactly 1 000 000 bytes is accepted, by client and warehouse", async () => {
    const bare = JSON.stringify(event("u1", { attributes: { text: "" } })).length;
    const sending = client();
    const { status } = await sending.track(event("u1", { attributes: { text: "x".repeat(1_000_000 - bare) } }));
    await sending.flush();
    assert.equal(status, "accepted");
    assert.equal((await bench.warehouse.events()).size, 1);
  });

  it("waits with track while the spool is full, and goes on when there is room", async () => {
    let broken = true;
    bench.proxy.plan = ({ query }) => (query && broken ? { kind: "status", status: 503 } : undefined);
    const sending = client({ spool: { folder: spool(), maxBytes: 1000 } });
    const receipts = Array.from({ length: 20 }, (_, i) => sending.track(event(`u${i}`)));
    await receipts[0];
    assert.ok(sending.metrics().queuedBytes < 1500);
    broken = false;
    await Promise.all(receipts);
    await sending.flush();
    assert.equal((await bench.warehouse.landed()).length, 20);
  });

  it("what is late takes its place: occurred_at orders, _recv_at only tells when it was heard of", async () => {
    const sending = client();
    const late = await sending.track(
      event("u5", { occurred_at: "2025-12-31T23:00:00-01:00", _recv_at: "2026-03-05T12:00:00Z" }),
    );
    await sending.flush();
    const row = (await bench.warehouse.events()).get(late.eventId);
    assert.equal(new Date(row?.OCCURRED_AT as Date).getTime(), Date.parse("2026-01-01T00:00:00Z"));
    assert.equal(new Date(row?._RECV_AT as Date).getTime(), Date.parse("2026-03-05T12:00:00Z"));
  });
});
