import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import type { ConnectionOptions } from "snowflake-sdk";
import { EventClient } from "../../client/index";
import { temporaryFolder } from "./warehouse";

const NOWHERE = { account: "A", username: "U", password: "P", accessUrl: "http://127.0.0.1:1" } as ConnectionOptions;

describe("A process with event clients", () => {
  const home = temporaryFolder();
  after(home.remove);

  it("ends on SIGTERM as if nobody listened, once every client is closed and its folder given up", async () => {
    const folder = join(home.folder, "signal");
    const program = ["--require", "ts-node/register/transpile-only", join(__dirname, "clientProcess.ts"), folder];
    const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    const [code, signal] = await once(child, "close");
    assert.deepEqual([code, signal], [null, "SIGTERM"]);
    for (const lane of ["ONE", "TWO"]) {
      assert.ok(!existsSync(join(folder, lane, "owner")), `the folder of ${lane} is given up`);
      assert.ok(readdirSync(join(folder, lane)).some((name) => name.endsWith(".seg")));
    }
  }).timeout(60_000);

  it("has one listener for a signal, however many its clients are, and none when they are closed", async () => {
    const before = process.listenerCount("SIGTERM");
    const clients = Array.from(
      { length: 12 },
      (_, n) => new EventClient({ connection: NOWHERE, spool: join(home.folder, `many${n}`) }),
    );
    assert.equal(process.listenerCount("SIGTERM"), before + 1);
    const [first, ...others] = clients;
    await first?.close();
    assert.equal(process.listenerCount("SIGTERM"), before + 1);
    await Promise.all(others.map((client) => client.close()));
    assert.equal(process.listenerCount("SIGTERM"), before);
  });

  it("goes on when a listener throws: what it threw is an uncaught exception of its own", async () => {
    const uncaught: string[] = [];
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", ({ message }) => uncaught.push(message));
    try {
      const client = new EventClient({
        connection: NOWHERE,
        spool: join(home.folder, "throws"),
        backoff: { baseMs: 1, capMs: 2 },
        closeOnSignals: [],
        onDeadLetter: () => {
          throw new Error("of the dead letter");
        },
      });
      const thirdFailure = new Promise<void>((resolve) => {
        let failures = 0;
        client.on("failure", () => {
          if (++failures === 3) resolve();
          throw new Error("of the failure");
        });
      });
      const big = await client.track({ action: "a.b", attributes: { text: "x".repeat(1_000_000) } });
      assert.equal(big.status, "dead_lettered");
      await client.track({ action: "a.b" });
      await thirdFailure;
      await client.close({ timeoutMs: 10_000 });
      assert.deepEqual(uncaught.slice(0, 4), ["of the dead letter", ...Array(3).fill("of the failure")]);
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const other of others) process.on("uncaughtException", other);
    }
  });

  it("tells OpenTelemetry where its clients stand, and no more when they are closed", async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    metrics.setGlobalMeterProvider(provider);
    const collect = async () => {
      exporter.reset();
      await reader.forceFlush();
      const found = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
      return Object.fromEntries(
        found.map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ value, attributes }) => [value, attributes.lane]),
        ]),
      );
    };
    try {
      const client = new EventClient({ connection: NOWHERE, lane: "SHOP", spool: join(home.folder, "otel") });
      await client.trackMany([{ action: "a.b" }, { action: "a.c" }]);
      const found = await collect();
      assert.deepEqual(found["two_table_warehouse.events.accepted"], [[2, "SHOP"]]);
      assert.deepEqual(found["two_table_warehouse.spool.events"], [[2, "SHOP"]]);
      assert.ok((found["two_table_warehouse.spool.size"]?.[0]?.[0] as number) > 0);
      await client.close({ timeoutMs: 0 });
      assert.deepEqual((await collect())["two_table_warehouse.spool.events"] ?? [], []);
    } finally {
      metrics.disable();
      await provider.shutdown();
    }
  });
});
