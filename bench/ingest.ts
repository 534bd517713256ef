import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBDataChunk, DuckDBInstance, VARCHAR } from "@duckdb/node-api";
import type { Connection } from "snowflake-sdk";
import { eventClient } from "../tests/client/warehouse";
import { execute, query } from "../tests/local/support";
import { call, NAMES, TestWarehouse } from "../tests/sql/warehouse";
import type { Benchmark, Report } from "./benchmark";
import { spread } from "./figures";
import { BATCH, event } from "./ingest/events";

const EVENTS = 100_000;
/** Single INSERTs and array binds are slow enough to be measured over fewer rows. */
const SINGLES = 200;
const BOUND = 20_000;
const ROUNDS = 20;
const TRACKED_PER_SECOND = 1000;
const TRACKED_SECONDS = 10;
const VECTOR = 2048;
const EVENTS_TABLE = `${NAMES.database}.ACTIVITY.EVENTS`;
const RAW = `${NAMES.database}.LANDING.RAW_EVENTS`;

/** Every way in, on one server in files, over the same events: what counts are the ratios. */
export const ingestBenchmark: Benchmark = {
  description: "events into the landing table: the ways in beside one another and beside DuckDB's own appender",
  async run(report) {
    const folder = mkdtempSync(join(tmpdir(), "bench-ingest-"));
    const warehouse = await TestWarehouse.start({ data: join(folder, "data") });
    try {
      const events = Array.from({ length: EVENTS }, (_, n) => event(n));
      const { deployer } = warehouse;
      // A refresh in between would be measured with whatever waits for it.
      await warehouse.query(`ALTER DYNAMIC TABLE ${EVENTS_TABLE} SUSPEND`);
      const ceiling = await appender(join(folder, "ceiling.duckdb"), events);
      report({ what: `DuckDB's appender from Node.js, ${EVENTS} rows in a file`, measured: rate(ceiling), beside: "the ceiling" });
      const procedure = await throughProcedure(deployer, events);
      report({ what: `CALL INGEST_EVENTS, batches of ${BATCH}`, measured: rate(procedure), beside: beside(procedure, ceiling, "of the appender; goals 50 000 events/s and 50 %") });
      const single = await singleInserts(deployer, events);
      report({ what: "single INSERTs", measured: rate(single), beside: `INGEST_EVENTS is ${(procedure.perSecond / single.perSecond).toFixed(0)} times as fast; goal 100 times` });
      const bound = await arrayBind(deployer, events);
      report({ what: "INSERT with an array bind", measured: rate(bound), beside: beside(bound, procedure, "of INGEST_EVENTS") });
      await oneEvent(deployer, report);
      const client = await throughClient(warehouse, join(folder, "spool"));
      report({ what: "the client in a process of its own: fsync of every record, then INGEST_EVENTS", measured: rate(client), beside: beside(client, procedure, "of INGEST_EVENTS alone; goal 50 000 events/s") });
      await warehouse.query(`TRUNCATE TABLE ${RAW}`);
      await untilVisible(warehouse, join(folder, "latency"), report);
    } finally {
      await warehouse.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
}; // biome-ignore format: one figure a line

interface Speed {
  perSecond: number;
  /** Of server and driver together, microseconds per event: what a busy machine does not change. */
  processor: number;
}

const rate = ({ perSecond, processor }: Speed) =>
  `${Math.round(perSecond).toLocaleString("en")} events/s, ${processor.toFixed(0)} µs of processor time each`;
const beside = (value: Speed, other: Speed, words: string) =>
  `${((100 * value.perSecond) / other.perSecond).toFixed(1)} % ${words}`;

async function speedOf(count: number, work: () => Promise<unknown>): Promise<Speed> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const perSecond = (count * 1000) / (performance.now() - began);
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond, processor: (user + system) / count };
}

/** The same rows without any server: columns of texts, as the landing table has them, committed to a file. */
async function appender(path: string, events: readonly object[]): Promise<Speed> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run("CREATE TABLE raw_events (payload VARCHAR, lane VARCHAR, recv_at VARCHAR)");
  const speed = await speedOf(events.length, async () => {
    const rows = await connection.createAppender("raw_events");
    for (let start = 0; start < events.length; start += VECTOR) {
      const part = events.slice(start, start + VECTOR);
      const chunk = DuckDBDataChunk.create([VARCHAR, VARCHAR, VARCHAR], part.length);
      chunk.setColumns([
        part.map((one) => JSON.stringify(one)),
        part.map(() => "DIRECT"),
        part.map(() => "2026-03-01 00:00:00+00"),
      ]);
      rows.appendDataChunk(chunk);
    }
    rows.closeSync();
  });
  connection.closeSync();
  instance.closeSync();
  return speed;
}

async function throughProcedure(connection: Connection, events: readonly object[]): Promise<Speed> {
  const ingest = (part: readonly object[]) =>
    call(connection, "INGEST_EVENTS(PARSE_JSON(?), ?)", [JSON.stringify(part), "BENCH"]);
  for (let round = 0; round < 3; round++) await ingest(events.slice(0, 100));
  return speedOf(events.length, async () => {
    for (let start = 0; start < events.length; start += BATCH) {
      const { accepted } = await ingest(events.slice(start, start + BATCH));
      if (accepted !== BATCH) throw new Error(`INGEST_EVENTS accepted ${accepted} of ${BATCH}`);
    }
  });
}

function singleInserts(connection: Connection, events: readonly object[]): Promise<Speed> {
  return speedOf(SINGLES, async () => {
    for (const one of events.slice(0, SINGLES))
      await query(connection, `INSERT INTO ${RAW} (PAYLOAD, _SOURCE_LANE) SELECT PARSE_JSON(?), 'BENCH'`, [
        JSON.stringify(one),
      ]);
  });
}

function arrayBind(connection: Connection, events: readonly object[]): Promise<Speed> {
  const binds = events.slice(0, BOUND).map((one) => [JSON.stringify(one)]);
  return speedOf(BOUND, () =>
    execute(connection, `INSERT INTO ${RAW} (PAYLOAD, _SOURCE_LANE) SELECT PARSE_JSON(?), 'BENCH'`, { binds }),
  );
}

async function oneEvent(connection: Connection, report: Report): Promise<void> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, text, value] of [
      ["INGEST_EVENTS", "INGEST_EVENTS(PARSE_JSON(?), ?)", JSON.stringify([event(round)])],
      ["SAFE_INSERT_EVENT", "SAFE_INSERT_EVENT(PARSE_JSON(?), ?)", JSON.stringify(event(round))],
    ] as const) {
      const began = performance.now();
      await call(connection, text, [value, "BENCH"]);
      times[name] = [...(times[name] ?? []), performance.now() - began];
    }
  for (const [name, values] of Object.entries(times))
    report({ what: `CALL ${name} of one event`, measured: spread(values), beside: "goal 30 ms" });
}

/** The producer's process and this one, which holds the server, together. */
async function throughClient({ server }: TestWarehouse, spool: string): Promise<Speed> {
  const { host, port, account, user } = server;
  const address = JSON.stringify({ host, port, account, user });
  const loader = ["--require", "ts-node/register/transpile-only"];
  const producer = fork(join(__dirname, "ingest", "producer.ts"), [address, spool, String(EVENTS)], {
    execArgv: loader,
  });
  await message(producer);
  const cpu = process.cpuUsage();
  const { milliseconds, processor } = (await message(producer)) as { milliseconds: number; processor: number };
  const { user: own, system } = process.cpuUsage(cpu);
  await once(producer, "exit");
  return { perSecond: (EVENTS * 1000) / milliseconds, processor: (processor + own + system) / EVENTS };
}

/** The next message of a child. */
const message = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const left = (code: number | null) => reject(new Error(`the producer ended with ${code}`));
    child.once("exit", left);
    child.once("message", (said) => {
      child.off("exit", left);
      resolve(said);
    });
  });

/** From `track` until the event is a row of EVENTS, which is refreshed as soon as it can be. */
async function untilVisible(warehouse: TestWarehouse, spool: string, report: Report): Promise<void> {
  const client = eventClient(warehouse.server, spool, { batch: { maxAgeMs: 50 } });
  const trackedAt = new Map<string, number>();
  const waits: number[] = [];
  const total = TRACKED_PER_SECOND * TRACKED_SECONDS;
  let seen = 0;
  const reader = (async () => {
    while (seen < total) {
      await warehouse.refresh();
      // Only what may be new: actors are numbered.
      const [first = ""] = trackedAt.keys();
      const rows = await warehouse.query(
        `SELECT ACTOR_ID FROM ${EVENTS_TABLE} WHERE ACTION = 'bench.tracked' AND ACTOR_ID >= ?`,
        undefined,
        [first],
      );
      const now = performance.now();
      for (const { ACTOR_ID } of rows) {
        const began = trackedAt.get(ACTOR_ID as string);
        if (began === undefined) continue;
        trackedAt.delete(ACTOR_ID as string);
        waits.push(now - began);
        seen++;
      }
    }
  })();
  const began = performance.now();
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * TRACKED_PER_SECOND));
    const part = Array.from({ length: due - sent }, (_, i) => ({
      action: "bench.tracked",
      actor_id: `t${String(sent + i).padStart(9, "0")}`,
    }));
    for (const { actor_id } of part) trackedAt.set(actor_id, performance.now());
    if (part.length > 0) await client.trackMany(part as never);
    sent = due;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await reader;
  await client.close();
  report({
    what: `track → visible in EVENTS, ${TRACKED_PER_SECOND} events/s for ${TRACKED_SECONDS} s, refreshed without a pause`,
    measured: spread(waits),
  });
}
