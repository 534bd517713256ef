import assert from "node:assert/strict";
import { TestWarehouse } from "./warehouse";

/** https://github.com/ActivitySchema/ActivitySchema/blob/main/2.0.md, then the two columns its dbt packages need. */
const COLUMNS: [name: string, type: RegExp][] = [
  ["ACTIVITY_ID", /^VARCHAR/],
  ["TS", /^TIMESTAMP_NTZ/],
  ["CUSTOMER", /^VARCHAR/],
  ["ACTIVITY", /^VARCHAR/],
  ["ANONYMOUS_CUSTOMER_ID", /^VARCHAR/],
  ["FEATURE_JSON", /^VARIANT$/],
  ["REVENUE_IMPACT", /^NUMBER\(38,6\)$/],
  ["LINK", /^VARCHAR/],
  ["ACTIVITY_OCCURRENCE", /^NUMBER/],
  ["ACTIVITY_REPEATED_AT", /^TIMESTAMP_NTZ/],
];

const stamped = (action: string, at: string, more: object) => ({ action, occurred_at: at, _recv_at: at, ...more });

describe("<ENTITY>_STREAM", () => {
  let warehouse: TestWarehouse;
  before(async () => {
    warehouse = await TestWarehouse.start();
  });
  after(() => warehouse?.close());

  const stream = async (where: string, columns: string) =>
    (
      await warehouse.query(
        `SELECT ${columns} FROM CLAUDE_BI.ACTIVITY.CUSTOMER_STREAM WHERE ${where} ORDER BY TS, ACTIVITY_ID`,
      )
    ).map((row) => Object.values(row));
  const time = (column: string) => `TO_VARCHAR(${column}, 'MM-DD HH24:MI') AS ${column}_TEXT`;

  it("has the columns of Activity Schema 2.0, in their types, and no other", async () => {
    const rows = await warehouse.query("DESCRIBE VIEW CLAUDE_BI.ACTIVITY.CUSTOMER_STREAM");
    assert.deepEqual(
      rows.map(({ name }) => name),
      COLUMNS.map(([name]) => name),
    );
    for (const [i, [name, type]] of COLUMNS.entries()) assert.match(String(rows[i]?.type), type, name);
  });

  it("tells each event as an activity: time in UTC, features as an object, revenue and link", async () => {
    await warehouse.ingest([
      stamped("order.placed", "2026-03-01T12:00:00+02:00", {
        actor_id: "rich",
        anonymous_actor_id: "was-anon",
        attributes: { price: 19.99 },
        revenue_impact: 19.99,
        link: "https://example.com/1",
      }),
      stamped("order.placed", "2026-03-01T12:00:00Z", { actor_id: "poor" }),
    ]);
    const rows = await warehouse.query(
      `SELECT *, TO_VARCHAR(TS, 'YYYY-MM-DD HH24:MI:SS') AS T FROM CLAUDE_BI.ACTIVITY.CUSTOMER_STREAM WHERE CUSTOMER IN ('rich', 'poor') ORDER BY TS`,
    );
    assert.deepEqual(
      rows.map(({ ACTIVITY_ID, TS: _, ...row }) => ({ ...row, isHash: /^[0-9a-f]{64}$/.test(String(ACTIVITY_ID)) })),
      [
        {
          CUSTOMER: "rich",
          ACTIVITY: "order.placed",
          ANONYMOUS_CUSTOMER_ID: "was-anon",
          FEATURE_JSON: { price: 19.99 },
          REVENUE_IMPACT: 19.99,
          LINK: "https://example.com/1",
          ACTIVITY_OCCURRENCE: 1,
          ACTIVITY_REPEATED_AT: null,
          T: "2026-03-01 10:00:00",
          isHash: true,
        },
        {
          CUSTOMER: "poor",
          ACTIVITY: "order.placed",
          ANONYMOUS_CUSTOMER_ID: null,
          FEATURE_JSON: {},
          REVENUE_IMPACT: null,
          LINK: null,
          ACTIVITY_OCCURRENCE: 1,
          ACTIVITY_REPEATED_AT: null,
          T: "2026-03-01 12:00:00",
          isHash: true,
        },
      ],
    );
  });

  it("numbers occurrences per activity and person, known or anonymous", async () => {
    const at = (minute: string) => `2026-03-02T10:${minute}:00Z`;
    await warehouse.ingest([
      stamped("page.viewed", at("00"), { actor_id: "u1" }),
      stamped("order.placed", at("05"), { actor_id: "u1" }),
      stamped("page.viewed", at("10"), { actor_id: "u1" }),
      stamped("page.viewed", at("07"), { anonymous_actor_id: "anon-9" }),
      stamped("page.viewed", at("08"), { anonymous_actor_id: "anon-9" }),
    ]);
    const columns = `ACTIVITY, ${time("TS")}, CUSTOMER, ANONYMOUS_CUSTOMER_ID, ACTIVITY_OCCURRENCE, ${time("ACTIVITY_REPEATED_AT")}`;
    assert.deepEqual(await stream("COALESCE(CUSTOMER, ANONYMOUS_CUSTOMER_ID) IN ('u1', 'anon-9')", columns), [
      ["page.viewed", "03-02 10:00", "u1", null, 1, "03-02 10:10"],
      ["order.placed", "03-02 10:05", "u1", null, 1, null],
      ["page.viewed", "03-02 10:07", null, "anon-9", 1, "03-02 10:08"],
      ["page.viewed", "03-02 10:08", null, "anon-9", 2, null],
      ["page.viewed", "03-02 10:10", "u1", null, 2, null],
    ]);
  });

  it("numbers an event of nobody by itself", async () => {
    await warehouse.ingest([1, 2].map((n) => stamped("ghost.seen", `2026-03-03T10:00:0${n}Z`, {})));
    assert.deepEqual(
      await stream(
        "ACTIVITY = 'ghost.seen'",
        "CUSTOMER, ANONYMOUS_CUSTOMER_ID, ACTIVITY_OCCURRENCE, ACTIVITY_REPEATED_AT",
      ),
      [
        [null, null, 1, null],
        [null, null, 1, null],
      ],
    );
  });

  it("gives a late event its place, by an incremental refresh of one new group", async () => {
    const order = (occurred: string, received: string) => ({
      action: "order.placed",
      actor_id: "u5",
      occurred_at: `${occurred}T09:00:00Z`,
      _recv_at: received,
    });
    const columns = `${time("TS")}, ACTIVITY_OCCURRENCE, ${time("ACTIVITY_REPEATED_AT")}`;
    const ids = async () => (await stream("CUSTOMER = 'u5'", "ACTIVITY_ID")).flat();
    await warehouse.ingest([order("2026-03-02", "2026-03-02T09:00:01Z"), order("2026-03-03", "2026-03-03T09:00:01Z")]);
    const early = await ids();
    assert.deepEqual(await stream("CUSTOMER = 'u5'", columns), [
      ["03-02 09:00", 1, "03-03 09:00"],
      ["03-03 09:00", 2, null],
    ]);
    await warehouse.ingest([order("2026-03-01", "2026-03-05T12:00:00Z")]);
    assert.deepEqual(await stream("CUSTOMER = 'u5'", columns), [
      ["03-01 09:00", 1, "03-02 09:00"],
      ["03-02 09:00", 2, "03-03 09:00"],
      ["03-03 09:00", 3, null],
    ]);
    assert.deepEqual((await ids()).slice(1), early);
    const [refresh] = await warehouse.query(
      "SELECT REFRESH_ACTION, STATISTICS:numInsertedRows::INT AS N, STATISTICS:numDeletedRows::INT AS D FROM TABLE(CLAUDE_BI.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'CLAUDE_BI.ACTIVITY.EVENTS')) ORDER BY REFRESH_START_TIME DESC LIMIT 1",
    );
    assert.deepEqual({ ...refresh }, { REFRESH_ACTION: "INCREMENTAL", N: 1, D: 0 });
    const letters = await warehouse.query("SELECT * FROM CLAUDE_BI.MCP.DEAD_LETTERS WHERE ACTOR_ID = 'u5'");
    assert.deepEqual(letters, []);
  });

  it("orders ties by activity id, the same way every time", async () => {
    await warehouse.ingest(
      ["a", "b", "c"].map((id) =>
        stamped("tie.made", "2026-03-04T10:00:00Z", { actor_id: "u6", object: { type: "tie", id } }),
      ),
    );
    const rows = await warehouse.query(
      "SELECT ACTIVITY_ID, ACTIVITY_OCCURRENCE AS N, ACTIVITY_REPEATED_AT = TS AS R FROM CLAUDE_BI.ACTIVITY.CUSTOMER_STREAM WHERE CUSTOMER = 'u6' ORDER BY ACTIVITY_ID",
    );
    assert.deepEqual(
      rows.map(({ N, R }) => [N, R]),
      [
        [1, true],
        [2, true],
        [3, null],
      ],
    );
  });

  it("leaves out what the warehouse tells of itself", async () => {
    assert.deepEqual(await stream("SPLIT_PART(ACTIVITY, '.', 1) IN ('system', 'mcp', 'quality')", "ACTIVITY"), []);
  });
});
