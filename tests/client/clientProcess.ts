import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionOptions } from "snowflake-sdk";
import { EventClient } from "../../client/index";

/** Two clients that take one event each, with a warehouse that is not there; then waits for a signal. */
async function main(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const connection = { account: "A", username: "U", password: "P", accessUrl: "http://127.0.0.1:1" };
  const clients = ["ONE", "TWO"].map(
    (lane) =>
      new EventClient({
        connection: connection as ConnectionOptions,
        lane,
        spool: join(folder, lane),
        backoff: { baseMs: 1, capMs: 5 },
      }),
  );
  for (const client of clients) await client.track({ action: "a.b", actor_id: "u1" });
  process.stdout.write("tracked\n");
  setInterval(() => undefined, 1000);
}

void main(process.argv[2] as string);
