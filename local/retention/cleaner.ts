import { type Timer, toMillis } from "../clock";
import { log } from "../log";
import type { BackgroundService, Services } from "../services";
import { isExpired, purgeExpired } from "../statements/ddl/support/drop";
import { deletedRowsName } from "../store/physical";
import type { Store } from "../store/store";
import { oldRowsOf, type Stored } from "./oldRows";

const INTERVAL_MS = 3_600_000;

/** Once an hour: what time travel and UNDROP no longer reach goes for good, so that the file does not grow for ever. */
class RetentionCleaner implements BackgroundService {
  private timer: Timer | undefined;
  private work: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly services: Pick<Services, "store" | "clock">) {
    this.arm();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.timer?.cancel();
    await this.work;
  }

  private arm(): void {
    this.timer = this.services.clock.setTimer(INTERVAL_MS, () => {
      this.work = this.work.then(() => this.clean()).catch((error) => log.error({ err: error }, "retention"));
      if (!this.stopped) this.arm();
    });
  }

  private async clean(): Promise<void> {
    const { store, clock } = this.services;
    const now = clock.nowMicros();
    if (isExpired(store.catalogue, toMillis(now))) await inWrite(store, (unit) => purgeExpired(unit, toMillis(now)));
    const due: { table: Stored; before: bigint }[] = [];
    await store.withReader(async (connection) => {
      for (const entry of oldRowsOf(store.catalogue, now)) {
        const sql = `SELECT 1 FROM ${deletedRowsName(entry.table.id)} WHERE _del < ${entry.before} LIMIT 1`;
        if ((await connection.run(sql)).rows.length > 0) due.push(entry);
      }
    });
    if (due.length === 0) return;
    // Readers may have come meanwhile: what is old is asked again under the lock.
    await inWrite(store, async (unit) => {
      const wanted = new Set(due.map(({ table }) => table.id));
      for (const { table, before } of oldRowsOf(unit.catalogue.snapshot, now)) {
        if (!wanted.has(table.id)) continue;
        await unit.run(`DELETE FROM ${deletedRowsName(table.id)} WHERE _del < ${before}`);
        unit.catalogue.update(table, { historyFrom: String(before) });
      }
    });
  }
}

type Work = (unit: Awaited<ReturnType<Store["beginWrite"]>>) => Promise<void>;

async function inWrite(store: Store, work: Work): Promise<void> {
  const unit = await store.beginWrite();
  try {
    await work(unit);
    await unit.commit();
  } catch (error) {
    await unit.rollback();
    throw error;
  }
}

export const startRetentionCleaner = (services: Services): BackgroundService => new RetentionCleaner(services);
