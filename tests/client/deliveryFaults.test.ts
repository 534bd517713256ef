import assert from "node:assert/strict";
import type { ConnectionOptions } from "snowflake-sdk";
import type { Fault } from "../../cli/faults/faultProxy";
import type { AttemptFailure } from "../../client/batchSender";
import { EventClient } from "../../client/index";
import { deliveryBench, event, many } from "./deliveryBench";

describe("The event client and a line that fails", () => {
  const bench = deliveryBench();
  const { client, meet } = bench;

  const FAULTS: [name: string, faults: Fault[], copies?: number][] = [
    ["the connection breaks before the server hears of it", [{ kind: "reset" }]],
    [
      "the answer is lost after the commit, three times",
      [{ kind: "answer-lost" }, { kind: "answer-lost" }, { kind: "answer-lost" }],
    ],
    ["half of the answer arrives", [{ kind: "truncated" }]],
    ["a load balancer answers 503", [{ kind: "status", status: 503 }]],
    ["a load balancer answers 429", [{ kind: "status", status: 429 }]],
    ["a load balancer gives up after the server has executed", [{ kind: "status-after", status: 504 }]],
    ["one side of the connection ends in the middle of the answer", [{ kind: "half-closed" }]],
    [
      "one thing after the other goes wrong",
      [
        { kind: "reset" },
        { kind: "answer-lost" },
        { kind: "status", status: 503 },
        { kind: "half-closed" },
        { kind: "logged-out" },
        { kind: "truncated" },
      ],
      // The session that knew the request has ended before the answer came.
      2,
    ],
  ];
  for (const [name, faults, copies = 1] of FAULTS) {
    it(`is one event although ${name}`, async () => {
      const count = faults.length;
      const left = meet(...faults);
      const sending = client();
      await sending.track(event("u1"));
      await sending.flush();
      assert.deepEqual(
        [...(await bench.warehouse.events()).values()].map(({ ACTOR_ID, _COPIES }) => [ACTOR_ID, _COPIES]),
        [["u1", copies]],
      );
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
    assert.deepEqual([...new Set(failures)], ["ETIMEDOUT: no answer within 300 ms"]);
    assert.equal((await bench.warehouse.landed()).length, 1);
  });

  it("an answer that comes after timeoutMs changes nothing: the next attempt is told of the same", async () => {
    meet({ kind: "late", ms: 600 });
    const sending = client({ timeoutMs: 300 });
    await sending.track(event("u1"));
    await sending.flush();
    assert.ok(sending.metrics().retries >= 1);
    assert.equal((await bench.warehouse.landed()).length, 1);
  });

  it("an answer in small pieces and a token that is renewed are no failures", async () => {
    const left = meet({ kind: "trickle", pieces: 20 }, { kind: "token-expired" });
    const sending = client();
    await sending.track(event("u1"));
    await sending.flush();
    await sending.track(event("u2"));
    await sending.flush();
    assert.deepEqual([sending.metrics().retries, left.length], [0, 0]);
    assert.equal((await bench.warehouse.landed()).length, 2);
  });

  it("keeps its session over failures of the connection, as Snowflake recognises a repeated request in it", async () => {
    // The third failure in a row would bring a new one.
    const faults: (Fault | undefined)[] = [{ kind: "reset" }, { kind: "answer-lost" }, undefined, { kind: "reset" }];
    bench.proxy.plan = ({ query }) => (query ? faults.shift() : undefined);
    const sending = client();
    let logins = 0;
    const plan = bench.proxy.plan;
    bench.proxy.plan = (request) => {
      if (request.login) logins++;
      return plan(request);
    };
    for (const actor of ["u1", "u2"]) {
      await sending.track(event(actor));
      await sending.flush();
    }
    await sending.track(event("u3"));
    await sending.flush();
    assert.equal((await bench.warehouse.landed()).length, 3);
    assert.deepEqual([logins, sending.metrics().retries], [1, 3]);
  });

  it("waits for as long as a proxy asks for, if that is longer than its own wait", async () => {
    const later = new Date(Date.now() + 3_600_000).toUTCString();
    meet({ kind: "status", status: 429, retryAfter: "1" }, { kind: "status", status: 503, retryAfter: later });
    const sending = client();
    const waits: number[] = [];
    const told = new Promise<void>((resolve) =>
      sending.on("failure", ({ waitMs }) => waits.push(waitMs) === 2 && resolve()),
    );
    await sending.track(event("u1"));
    await told;
    // An hour is cut to the longest wait that is believed.
    assert.deepEqual(waits, [1000, 60_000]);
  });

  it("a slow server is waited for", async () => {
    meet({ kind: "delay", ms: 400 });
    const sending = client();
    await sending.track(event("u1"));
    await sending.flush();
    assert.equal(sending.metrics().retries, 0);
    assert.equal((await bench.warehouse.landed()).length, 1);
  });

  for (const [name, faults] of [
    ["the answer to the one ahead is lost", [{ kind: "delay", ms: 300 }, { kind: "answer-lost" }]],
    ["the first meets a broken connection, the one ahead does not", [{ kind: "reset" }]],
    ["the answer to the first comes after that to the one ahead", [{ kind: "late", ms: 300 }]],
    ["both answers are lost", [{ kind: "answer-lost" }, { kind: "answer-lost" }]],
    ["the session ends under both", [{ kind: "delay", ms: 300 }, { kind: "logged-out" }]],
  ] as [string, Fault[]][]) {
    it(`lands every event once of two batches under way although ${name}`, async () => {
      const left = meet(...faults);
      const sending = client({ batch: { maxEvents: 2 } });
      await sending.trackMany(many(4));
      await sending.flush();
      assert.equal(left.length, 0);
      assert.equal((await bench.warehouse.landed()).length, 4);
      assert.equal(sending.metrics().queuedEvents, 0);
    });
  }

  it("logs in again when the server has ended the session", async () => {
    const sending = client();
    await sending.track(event("u1"));
    await sending.flush();
    const left = meet({ kind: "logged-out" });
    const failures: string[] = [];
    sending.on("failure", ({ message }) => failures.push(message));
    await sending.track(event("u2"));
    await sending.flush();
    assert.equal((await bench.warehouse.landed()).length, 2);
    assert.deepEqual(
      [left.length, failures],
      [0, ["407002 (08003): Unable to perform operation using terminated connection."]],
    );
  });

  it("opens the circuit after failures in a row and closes it with the first success", async () => {
    let broken = true;
    bench.proxy.plan = ({ query }) => (query && broken ? { kind: "status", status: 503 } : undefined);
    const sending = client();
    let failures = 0;
    const opened = new Promise<void>((resolve) => sending.on("failure", () => ++failures === 5 && resolve()));
    await sending.track(event("u1"));
    await opened;
    assert.equal(sending.metrics().circuit, "open");
    broken = false;
    await sending.flush();
    assert.equal(sending.metrics().circuit, "closed");
    assert.equal((await bench.warehouse.landed()).length, 1);
  });

  it("does not hammer at a login that is refused, since five wrong passwords in a row lock the user", async () => {
    const { server } = bench;
    const sending = new EventClient({
      connection: {
        account: server.account,
        accessUrl: `http://${server.host}:${server.port}`,
        username: server.user,
        password: "wrong",
      } as ConnectionOptions,
      spool: bench.spool(),
    });
    bench.open.push(sending);
    const refused = new Promise<AttemptFailure>((resolve) => sending.once("failure", resolve));
    await sending.track(event("u1"));
    const { message, loginRefused, transient, waitMs } = await refused;
    assert.match(message, /^390100/);
    assert.deepEqual([loginRefused, transient, waitMs], [true, false, 30_000]);
    assert.equal(sending.metrics().circuit, "open");
    const began = Date.now();
    await sending.close({ timeoutMs: 60_000 });
    assert.ok(Date.now() - began < 5000, "to close waits for no login");
  });

  it("lets a lock of the user pass before it tries a third refused login again", async () => {
    const { server } = bench;
    const sending = new EventClient({
      connection: {
        account: server.account,
        accessUrl: `http://${server.host}:${server.port}`,
        username: server.user,
        password: "wrong",
      } as ConnectionOptions,
      spool: bench.spool(),
      backoff: { baseMs: 1, capMs: 20 },
    });
    bench.open.push(sending);
    const waits: number[] = [];
    const three = new Promise<void>((resolve) =>
      sending.on("failure", ({ waitMs }) => {
        if (waits.push(waitMs) === 3) resolve();
      }),
    );
    await sending.track(event("u1"));
    await three;
    assert.deepEqual(waits, [20, 20, 640]);
    await sending.close({ timeoutMs: 60_000 });
  });
});
