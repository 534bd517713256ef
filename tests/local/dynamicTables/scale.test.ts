import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import { renderSqlFile, stripHeader } from "../../../components/renderSql";
import type { LocalServer } from "../../../local/index";
import { NAMES, VALUES } from "../../sql/warehouse";
import { connect, query, startServer } from "../support";

/** The warehouse's own query, with its chain of common tables and its deduplication, over many events. */
describe("the refresh of the events table", () => {
  const ROWS = 100_000;
  let server: LocalServer;
  let connection: snowflake.Connection;
  const run = (sql: string) => query(connection, sql);
  const { database } = NAMES;

  /** Events numbered from..to-1; every 50th is there twice. */
  const insert = (from: number, count: number) =>
    run(
      `INSERT INTO ${database}.LANDING.RAW_EVENTS (PAYLOAD, _RECV_AT)
       SELECT OBJECT_CONSTRUCT('action', 'page.viewed', 'actor_id', 'u' || MOD(n, 977), 'occurred_at', '2026-01-01T00:00:' || LPAD(MOD(n, 60)::VARCHAR, 2, '0') || 'Z',
                'object', OBJECT_CONSTRUCT('type', 'page', 'id', IFF(MOD(n, 50) = 0, n + 1, n)::VARCHAR)), '2026-01-02 00:00:00 +00:00'::TIMESTAMP_TZ
       FROM (SELECT ${from} + ROW_NUMBER() OVER (ORDER BY 1) - 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => ${count})))`,
    );

  const last = async () =>
    (
      await run(
        `SELECT REFRESH_ACTION, STATISTICS:numInsertedRows::INT AS INSERTED, STATISTICS:numDeletedRows::INT AS DELETED, STATISTICS:numScannedRows::INT AS SCANNED, STATISTICS:executionTimeMs::INT AS MS
         FROM TABLE(${database}.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => '${database}.ACTIVITY.EVENTS', RESULT_LIMIT => 1))`,
      )
    )[0];

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sql of [
      `CREATE WAREHOUSE ${NAMES.warehouses.refresh}`,
      `CREATE DATABASE ${database}`,
      `CREATE SCHEMA ${database}.LANDING`,
      `CREATE TABLE ${database}.LANDING.RAW_EVENTS (PAYLOAD VARIANT NOT NULL, _SOURCE_LANE VARCHAR(64) NOT NULL DEFAULT 'DIRECT', _RECV_AT TIMESTAMP_TZ(9) NOT NULL DEFAULT CURRENT_TIMESTAMP())`,
      `CREATE SCHEMA ${database}.ACTIVITY`,
    ])
      await run(sql);
    await insert(0, ROWS);
    await run(stripHeader(renderSqlFile("dynamic_tables/events.sql", VALUES)));
    await run(`ALTER DYNAMIC TABLE ${database}.ACTIVITY.EVENTS SUSPEND`);
  });

  after(() => server.close());

  it("reads and writes the new rows alone, however many there were", async () => {
    const built = await last();
    assert.equal(built?.SCANNED, ROWS);
    await insert(1_000_000, 100);
    await run(`ALTER DYNAMIC TABLE ${database}.ACTIVITY.EVENTS REFRESH`);
    const { MS, ...refreshed } = (await last()) ?? {};
    assert.deepEqual(refreshed, { REFRESH_ACTION: "INCREMENTAL", INSERTED: 100, DELETED: 0, SCANNED: 100 });
    if (process.env.TIMES) console.log({ built: built?.MS, refreshed: MS });
  });

  it("changes the one row of an event that comes again", async () => {
    await insert(7, 1);
    await run(`ALTER DYNAMIC TABLE ${database}.ACTIVITY.EVENTS REFRESH`);
    const { MS, ...refreshed } = (await last()) ?? {};
    assert.deepEqual(refreshed, { REFRESH_ACTION: "INCREMENTAL", INSERTED: 1, DELETED: 1, SCANNED: 1 });
    assert.deepEqual(
      await run(`SELECT _COPIES, COUNT(*) AS N FROM ${database}.ACTIVITY.EVENTS GROUP BY _COPIES ORDER BY _COPIES`),
      [
        { _COPIES: 1, N: ROWS + 99 },
        { _COPIES: 2, N: 1 },
      ],
    );
    if (process.env.TIMES) console.log({ again: MS });
  });
});
