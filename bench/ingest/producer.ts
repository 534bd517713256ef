import { type Address, eventClient } from "../../tests/client/warehouse";
import { BATCH, event } from "./events";

/**
 * A producer in a process of its own, as a service is beside its warehouse: tracks a batch to warm up, then so many events, and prints
 * as JSON what the second part took. Arguments: the server's address as JSON, the spool's folder, how many events.
 */
async function main([server, spool, count]: readonly string[]): Promise<void> {
  const client = eventClient(JSON.parse(server as string) as Address, spool as string, { batch: { maxAgeMs: 50 } });
  const events = Array.from({ length: Number(count) }, (_, n) => event(n));
  const track = async (part: readonly object[]) => {
    for (let start = 0; start < part.length; start += BATCH)
      await client.trackMany(part.slice(start, start + BATCH) as never);
    await client.flush();
  };
  await track(events.slice(0, BATCH));
  process.send?.("warm");
  const cpu = process.cpuUsage();
  const began = performance.now();
  await track(events);
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({ milliseconds, processor: user + system });
  await client.close();
  process.disconnect?.();
}

void main(process.argv.slice(2));
