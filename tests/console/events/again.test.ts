import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { EventsConsole, event, idsOf, next, track } from "./support";

describe("Events over HTTP that are sent again", () => {
  let http: EventsConsole;
  before(async () => {
    http = await EventsConsole.open();
  });
  after(() => http.close());

  it("a message that is sent again counts once: at the same time, later, and after a restart", async () => {
    const spool = http.newSpool();
    const first = await http.start({ spool });
    const message = track();
    const body = { batch: [message, message] };
    const answers = await Promise.all([1, 2, 3].map(() => http.send("/v1/batch", body, { url: first.url })));
    answers.push(await http.send("/v1/track", message, { url: first.url }));
    assert.deepEqual(
      answers.map(({ said }) => said.accepted),
      [1, 0, 0, 0],
    );
    await first.close();
    const second = await http.start({ spool });
    const again = await http.send("/v1/track", message, { url: second.url });
    await second.close();
    const ids = new Set([...answers, again].flatMap(({ said }) => idsOf(said)));
    assert.equal(ids.size, 1);
    await http.landed([...ids]);
    const rows = [...(await http.warehouse.events()).values()].filter(({ ACTOR_ID }) => ACTOR_ID === message.userId);
    assert.equal(rows.length, 1);
  });

  it("a message that stands twice in a long batch counts once, however long the batch is read", async () => {
    const message = track();
    const { said } = await http.send("/v1/batch", {
      batch: [message, ...Array.from({ length: 2000 }, () => track()), message],
    });
    assert.deepEqual([said.accepted, said.duplicate, said.invalid], [2001, 1, 0]);
    const ids = idsOf(said);
    assert.equal(ids.at(-1), ids[0]);
  });

  it("another event under an id that was used is not passed over in silence", async () => {
    const message = track();
    await http.send("/v1/track", message);
    const { status, said } = await http.send("/v1/track", { ...message, event: "Order Cancelled" });
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
    const first = await http.send("/v1/events", body, { headers });
    const again = await http.send("/v1/events", body, { headers });
    assert.deepEqual([first.said.accepted, again.said.accepted, again.said.duplicate], [2, 0, 2]);
    assert.deepEqual(idsOf(again.said), idsOf(first.said));
  });

  it("tells a producer to come back later while too much waits, and takes the same event then", async () => {
    const spool = http.newSpool();
    const full = await http.start({ spool, maxSpoolBytes: 1 });
    // Both in one tick: the second sees the room that the first took.
    const bodies = Array.from({ length: 20 }, () => event({ message_id: `full-${next()}` }));
    const answers = await Promise.all(bodies.map((body) => http.send("/v1/events", body, { url: full.url })));
    const waiting = answers.findIndex(({ status }) => status === 429);
    assert.ok(waiting > 0);
    const { headers, said } = answers[waiting] as (typeof answers)[number];
    assert.equal(headers.get("retry-after"), "10");
    assert.equal(said.message, "Too many events wait for the warehouse; send this again later");
    for (;;) {
      const again = await http.send("/v1/events", bodies[waiting], { url: full.url });
      if (again.status === 429) continue;
      assert.deepEqual([again.status, again.said.accepted], [200, 1]);
      await http.landed(idsOf(again.said));
      break;
    }
    await full.close();
  });

  it("takes events while the warehouse is away: they wait on the disk, readable by nobody else", async () => {
    const spool = http.newSpool();
    const { outputs } = http.warehouse;
    const offline = await http.start({ spool }, { ...outputs, account: { ...outputs.account, port: 1 } });
    const { status, said } = await http.send("/v1/events", event(), { url: offline.url });
    assert.equal(status, 200);
    await offline.close();
    const online = await http.start({ spool });
    await http.landed(idsOf(said));
    await online.close();
  });

  it("remembers message ids in a file that nobody else can read", async () => {
    const spool = http.newSpool();
    const own = await http.start({ spool });
    await http.send("/v1/track", track(), { url: own.url });
    await own.close();
    const file = join(spool, "message-ids.log");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match(readFileSync(file, "utf8"), /^[0-9a-f]{32} \d{13} [0-9a-f]{16}$/m);
  });
});
