import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

  it("has its standard output and its working directory to itself, and the driver's log as it was configured", async () => {
    const folder = join(home.folder, "quiet");
    mkdirSync(folder);
    const client = JSON.stringify(join(__dirname, "..", "..", "client", "index.ts"));
    const driver = JSON.stringify(require.resolve("snowflake-sdk"));
    const program = (before: string, options: string) => `
      require("ts-node").register({ transpileOnly: true, cwd: ${JSON.stringify(join(__dirname, "..", ".."))} });
      const snowflake = require(${driver});
      ${before}
      const { EventClient } = require(${client});
      const connection = ${JSON.stringify(NOWHERE)};
      void (async () => {
        const client = new EventClient({ connection, spool: "spool", backoff: { baseMs: 1, capMs: 2 } ${options} });
        await client.track({ action: "a.b" });
        await client.close();
      })();`;
    const said = async (before = "", options = "") => {
      rmSync(join(folder, "snowflake.log"), { force: true });
      const env = { ...process.env, NODE_PATH: join(__dirname, "..", "..", "node_modules") };
      const child = spawn(process.execPath, ["-e", program(before, options)], {
        cwd: folder,
        env,
        stdio: ["ignore", "pipe", "ignore"],
      });
      let text = "";
      child.stdout.on("data", (chunk) => (text += chunk));
      const [code] = await once(child, "close");
      assert.equal(code, 0);
      return { text, hasFile: existsSync(join(folder, "snowflake.log")) };
    };
    assert.deepEqual(await said(), { text: "", hasFile: false });
    const kept = await said("", ', driverLog: "keep"');
    assert.match(kept.text, /"level":"INFO"/);
    const chosen = await said('snowflake.configure({ logLevel: "DEBUG", logFilePath: "STDOUT" });');
    assert.match(chosen.text, /"level":"DEBUG"/);
  }).timeout(120_000);

  it("ends when its clients are closed, also while the warehouse takes nothing and there was time left", async () => {
    const spool = JSON.stringify(join(home.folder, "linger"));
    const program = `
      require("ts-node").register({ transpileOnly: true, cwd: ${JSON.stringify(join(__dirname, "..", ".."))} });
      const { EventClient } = require(${JSON.stringify(join(__dirname, "..", "..", "client", "index.ts"))});
      const connection = ${JSON.stringify(NOWHERE)};
      void (async () => {
        const client = new EventClient({ connection, spool: ${spool}, backoff: { baseMs: 1, capMs: 2 } });
        await client.track({ action: "a.b" });
        await client.close({ timeoutMs: 600_000 });
        const closed = Date.now();
        process.on("exit", () => process.stdout.write(String(Date.now() - closed)));
      })();`;
    const child = spawn(process.execPath, ["-e", program], {
      cwd: join(__dirname, "..", ".."),
      stdio: ["ignore", "pipe", "ignore"],
    });
    let lingered = "";
    child.stdout.on("data", (chunk) => (lingered += chunk));
    await once(child, "close");
    assert.ok(Number(lingered) < 5000, `${lingered} ms`);
  }).timeout(60_000);

  it("says what is wrong with a folder that is none", async () => {
    const file = join(home.folder, "file");
    writeFileSync(file, "");
    for (const spool of [file, join(file, "below")]) {
      const client = new EventClient({ connection: NOWHERE, spool });
      await assert.rejects(client.track({ action: "a.b" }), {
        message: `The spool ${spool} cannot be used: it is, or lies below, a file. Name a folder that this process may write`,
      });
      await client.close();
    }
  });

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
