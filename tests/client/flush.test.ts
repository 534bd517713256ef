import assert from "node:assert/strict";
import type { BatchSender } from "../../client/batchSender";
import { Delivery } from "../../client/delivery";
import { Spool } from "../../client/spool/spool";
import { recordsOf } from "./records";
import { temporaryFolder } from "./warehouse";

const event = (n: number) => JSON.stringify({ n, _recv_at: "2026-03-01T10:00:00.000Z" });

describe("Waiting for a delivery", () => {
  const home = temporaryFolder();
  after(home.remove);

  it("waits for what was tracked before, also when the end of an earlier batch is just being written down", async () => {
    const spool = await Spool.open({ folder: home.folder });
    const sent: string[] = [];
    const sender: Pick<BatchSender, "send" | "close"> = {
      send: async ({ events }) => {
        sent.push(...events);
        return { accepted: events.length, deadLettered: 0, unreadable: [] };
      },
      close: async () => undefined,
    };
    const commit = spool.commit.bind(spool);
    const both = new Promise<string[]>((resolve, reject) => {
      let batches = 0;
      spool.commit = async () => {
        await commit();
        if (++batches > 1) return;
        await spool.append(recordsOf([event(2)]));
        delivery.drained().then(() => resolve([...sent]), reject);
      };
    });
    const delivery = new Delivery({
      spool,
      sender: sender as BatchSender,
      maxAgeMs: 1,
      onDeadLetters: async () => undefined,
      onError: assert.ifError,
    });
    await spool.append(recordsOf([event(1)]));
    assert.deepEqual(await both, [event(1), event(2)]);
    await delivery.stop();
    await spool.close();
  });
});
