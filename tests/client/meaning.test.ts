import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileSource } from "../../cli/load/fileSource";
import { load } from "../../cli/load/load";
import { LoadStates } from "../../cli/load/loadState";
import { outputsOn } from "../../cli/warehouse/ingestPath";
import { BatchSender } from "../../client/batchSender";
import { connectionOptions } from "../../client/connectionOptions";
import type { EventClient, EventInput } from "../../client/index";
import type { LocalServer } from "../../local/index";
import { ADMIN_PASSWORD, type Row, startServer } from "../local/support";
import { EventWarehouse, eventClient, temporaryFolder } from "./warehouse";

describe("What an event means, from its producer to EVENTS", () => {
  let server: LocalServer;
  let warehouse: EventWarehouse;
  let client: EventClient;
  const home = temporaryFolder();

  before(async () => {
    server = await startServer();
    warehouse = await EventWarehouse.deploy(server);
    client = eventClient(server, join(home.folder, "spool"), { lane: "SHOP" });
  });
  after(async () => {
    await client.close();
    await warehouse.close();
    await server.close();
    home.remove();
  });

  /** Lines of a file, as `npm run load` brings them in. */
  const loadLines = async (name: string, lines: readonly string[]) => {
    const path = join(home.folder, name);
    writeFileSync(path, lines.join("\n"));
    const outputs = outputsOn(server);
    const credentials = { username: server.user, password: ADMIN_PASSWORD } as never;
    const sender = new BatchSender({ connection: connectionOptions(outputs, credentials), lane: "FILE" });
    const states = new LoadStates(join(home.folder, "loads"));
    const send = sender.send.bind(sender);
    const result = await load(await fileSource(path), { lane: "FILE", target: "t", states, send });
    await sender.close();
    return result;
  };
  const track = async (...events: EventInput[]) => {
    const receipts = await client.trackMany(events);
    await client.flush();
    return receipts.map(({ eventId }) => eventId);
  };
  /** Expressions over the events of an actor, in the order in which they occurred. */
  const ask = async (actor: string, ...expressions: string[]): Promise<unknown[][]> => {
    const { events } = warehouse.outputs.tables;
    await warehouse.query(`ALTER DYNAMIC TABLE ${events} REFRESH`);
    const columns = expressions.map((expression, at) => `${expression} AS C${at}`).join(", ");
    const rows: Row[] = await warehouse.query(
      `SELECT ${columns} FROM ${events} WHERE ACTOR_ID = '${actor}' ORDER BY OCCURRED_AT, EVENT_ID`,
    );
    return rows.map((row) => expressions.map((_, at) => row[`C${at}`]));
  };

  it("an attribute may change its type from event to event: each value keeps its own", async () => {
    const prices = ["10", "19.99", '"19.99"', "null", undefined, "1.912e2", "[1]", '{"a":1}', "true"];
    const { accepted, rejected } = await loadLines(
      "prices.ndjson",
      prices.map(
        (price, second) =>
          `{"action":"price.seen","actor_id":"types","occurred_at":"2026-03-01T10:00:0${second}Z","attributes":{${price === undefined ? "" : `"price":${price}`}}}`,
      ),
    );
    assert.deepEqual([accepted, rejected], [prices.length, 0]);
    assert.deepEqual((await ask("types", "TYPEOF(ATTRIBUTES:price)")).flat(), [
      "INTEGER",
      "DECIMAL",
      "VARCHAR",
      "NULL_VALUE",
      null,
      "DOUBLE",
      "ARRAY",
      "OBJECT",
      "BOOLEAN",
    ]);
  });

  it("a number keeps every digit, by file and by track", async () => {
    const digits = "12345678901234567890123";
    await loadLines("digits.ndjson", [
      `{"action":"account.opened","actor_id":"digits","occurred_at":"2026-03-01T10:00:00Z","attributes":{"account":${digits},"price":123.10}}`,
    ]);
    await track({
      action: "account.opened",
      actor_id: "digits",
      occurred_at: "2026-03-01T10:00:01Z",
      attributes: { account: BigInt(digits), price: 123.1 },
    });
    assert.deepEqual(
      await ask("digits", "ATTRIBUTES:account::VARCHAR", `ATTRIBUTES:account = ${digits}`, "ATTRIBUTES:price::VARCHAR"),
      [
        [digits, true, "123.1"],
        [digits, true, "123.1"],
      ],
    );
  });

  it("null, missing and empty are three things in attributes and one in the fields of an identity", async () => {
    await track({ action: "a.b", actor_id: "nulls", attributes: { a: null, e: "" } });
    assert.deepEqual(
      await ask(
        "nulls",
        "ATTRIBUTES:a IS NULL",
        "IS_NULL_VALUE(ATTRIBUTES:a)",
        "ATTRIBUTES:b IS NULL",
        "ATTRIBUTES:e::VARCHAR",
      ),
      [[false, true, true, ""]],
    );
    const at = { action: "a.b", occurred_at: "2026-03-01T10:00:00Z", _recv_at: "2026-03-01T10:00:00Z" };
    const ids = await track({ ...at, actor_id: null }, { ...at, actor_id: "" }, at);
    assert.equal(new Set(ids).size, 1);
  });

  it("one instant at two offsets is one event, and stands in EVENTS in UTC", async () => {
    const event = { action: "a.b", actor_id: "zones", _recv_at: "2026-01-01T10:00:00Z" };
    const ids = await track(
      { ...event, occurred_at: "2026-01-01T10:00:00+09:00" },
      { ...event, occurred_at: "2026-01-01T01:00:00Z" },
      { ...event, occurred_at: "2025-12-31 17:00:00-08" },
      { ...event, occurred_at: new Date("2026-01-01T01:00:00Z") },
    );
    assert.equal(new Set(ids).size, 1);
    assert.deepEqual(await ask("zones", "TO_CHAR(OCCURRED_AT, 'YYYY-MM-DD HH24:MI:SS')", "_COPIES"), [
      ["2026-01-01 01:00:00", 4],
    ]);
  });

  it("what comes late takes its place by when it occurred, and changes no id of the others", async () => {
    const on = (day: string, received: string): EventInput => ({
      action: "order.placed",
      actor_id: "late",
      occurred_at: `2026-03-${day}T09:00:00Z`,
      _recv_at: received,
    });
    const ids = await track(on("02", "2026-03-02T09:00:01Z"), on("03", "2026-03-03T09:00:01Z"));
    assert.deepEqual((await ask("late", "EVENT_ID")).flat(), ids);
    const [late] = await track(on("01", "2026-03-05T12:00:00Z"));
    assert.deepEqual((await ask("late", "EVENT_ID")).flat(), [late, ...ids]);
  });

  it("events of 300 000 bytes come in whole, as many at once as there are", async () => {
    await track(
      ...Array.from({ length: 5 }, (_, n) => ({
        action: "note.added",
        actor_id: "heavy",
        occurred_at: new Date(Date.UTC(2026, 2, 1, 10, 0, n)),
        attributes: { blob: "x".repeat(300_000), tag: `keep-me-${n}` },
      })),
    );
    assert.deepEqual(
      await ask("heavy", "LENGTH(ATTRIBUTES:blob::VARCHAR)", "ATTRIBUTES:tag::VARCHAR"),
      Array.from({ length: 5 }, (_, n) => [300_000, `keep-me-${n}`]),
    );
  });
});
