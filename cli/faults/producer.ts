import "../terminal/environment";

import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { EventClient, FolderInUseError } from "../../client/index";
import { breakMachine } from "./machineFaults";
import { seededRandom } from "./random";

/** What the fault run tells its producers, as JSON in the environment; the credentials stand where the client reads them. */
export interface ProducerOrders {
  outputs: unknown;
  spool: string;
  /** Tells the events of this process from those of every other. */
  name: string;
  /** Draws what the machine does to the process. */
  seed: number;
}

/** Exit code of a producer whose folder belongs to another one. */
export const FOLDER_TAKEN = 3;

/**
 * A process that tracks events until a line on stdin tells it to end, and says the id of each once it is acknowledged.
 * It may be killed at any moment, its disk is full now and then, its clock is set.
 */
async function produce({ outputs, spool, name, seed }: ProducerOrders): Promise<void> {
  const client = new EventClient({
    outputs,
    spool: { folder: spool, maxBytes: 64 << 10, segmentBytes: 32 << 10 },
    batch: { maxAgeMs: 5, maxEvents: 20 },
    timeoutMs: 1000,
    backoff: { baseMs: 2, capMs: 10 },
  });
  await client.ready();
  await breakMachine(seededRandom(seed), (fault) => process.stdout.write(`${fault}\n`));
  let ending = false;
  const life = randomUUID();
  createInterface({ input: process.stdin }).once("line", () => {
    ending = true;
  });
  for (let n = 0; !ending; n++) {
    const events = Array.from({ length: 5 }, (_, k) => ({
      action: "fault.survived",
      occurred_at: new Date(),
      actor_id: name,
      object: { type: "event", id: `${life} ${n * 5 + k}` },
    }));
    // What the disk does not take is not acknowledged, and the next ones are tried all the same.
    const receipts = await client.trackMany(events).catch(() => []);
    process.stdout.write(receipts.map(({ eventId }) => `${eventId}\n`).join(""));
    await sleep(10);
  }
  await client.flush({ timeoutMs: 120_000 });
  await client.close();
}

if (process.env.FAULT_RUN_PRODUCER !== undefined) {
  void produce(JSON.parse(process.env.FAULT_RUN_PRODUCER) as ProducerOrders).then(
    () => process.exit(0),
    (error: Error) => {
      if (error instanceof FolderInUseError) process.exit(FOLDER_TAKEN);
      process.stderr.write(`${error.stack ?? error.message}\n`);
      process.exit(1);
    },
  );
}
