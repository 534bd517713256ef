import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Fault, FaultProxy } from "../../cli/faults/faultProxy";
import type { EventClient } from "../../client/index";
import type { LocalServer } from "../../local/index";
import { startServer } from "../local/support";
import { EventWarehouse, eventClient, temporaryFolder } from "./warehouse";

const event = (actor: string, more: object = {}) => ({
  action: "order.placed",
  occurred_at: "2026-03-01T10:00:00Z",
  actor_id: actor,
  ...more,
});

describe("The event client and a warehouse", () => {
  let server: LocalServer;
  let warehouse: EventWarehouse;
  let proxy: FaultProxy;
  const home = temporaryFolder();
  let spools = 0;
  const spool = () => join(home.folder, `spool${spools++}`);
  const open: EventClient[] = [];
  const client = (options: Parameters<typeof eventClient>[2] = {}) => {
    const made = eventClient(server, spool(), { port: proxy.port, ...options });
    open.push(made);
    return made;
  };

  before(async () => {
    server = await startServer();
    warehouse = await EventWarehouse.deploy(server);
    proxy = await FaultProxy.start(server.port);
  });
  afterEach(async () => {
    proxy.plan = () => undefined;
    for (const made of open.splice(0)) await made.close({ timeoutMs: 100 });
    await warehouse.query(`TRUNCATE TABLE ${warehouse.outputs.tables.rawEvents}`);
  });
  after(async () => {
    await proxy.close();
    await warehouse.close();
    await server.close();
    home.remove();
  });

  /** The first queries meet these faults, one each. */
  const meet = (...faults: Fault[]) => {
    proxy.plan = ({ query }) => (query ? faults.shift() : undefined);
    return faults;
  };

  it("an acknowledged event lands once, and in EVENTS under the id that was acknowledged", async () => {
    const sending = client({ lane: "SHOP" });
    const receipts = await sending.trackMany([
      event("u1"),
      event("u2", { attributes: { n: 12345678901234567890123n } }),
    ]);
    await sending.flush();
    assert.deepEqual(
      (await warehouse.landed()).map(([actor, lane]) => [actor, lane]),
      [
        ["u1", "SHOP"],
        ["u2", "SHOP"],
      ],
    );
    const events = await warehouse.events();
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

  const FAULTS: [name: string, faults: Fault[]][] = [
    ["the connection breaks before the server hears of it", [{ kind: "reset" }]],
    [
      "the answer is lost after the commit, three times",
      [{ kind: "answer-lost" }, { kind: "answer-lost" }, { kind: "answer-lost" }],
    ],
    ["half of the answer arrives", [{ kind: "truncated" }]],
    ["a load balancer answers 503", [{ kind: "status", status: 503 }]],
    ["a load balancer answers 429", [{ kind: "status", status: 429 }]],
    ["a load balancer gives up after the server has executed", [{ kind: "status-after", status: 504 }]],
  ];
  for (const [name, faults] of FAULTS) {
    it(`lands once although ${name}`, async () => {
      const count = faults.length;
      const left = meet(...faults);
      const sending = client();
      await sending.track(event("u1"));
      await sending.flush();
      assert.equal((await warehouse.landed()).length, 1);
      assert.equal(left.length, 0);
      assert.equal(sending.metrics().retries, count);
    });
  }

  it("lands once although nobody answers: the attempt ends after timeoutMs", async () => {
    meet({ kind: "silence" });
    const sending = client({ timeoutMs: 300 });
    const failures: string[] = [];
    sending.on("failure", ({ message }) => failures.push(message));
    await sending.track(event("u1"));
    await sending.flush();
    assert.deepEqual(failures, ["ETIMEDOUT: no answer within 300 ms"]);
    assert.equal((await warehouse.landed()).length, 1);
  });

  it("a slow server is waited for", async () => {
    meet({ kind: "delay", ms: 400 });
    const sending = client();
    await sending.track(event("u1"));
    await sending.flush();
    assert.equal(sending.metrics().retries, 0);
    assert.equal((await warehouse.landed()).length, 1);
  });

  it("logs in again when the server has ended the session", async () => {
    const sending = client();
    await sending.track(event("u1"));
    await sending.flush();
    const left = meet({ kind: "logged-out" });
    const failures: string[] = [];
    sending.on("failure", ({ message }) => failures.push(message));
    await sending.track(event("u2"));
    await sending.flush();
    assert.equal((await warehouse.landed()).length, 2);
    assert.deepEqual(
      [left.length, failures],
      [0, ["407002 (08003): Unable to perform operation using terminated connection."]],
    );
  });

  it("opens the circuit after failures in a row and closes it with the first success", async () => {
    let broken = true;
    proxy.plan = ({ query }) => (query && broken ? { kind: "status", status: 503 } : undefined);
    const sending = client();
    let failures = 0;
    const opened = new Promise<void>((resolve) => sending.on("failure", () => ++failures === 5 && resolve()));
    await sending.track(event("u1"));
    await opened;
    assert.equal(sending.metrics().circuit, "open");
    broken = false;
    await sending.flush();
    assert.equal(sending.metrics().circuit, "closed");
    assert.equal((await warehouse.landed()).length, 1);
  });

  it("an oversized event among good ones is told to its caller, kept, and does not hold up the rest", async () => {
    const told: string[] = [];
    const folder = spool();
    const sending = eventClient(server, folder, { onDeadLetter: ({ reason }) => told.push(reason) });
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
      (await warehouse.landed()).map(([actor]) => actor),
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
    assert.equal((await warehouse.events()).size, 1);
  });

  it("waits with track while the spool is full, and goes on when there is room", async () => {
    let broken = true;
    proxy.plan = ({ query }) => (query && broken ? { kind: "status", status: 503 } : undefined);
    const sending = client({ spool: { folder: spool(), maxBytes: 1000 } });
    const receipts = Array.from({ length: 20 }, (_, i) => sending.track(event(`u${i}`)));
    await receipts[0];
    assert.ok(sending.metrics().queuedBytes < 1500);
    broken = false;
    await Promise.all(receipts);
    await sending.flush();
    assert.equal((await warehouse.landed()).length, 20);
  });

  it("what is late takes its place: occurred_at orders, _recv_at only tells when it was heard of", async () => {
    const sending = client();
    const late = await sending.track(
      event("u5", { occurred_at: "2025-12-31T23:00:00-01:00", _recv_at: "2026-03-05T12:00:00Z" }),
    );
    await sending.flush();
    const row = (await warehouse.events()).get(late.eventId);
    assert.equal(new Date(row?.OCCURRED_AT as Date).getTime(), Date.parse("2026-01-01T00:00:00Z"));
    assert.equal(new Date(row?._RECV_AT as Date).getTime(), Date.parse("2026-03-05T12:00:00Z"));
  });
});
