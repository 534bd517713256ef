import "../terminal/environment";

import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { EventClient } from "../../client/index";

/** What the fault run tells its producer, as JSON in the environment; the credentials stand where the client reads them. */
export interface ProducerOrders {
  outputs: unknown;
  spool: string;
  /** Tells the events of this producer from those of its predecessors. */
  generation: number;
}

/**
 * A process that tracks events until a line on stdin tells it to end, and says the id of each once it is acknowledged.
 * It may be killed at any moment.
 */
async function produce({ outputs, spool, generation }: ProducerOrders): Promise<void> {
  const client = new EventClient({
    outputs,
    spool: { folder: spool, maxBytes: 1 << 20 },
    batch: { maxAgeMs: 5, maxEvents: 50 },
    timeoutMs: 1000,
    backoff: { baseMs: 2, capMs: 20 },
  });
  let ending = false;
  createInterface({ input: process.stdin }).once("line", () => {
    ending = true;
  });
  for (let n = 0; !ending; n++) {
    const events = Array.from({ length: 5 }, (_, k) => ({
      action: "fault.survived",
      occurred_at: new Date(),
      actor_id: `producer-${generation}`,
      object: { type: "event", id: String(n * 5 + k) },
    }));
    const receipts = await client.trackMany(events);
    process.stdout.write(receipts.map(({ eventId }) => `${eventId}\n`).join(""));
    await sleep(20);
  }
  await client.flush({ timeoutMs: 120_000 });
  await client.close();
}

void produce(JSON.parse(process.env.FAULT_RUN_PRODUCER as string) as ProducerOrders).then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    process.exit(1);
  },
);
