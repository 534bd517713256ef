import type { Connection } from "snowflake-sdk";
import { renderSqlFile, stripHeader } from "../components/renderSql";
import { query } from "../tests/local/support";
import { call, NAMES, TestWarehouse, VALUES } from "../tests/sql/warehouse";
import type { Benchmark, Report } from "./benchmark";
import { median, spread, timed } from "./figures";

/** Ten million rows take half an hour on a laptop: only when asked for. */
const SIZES = process.env.BENCH_ROWS ? [Number(process.env.BENCH_ROWS)] : [100_000, 1_000_000];
const CHUNK = 100_000;
const ROUNDS = 5;
const LOOK_UPS = 200;
const PLANS = 10;
const EVENTS = `${NAMES.database}.ACTIVITY.EVENTS`;

/** The events table as it grows: what a refresh costs, finding one event, and plans over all of them. */
export const refreshBenchmark: Benchmark = {
  description: "EVENTS as it grows: refreshing 1 % new rows, finding one event, query plans (BENCH_ROWS sets one size)",
  async run(report) {
    const medians: number[] = [];
    for (const size of SIZES) medians.push(await measure(size, report));
    const [small, large] = medians;
    if (small && large)
      report({
        what: `the same rows into a base ten times as large`,
        measured: `${(large / small).toFixed(2)} times the time`,
        beside: "flat would be 1",
      });
  },
};

/** Gives the median of refreshing as many new rows as 1 % of the smallest size. */
async function measure(size: number, report: Report): Promise<number> {
  const warehouse = await TestWarehouse.start();
  try {
    const { deployer } = warehouse;
    await query(deployer, `ALTER DYNAMIC TABLE ${EVENTS} SUSPEND`);
    for (let from = 0; from < size; from += CHUNK) await insert(deployer, from, Math.min(CHUNK, size - from));
    const first = await timed(() => warehouse.refresh());
    const rebuild = await timed(() => query(deployer, `SELECT COUNT(*), MAX(_COPIES) FROM (${wholeQuery()})`));
    const onePercent = size / 100;
    const fixed = Math.min(...SIZES) / 100;
    const refreshed = async (from: number, rows: number) => {
      await insert(deployer, from, rows);
      return timed(() => warehouse.refresh());
    };
    const grown: number[] = [];
    for (let round = 0; round < ROUNDS; round++) grown.push(await refreshed(size + round * onePercent, onePercent));
    const same: number[] = [];
    for (let round = 0; round < ROUNDS; round++) same.push(await refreshed(2 * size + round * fixed, fixed));
    const rows = size.toLocaleString("en");
    report({
      what: `${rows} rows: first refresh, of all of them`,
      measured: `${first.toFixed(0)} ms, ${Math.round((size * 1000) / first).toLocaleString("en")} rows/s`,
    });
    report({
      what: `${rows} rows: refresh of 1 % new rows`,
      measured: `${median(grown).toFixed(0)} ms`,
      beside: `${((100 * median(grown)) / first).toFixed(1)} % of the first refresh, ${((100 * median(grown)) / rebuild).toFixed(1)} % of running its query over all rows; goal 5 %`,
    });
    report({
      what: `${rows} rows: refresh of ${fixed.toLocaleString("en")} new rows`,
      measured: `${median(same).toFixed(0)} ms`,
    });
    await lookUps(deployer, rows, report);
    await plans(warehouse, rows, report);
    return median(same);
  } finally {
    await warehouse.close();
  }
}

/** Events numbered from `from` on; every 50th is there twice. */
const insert = (connection: Connection, from: number, count: number) =>
  query(
    connection,
    `INSERT INTO ${NAMES.database}.LANDING.RAW_EVENTS (PAYLOAD, _RECV_AT)
     SELECT OBJECT_CONSTRUCT('action', 'page.viewed', 'actor_id', 'u' || MOD(n, 977), 'occurred_at', '2026-01-01T00:00:' || LPAD(MOD(n, 60)::VARCHAR, 2, '0') || 'Z',
              'object', OBJECT_CONSTRUCT('type', 'page', 'id', IFF(MOD(n, 50) = 0, n + 1, n)::VARCHAR), 'attributes', OBJECT_CONSTRUCT('n', n)), '2026-01-02 00:00:00 +00:00'::TIMESTAMP_TZ
     FROM (SELECT ${from} + ROW_NUMBER() OVER (ORDER BY 1) - 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => ${count})))`,
  );

/** The query of the dynamic table. */
const wholeQuery = () => stripHeader(renderSqlFile("dynamic_tables/events.sql", VALUES)).split(/\nas\n/i)[1] ?? "";

async function lookUps(connection: Connection, rows: string, report: Report): Promise<void> {
  const ids = await query(connection, `SELECT EVENT_ID FROM ${EVENTS} SAMPLE (${LOOK_UPS} ROWS)`);
  const times: number[] = [];
  for (const { EVENT_ID } of ids)
    times.push(
      await timed(() => query(connection, `SELECT * FROM ${EVENTS} WHERE EVENT_ID = ?`, [EVENT_ID as string])),
    );
  report({ what: `${rows} rows: one event by its id`, measured: spread(times), beside: "goal: p99 50 ms" });
}

async function plans(warehouse: TestWarehouse, rows: string, report: Report): Promise<void> {
  await call(warehouse.deployer, "GRANT_USER_PERMISSION('ADMIN', 'page.*')");
  const plan = {
    actions: ["page.viewed"],
    window: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" },
    measures: ["count"],
    group_by: ["actor_id"],
    limit: 10,
  };
  const times: number[] = [];
  for (let round = 0; round < PLANS; round++)
    times.push(
      await timed(() => call(warehouse.deployer, "EXECUTE_QUERY_PLAN(PARSE_JSON(?))", [JSON.stringify(plan)])),
    );
  report({ what: `${rows} rows: EXECUTE_QUERY_PLAN, count per actor`, measured: spread(times), beside: "goal 200 ms" });
}
