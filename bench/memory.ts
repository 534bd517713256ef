import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { startChildServer } from "../cli/server/childServer";
import { ingestPath, outputsOn } from "../cli/warehouse/ingestPath";
import { WarehouseReader } from "../cli/warehouse/warehouseReader";
import { EventClient } from "../client/index";
import type { Benchmark } from "./benchmark";

const EVENTS = Number(process.env.BENCH_MEMORY_EVENTS ?? 10_000_000);
const AT_ONCE = 5000;
const READINGS = 10;
/** The landing table is emptied now and then: what grows with the events must not be this machine's disk. */
const EMPTIED_EVERY = 500_000;
const PASSWORD = "only-for-this-measurement";

const event = (n: number) => ({
  action: "order.placed",
  occurred_at: new Date(Date.UTC(2026, 2, 1) + n),
  actor_id: `u${n % 1000}`,
  object: { type: "order", id: `o${n}` },
  attributes: { amount: n % 97, currency: "EUR", items: [1, 2, 3] },
  source: "shop",
});

setFlagsFromString("--expose-gc");
/** What is resident depends on when garbage was collected last; what is kept does not. */
const collectGarbage = runInNewContext("gc") as () => void;

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** The server is a process of its own, so that what is measured is the client with its driver and its events. */
export const memoryBenchmark: Benchmark = {
  description: `the memory of the event client over ${EVENTS.toLocaleString("en")} events, fsync of every write`,
  async run(report) {
    const folder = mkdtempSync(join(tmpdir(), "bench-memory-"));
    const server = await startChildServer({ folder, password: PASSWORD });
    try {
      const outputs = outputsOn(server);
      const reader = await WarehouseReader.open(outputs, server.user, PASSWORD, "ACCOUNTADMIN");
      for (const statement of ingestPath(outputs)) await reader.query(statement);
      await reader.query(`ALTER DYNAMIC TABLE ${outputs.tables.events} SUSPEND`);
      const client = new EventClient({
        outputs,
        connection: { username: server.user, password: PASSWORD } as never,
        spool: { folder: join(folder, "spool"), maxBytes: 64 << 20 },
      });
      const kept: number[] = [];
      const began = performance.now();
      for (let done = 0; done < EVENTS; ) {
        const part = Math.min(AT_ONCE, EVENTS - done);
        const first = done;
        await client.trackMany(Array.from({ length: part }, (_, n) => event(first + n)));
        done += part;
        if (done % EMPTIED_EVERY < AT_ONCE) await reader.query(`TRUNCATE TABLE ${outputs.tables.rawEvents}`);
        if (done < ((kept.length + 1) * EVENTS) / READINGS) continue;
        const { rss } = process.memoryUsage();
        collectGarbage();
        const { heapUsed, external } = process.memoryUsage();
        kept.push(heapUsed + external);
        const waiting = client.metrics().queuedBytes;
        const measured = `${mebibytes(rss)} resident, ${mebibytes(heapUsed + external)} kept`;
        report({
          what: `after ${done.toLocaleString("en")} events`,
          measured,
          beside: `${mebibytes(waiting)} wait in the spool`,
        });
      }
      await client.flush({ timeoutMs: 600_000 });
      const { delivered } = client.metrics();
      await client.close();
      await reader.close();
      if (delivered !== EVENTS) throw new Error(`${delivered} of ${EVENTS} events were delivered`);
      const early = Math.max(...kept.slice(0, 3));
      const late = Math.max(...kept.slice(-3));
      report({
        what: "kept, most of the last three readings",
        measured: mebibytes(late),
        beside: `${(late / early).toFixed(2)} times the most of the first three; flat is about 1`,
      });
      const perSecond = Math.round((EVENTS * 1000) / (performance.now() - began));
      report({ what: "delivered meanwhile", measured: `${perSecond.toLocaleString("en")} events/s` });
    } finally {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
