import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChildServer, startChildServer } from "../server/childServer";
import { ingestPath, outputsOn } from "../warehouse/ingestPath";
import { WarehouseReader } from "../warehouse/warehouseReader";
import { drawnFaults } from "./faultPlan";
import { FaultProxy } from "./faultProxy";
import { ProducerProcess } from "./producerProcess";
import { seededRandom } from "./random";
import { judge, type Verdict } from "./verdict";

export interface FaultRunOptions {
  /** How many faults befall the run, kills included. */
  faults: number;
  /** Draws the same faults in the same order; when they strike depends on the machine. */
  seed: number;
  onProgress?: (faults: number, acknowledged: number) => void;
}

export interface FaultRunResult extends Verdict {
  /** Faults of the line, kills of the server, kills of the producer. */
  faults: { line: number; server: number; producer: number };
  acknowledged: number;
  /** Rows of EVENTS: the acknowledged ones and those whose producer was killed before it could say so. */
  events: number;
}

/** After so many faults one end is killed, server and producer in turn. */
const FAULTS_PER_KILL = 60;

/**
 * A producer process, a line that breaks half of the requests, and an embedded server, both ends killed again and again. When
 * the faults are over, the rest is delivered and EVENTS is compared with what was acknowledged.
 */
export async function faultRun({ faults, seed, onProgress }: FaultRunOptions): Promise<FaultRunResult> {
  const folder = await mkdtemp(join(tmpdir(), "fault-run-"));
  const password = randomBytes(24).toString("base64url");
  const random = seededRandom(seed);
  let server = await startChildServer({ folder, password });
  const proxy = await FaultProxy.start(server.port);
  const outputs = outputsOn({ ...server, port: proxy.port });
  const producer = new ProducerProcess({ outputs, spool: join(folder, "spool") }, { user: server.user, password });
  const kills = { server: 0, producer: 0 };
  const struck = () => proxy.faults + kills.server + kills.producer;
  try {
    await deploy(server, password);
    proxy.plan = drawnFaults(random);
    producer.start();
    let nextKill = FAULTS_PER_KILL;
    while (struck() < faults) {
      await sleep(50);
      onProgress?.(struck(), producer.acknowledged.size);
      if (struck() < nextKill) continue;
      nextKill = struck() + FAULTS_PER_KILL;
      await sleep(random() * 50);
      if (kills.producer < kills.server) {
        kills.producer++;
        await producer.restart();
      } else {
        kills.server++;
        await server.kill();
        server = await startChildServer({ folder, password, port: server.port });
      }
    }
    proxy.plan = () => undefined;
    await producer.finish();
    const events = await readEvents(server, password);
    const verdict = judge({ acknowledged: producer.acknowledged, events });
    return {
      ...verdict,
      faults: { line: proxy.faults, ...kills },
      acknowledged: producer.acknowledged.size,
      events: events.size,
    };
  } finally {
    await producer.kill();
    await proxy.close();
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function deploy(server: ChildServer, password: string): Promise<void> {
  const outputs = outputsOn(server);
  const session = await WarehouseReader.open(outputs, server.user, password, "ACCOUNTADMIN");
  for (const statement of ingestPath(outputs)) await session.query(statement);
  await session.close();
}

async function readEvents(server: ChildServer, password: string): Promise<Map<string, number>> {
  const outputs = outputsOn(server);
  const session = await WarehouseReader.open(outputs, server.user, password, "ACCOUNTADMIN");
  const { events } = outputs.tables;
  await session.query(`ALTER DYNAMIC TABLE ${events} REFRESH`);
  const rows = await session.query(`SELECT EVENT_ID, _COPIES FROM ${events}`);
  await session.close();
  return new Map(rows.map((row) => [String(row.EVENT_ID), Number(row._COPIES)]));
}
