import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BatchSender } from "../../client/batchSender";
import { connectionOptions } from "../../client/connectionOptions";
import { requestIdOf } from "../../client/requestId";
import type { WarehouseOutputs } from "../../components/outputs";
import { ensureToolchain, progressPrinter } from "../../toolchain/index";
import { gitSource } from "../git/gitSource";
import { fileSource } from "../load/fileSource";
import type { Source } from "../load/source";
import { PROJECT_ROOT } from "../project/projectFolder";
import { writeSecretFile } from "../project/secretFile";
import { type ChildServer, startChildServer } from "../server/childServer";
import { LocalStack } from "../stack/localStack";
import { count } from "../terminal/progressBar";
import { WarehouseReader } from "../warehouse/warehouseReader";
import { type RawBatch, readBatch } from "./batch";
import { SmokeFailure, Steps } from "./steps";

export interface SmokeFlags {
  events?: string;
  expect?: number;
  call?: string;
  keep?: boolean;
}

const LANE = "SMOKE";
/** The scheduler is given the target lag and as much again for the refresh itself. */
const LAG_MS = 150_000;
/** The most bytes of one call: what a VARIANT held for years, and still the safe size. */
const CALL_BYTES = 15 << 20;

/** The whole loop in a temporary folder; sets the exit code when any step misses. */
export async function smoke(flags: SmokeFlags): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "two-table-smoke-"));
  const steps = new Steps();
  const run = new SmokeRun(folder, flags, steps);
  const interrupt = () => run.abort.abort(new SmokeFailure("interrupted"));
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    await run.all();
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    if (steps.failed > 0) process.exitCode = 1;
    await run.leaveOrClean();
    console.log(steps.failed === 0 ? "All steps passed." : `${steps.failed} steps failed.`);
  }
}

class SmokeRun {
  readonly abort = new AbortController();
  private readonly password = randomBytes(18).toString("base64url");
  /** What the deployment under way has said; shown if that fails. */
  private readonly lines: string[] = [];
  private server: ChildServer | undefined;
  private stack: LocalStack | undefined;
  private outputs: WarehouseOutputs | undefined;
  private reader: WarehouseReader | undefined;

  constructor(
    private readonly folder: string,
    private readonly flags: SmokeFlags,
    private readonly steps: Steps,
  ) {}

  async all(): Promise<void> {
    const { steps } = this;
    const source = await steps.run("events", () => this.openEvents());
    if (source === undefined) return;
    await steps.run("toolchain", async () => {
      const { sources } = await ensureToolchain({ onProgress: progressPrinter() });
      return { said: [...new Set(Object.values(sources))].join(", "), value: undefined };
    });
    if (steps.failed > 0) return;
    await steps.run("embedded server", () => this.startServer());
    if (steps.failed > 0) return;
    await steps.run("pulumi up", () => this.deploy());
    if (steps.failed > 0) return;
    const batch = await steps.run("load", () => this.load(source));
    if (batch === undefined) return;
    await steps.run("wait for the target lag", () => this.waitForEvents(batch));
    await steps.run("counts", () => this.checkCounts(batch));
    await steps.run("event ids", () => this.checkIds(batch));
    await steps.run("pulumi up again", async () => {
      await this.stack?.upWithoutChange();
      return { said: "no change", value: undefined };
    });
    const { call } = this.flags;
    if (call !== undefined) await steps.run("call", () => this.call(call));
    if (!this.flags.keep) await steps.run("pulumi destroy", () => this.destroy());
  }

  /** Before anything is deployed for them. */
  private async openEvents() {
    const { events } = this.flags;
    const source = events === undefined ? await gitSource(PROJECT_ROOT) : await fileSource(events);
    return { said: source.name, value: source };
  }

  private async startServer() {
    this.server = await startChildServer({ folder: this.folder, password: this.password });
    return { said: `${this.server.host}:${this.server.port}`, value: undefined };
  }

  private async deploy() {
    const { port } = this.server as ChildServer;
    const { folder, password, abort } = this;
    const options = { folder: join(folder, "pulumi"), passphrase: password, port, password, signal: abort.signal };
    this.stack = new LocalStack({ ...options, onLine: (line) => this.lines.push(line) });
    const { stdout } = await this.stack.up();
    this.lines.length = 0;
    this.outputs = await this.stack.outputs();
    this.reader = await WarehouseReader.open(this.outputs, (this.server as ChildServer).user, password);
    return { said: /^\s+\+ (\d+) created$/m.exec(stdout)?.[0].trim(), value: undefined };
  }

  private async load(source: Source) {
    const batch = await readBatch(source, LANE, Date.now());
    if (batch.events.length === 0) throw new SmokeFailure(`${source.name} holds no event`);
    const outputs = this.outputs as WarehouseOutputs;
    const credentials = { username: (this.server as ChildServer).user, password: this.password };
    const sender = new BatchSender({
      connection: connectionOptions(outputs, credentials as never),
      lane: LANE,
      procedure: outputs.procedures.ingestEvents,
      onFailure: ({ message, transient, failures }) => {
        if (!transient || failures >= 3) this.abort.abort(new SmokeFailure(message));
      },
    });
    this.abort.signal.addEventListener("abort", () => void sender.close(), { once: true });
    const started = performance.now();
    const total = { accepted: 0, deadLettered: 0 };
    const calls = portions(batch.events);
    for (const [index, part] of calls.entries()) {
      const outcome = await sender.send({ requestId: requestIdOf(`${this.password} ${index}`), events: part });
      if (outcome === undefined) throw this.abort.signal.reason;
      for (const { index: at, reason } of outcome.unreadable) {
        batch.unreadable.push({ line: at + 1, problem: reason });
      }
      total.accepted += outcome.accepted;
      total.deadLettered += outcome.deadLettered;
    }
    await sender.close();
    const perSecond = Math.round(batch.events.length / ((performance.now() - started) / 1000));
    const parts = [
      `${count(batch.events.length)} events in ${calls.length === 1 ? "one call" : `${calls.length} calls`}`,
    ];
    parts.push(`${count(total.accepted)} accepted, ${count(total.deadLettered)} dead letters, ${count(perSecond)}/s`);
    if (batch.unreadable.length > 0) {
      const [{ line, problem }] = batch.unreadable as [{ line: number; problem: string }];
      parts.push(`${count(batch.unreadable.length)} unreadable lines, the first in line ${line}: ${problem}`);
    }
    return { said: parts.join("; "), value: { ...batch, ...total } };
  }

  private expected(batch: RawBatch): number {
    return this.flags.expect ?? batch.ids.size;
  }

  private async waitForEvents(batch: RawBatch) {
    const { tables } = this.outputs as WarehouseOutputs;
    const wanted = this.expected(batch);
    const until = performance.now() + LAG_MS;
    let rows = 0;
    while (!this.abort.signal.aborted) {
      rows = await (this.reader as WarehouseReader).count(tables.events);
      if (rows >= wanted || performance.now() > until) break;
      await sleep(500);
    }
    this.abort.signal.throwIfAborted();
    if (rows < wanted)
      throw new SmokeFailure(
        `${tables.events} has ${count(rows)} rows after ${LAG_MS / 1000} s; expected ${count(wanted)}`,
      );
    return { said: `${count(rows)} rows`, value: undefined };
  }

  private async checkCounts(batch: RawBatch & { accepted: number; deadLettered: number }) {
    const reader = this.reader as WarehouseReader;
    const { tables, views } = this.outputs as WarehouseOutputs;
    await compare(reader, tables.events, this.expected(batch));
    await compare(reader, tables.rawEvents, batch.accepted + batch.deadLettered);
    if (views.deadLetters !== undefined) await compare(reader, views.deadLetters, batch.deadLettered);
    const [row] = await reader.query(`SELECT SUM(_copies) AS N FROM ${tables.events}`);
    if (Number(row?.N) !== batch.accepted) {
      throw new SmokeFailure(`the copies in ${tables.events} add up to ${row?.N}; expected ${batch.accepted}`);
    }
    return {
      said: `${count(this.expected(batch))} in EVENTS, ${count(batch.accepted + batch.deadLettered)} in RAW_EVENTS`,
      value: undefined,
    };
  }

  private async checkIds(batch: RawBatch) {
    const { tables } = this.outputs as WarehouseOutputs;
    const rows = await (this.reader as WarehouseReader).query(`SELECT event_id FROM ${tables.events}`);
    const found = new Set(rows.map((row) => String(row.EVENT_ID)));
    const unknown = [...found].filter((id) => !batch.ids.has(id));
    const missing = [...batch.ids].filter((id) => !found.has(id)).length;
    if (unknown.length > 0 || missing > 0) {
      throw new SmokeFailure(
        `${unknown.length} ids are not those computed here (such as ${unknown[0]}), ${missing} are missing`,
      );
    }
    return { said: `${count(found.size)} agree`, value: undefined };
  }

  private async call(sql: string) {
    const rows = await (this.reader as WarehouseReader).query(sql);
    return { said: `${sql}\n${rows.map((row) => JSON.stringify(row)).join("\n")}`, value: undefined };
  }

  private async destroy() {
    await this.stack?.destroy();
    const left = await (this.reader as WarehouseReader)
      .query(`SHOW DATABASES LIKE '${this.outputs?.database}'`)
      .catch(() => []);
    if (left.length > 0) throw new SmokeFailure(`database ${this.outputs?.database} is still there`);
    return { said: "nothing left", value: undefined };
  }

  /** Ends what runs and removes the folder, or says where it is. */
  async leaveOrClean(): Promise<void> {
    await this.reader?.close().catch(() => undefined);
    if (this.flags.keep && this.server && this.outputs) {
      const { host, port, pid, user } = this.server;
      const connection = join(this.folder, "connection.json");
      await writeSecretFile(connection, { outputs: this.outputs, username: user, password: this.password });
      this.server.leave();
      console.log(`Still running on http://${host}:${port} as process ${pid}; how to connect is in ${connection}`);
      console.log(`Stop it with: kill ${pid}; then remove ${this.folder}`);
      return;
    }
    await this.server?.stop();
    if (this.steps.failed > 0 && this.lines.length > 0) console.error(this.lines.slice(-30).join("\n"));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function compare(reader: WarehouseReader, name: string, wanted: number): Promise<void> {
  const rows = await reader.count(name);
  if (rows !== wanted) throw new SmokeFailure(`${name} has ${count(rows)} rows; expected ${count(wanted)}`);
}

/** One call, unless the events are more than a call can carry. */
function portions(events: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  let bytes = 0;
  for (const event of events) {
    if (bytes > 0 && bytes + event.length > CALL_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(event);
    bytes += event.length;
  }
  return parts;
}
