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
import { judge, type LandedEvent, type Verdict } from "./verdict";

export interface FaultRunOptions {
  /** How many faults befall the run, kills included. */
  faults: number;
  /** Draws the same faults in the same order; when they strike depends on the machine. */
  seed: number;
  onProgress?: (faults: number, acknowledged: number) => void;
}

export interface FaultRunResult extends Verdict {
  /** How often each kind of fault struck: of the line, of the producers' machine, kills. */
  faults: Record<string, number>;
  acknowledged: number;
  /** Rows of EVENTS: the acknowledged ones and those whose producer was killed before it could say so. */
  events: number;
  /** Rows of RAW_EVENTS beyond one for each of these: batches whose answer was lost with their session. */
  copies: number;
}

/** After so many faults somebody is killed. */
const FAULTS_PER_KILL = 100;

/** Who is killed, in turn. `twins`: a producer, and two begin anew on its folder at once. */
const KILLS = ["server", "producer", "server and producer", "twins"] as const;

/** So many producers, each with a spool of its own: while one waits the other is at work. */
const PRODUCERS = 2;

/**
 * Producer processes, a line that breaks most requests, an unreliable machine and an embedded server, both ends killed again and
 * again. When the faults are over, the rest is delivered and EVENTS is compared with what was acknowledged.
 */
export async function faultRun({ faults, seed, onProgress }: FaultRunOptions): Promise<FaultRunResult> {
  const folder = await mkdtemp(join(tmpdir(), "fault-run-"));
  const password = randomBytes(24).toString("base64url");
  const random = seededRandom(seed);
  let server = await startChildServer({ folder, password });
  const proxy = await FaultProxy.start(server.port);
  const outputs = outputsOn({ ...server, port: proxy.port });
  const struck: Record<string, number> = {};
  const strike = (kind: string) => {
    struck[kind] = (struck[kind] ?? 0) + 1;
  };
  const producers = Array.from({ length: PRODUCERS }, (_, index) => {
    const orders = {
      outputs,
      spool: join(folder, `spool-${index}`),
      name: `producer-${index}`,
      seed: seed + 1000 * index,
    };
    return new ProducerProcess(orders, { user: server.user, password }, strike);
  });
  const total = () => proxy.faults + Object.values(struck).reduce((sum, count) => sum + count, 0);
  const acknowledged = () => producers.reduce((sum, producer) => sum + producer.acknowledged.size, 0);
  const kill = async (whom: (typeof KILLS)[number], victim: ProducerProcess) => {
    const restarted: Promise<unknown>[] = [];
    if (whom.startsWith("server")) {
      strike("server-killed");
      await server.kill();
      restarted.push(
        // On any free port: its old one may meanwhile be another program's.
        startChildServer({ folder, password }).then((started) => {
          server = started;
          proxy.target = started.port;
        }),
      );
    }
    if (whom !== "server") {
      strike(whom === "twins" ? "producer-killed-twins-begin" : "producer-killed");
      restarted.push(victim.restart({ twins: whom === "twins" }));
    }
    await Promise.all(restarted);
  };
  try {
    await deploy(server, password);
    proxy.plan = drawnFaults(random);
    for (const producer of producers) producer.start();
    for (let kills = 0; total() < faults; ) {
      await sleep(20);
      onProgress?.(total(), acknowledged());
      if (total() < (kills + 1) * FAULTS_PER_KILL) continue;
      await sleep(random() * 50);
      const victim = producers[kills % PRODUCERS] as ProducerProcess;
      await kill(KILLS[kills++ % KILLS.length] as (typeof KILLS)[number], victim);
    }
    proxy.plan = () => undefined;
    await Promise.all(producers.map((producer) => producer.finish()));
    const { events, copies } = await readEvents(server, password);
    const ids = new Set(producers.flatMap((producer) => [...producer.acknowledged]));
    return {
      ...judge({ acknowledged: ids, events }),
      faults: { ...Object.fromEntries(proxy.struck), ...struck },
      acknowledged: ids.size,
      events: events.length,
      copies,
    };
  } finally {
    await Promise.all(producers.map((producer) => producer.kill()));
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

async function readEvents(server: ChildServer, password: string): Promise<{ events: LandedEvent[]; copies: number }> {
  const outputs = outputsOn(server);
  const session = await WarehouseReader.open(outputs, server.user, password, "ACCOUNTADMIN");
  const { events } = outputs.tables;
  await session.query(`ALTER DYNAMIC TABLE ${events} REFRESH`);
  const rows = await session.query(`SELECT EVENT_ID, OBJECT_ID, _COPIES FROM ${events}`);
  await session.close();
  return {
    events: rows.map((row) => ({ eventId: String(row.EVENT_ID), name: String(row.OBJECT_ID) })),
    copies: rows.reduce((sum, row) => sum + Number(row._COPIES) - 1, 0),
  };
}
