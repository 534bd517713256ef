import type { DuckDBValue } from "@duckdb/node-api";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { WarehouseDoc } from "../catalogue/model";
import { type Clock, type Timer, toMillis } from "../clock";
import { noActiveWarehouse } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { sessionRights } from "../execution/rights";
import { log } from "../log";
import { has } from "../privileges/index";
import type { BackgroundService } from "../services";
import type { Store } from "../store/store";
import { CREDITS, CREDITS_PER_HOUR, type CreditEntry } from "./credits";
import { demandOf, monitorsOf, quotaExceeded } from "./monitor";

const HOUR = 3_600_000;
/** Each start of a warehouse costs at least so much. Source: https://docs.snowflake.com/en/user-guide/cost-understanding-compute */
const MINIMUM_MS = 60_000;

/** How often resource monitors are looked at while something runs. */
const MONITOR_INTERVAL_MS = 60_000;

/** A warehouse that runs. Times are milliseconds. */
interface Run {
  resumedOn: number;
  /** What lies before is in the history already. */
  meteredUntil: number;
  creditsPerHour: number;
  statements: Set<ExecutionContext>;
  idleSince: number;
  timer?: Timer | undefined;
}

/**
 * Starts warehouses when a statement needs them, suspends them when nobody does, and writes down what they cost:
 * per second, 60 seconds at least for each start, by size and clusters.
 */
export class WarehouseMeter implements BackgroundService {
  private readonly runs = new Map<number, Run>();
  private readonly changing = new Set<Promise<void>>();
  private seen: readonly WarehouseDoc[] = [];
  private hourly: Timer | undefined;
  private watch: Timer | undefined;
  private readonly reader = {
    query: (sql: string, params?: readonly DuckDBValue[]) => this.store.withReader((c) => c.run(sql, params)),
  };
  private stopped = false;
  private readonly listener = () => this.look(this.store.catalogue);

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    /** Interrupts a statement that uses a warehouse. */
    private readonly cancel: (context: ExecutionContext) => void,
  ) {
    store.catalogueListeners.add(this.listener);
    this.look(store.catalogue);
    // What ran when the server last ended was free while it was down.
    for (const run of this.runs.values()) {
      run.meteredUntil = this.now();
      run.resumedOn = this.now() - MINIMUM_MS;
    }
    this.meterHourly();
    this.watchMonitors();
  }

  /**
   * Takes a warehouse for a statement; the session's own unless another is given. Resumes it when it is suspended and may resume by
   * itself. Call the returned function when the statement ends. Error: 000606 none selected, not usable by the session, or suspended for good;
   * 090073 a resource monitor forbids it.
   */
  async use(context: ExecutionContext, warehouseId: number | null = context.session.warehouseId): Promise<() => void> {
    if (warehouseId === null && context.session.serverless) return () => undefined;
    const warehouse = warehouseId === null ? undefined : context.catalogue.get("WAREHOUSE", warehouseId);
    if (!warehouse || warehouse.droppedOn !== undefined) throw noActiveWarehouse();
    const ofSession = warehouseId === context.session.warehouseId && context.rights.frame !== "session";
    // The caller's warehouse serves owner's-rights code, whatever the owner may.
    const rights = ofSession ? sessionRights(context.session) : context.rights;
    if (!has({ catalogue: context.catalogue, rights }, "USAGE", warehouse)) throw noActiveWarehouse();
    await this.checkMonitors(context.catalogue, warehouse);
    let run = this.runs.get(warehouse.id);
    const isResumed = !run;
    if (!run) {
      if (!warehouse.autoResume) throw noActiveWarehouse();
      run = this.start(warehouse, this.now());
    }
    const taken = run;
    taken.statements.add(context);
    taken.timer?.cancel();
    if (isResumed) {
      const isLockFree = !this.store.isWriting;
      const written = this.change(warehouse.id, { state: "STARTED", resumedOn: taken.resumedOn });
      // A reader never waits for writers; when there is none, the state is there for the next SHOW WAREHOUSES.
      if (isLockFree) await written;
    }
    return () => this.release(warehouse.id, taken, context);
  }

  /** Is it running now, seen from here? The catalogue follows as soon as the write lock is free. */
  isRunning(warehouseId: number): boolean {
    return this.runs.has(warehouseId);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.store.catalogueListeners.delete(this.listener);
    this.hourly?.cancel();
    this.watch?.cancel();
    for (const [id, run] of this.runs) {
      run.timer?.cancel();
      this.meter(id, run, this.now());
    }
    await Promise.allSettled(this.changing);
  }

  private now(): number {
    return toMillis(this.clock.nowMicros());
  }

  private start(warehouse: WarehouseDoc, resumedOn: number): Run {
    const run: Run = {
      resumedOn,
      meteredUntil: resumedOn,
      creditsPerHour: rateOf(warehouse),
      statements: new Set(),
      idleSince: this.now(),
    };
    this.runs.set(warehouse.id, run);
    this.suspendWhenIdle(warehouse.id, run);
    return run;
  }

  private release(id: number, run: Run, context: ExecutionContext): void {
    run.statements.delete(context);
    run.idleSince = this.now();
    this.suspendWhenIdle(id, run);
  }

  private suspendWhenIdle(id: number, run: Run): void {
    run.timer?.cancel();
    const autoSuspend = this.store.catalogue.get("WAREHOUSE", id)?.autoSuspend;
    if (run.statements.size > 0 || this.stopped || autoSuspend === null || autoSuspend === undefined) return;
    run.timer = this.clock.setTimer(autoSuspend * 1000 - (this.now() - run.idleSince), () => {
      if (run.statements.size > 0 || this.runs.get(id) !== run) return;
      this.end(id, run, this.now());
      void this.change(id, { state: "SUSPENDED" });
    });
  }

  private end(id: number, run: Run, at: number): void {
    run.timer?.cancel();
    this.runs.delete(id);
    this.meter(id, run, at);
  }

  /** Follows what statements did to the documents: created, resumed, suspended, resized, dropped. */
  private look(catalogue: CatalogueSnapshot): void {
    const warehouses = catalogue.all("WAREHOUSE");
    if (warehouses === this.seen || this.stopped) return;
    const before = new Map(this.seen.map((doc) => [doc.id, doc]));
    this.seen = warehouses;
    for (const doc of warehouses) {
      const old = before.get(doc.id);
      before.delete(doc.id);
      if (old === doc) continue;
      const run = this.runs.get(doc.id);
      if (doc.state === "STARTED" && !run) this.start(doc, Math.max(doc.resumedOn ?? 0, 0) || this.now());
      else if (doc.state === "SUSPENDED" && run && old?.state === "STARTED") this.end(doc.id, run, this.now());
      else if (run) this.adapt(doc, run);
    }
    for (const [id] of before) {
      const run = this.runs.get(id);
      if (run) this.end(id, run, this.now());
    }
  }

  private adapt(doc: WarehouseDoc, run: Run): void {
    if (rateOf(doc) !== run.creditsPerHour) {
      this.meter(doc.id, run, this.now());
      run.creditsPerHour = rateOf(doc);
    }
    this.suspendWhenIdle(doc.id, run);
  }

  /** Writes down the cost since the last time. */
  private meter(id: number, run: Run, now: number): void {
    const entry = costUntil(run, now);
    if (entry.credits === 0) return;
    run.meteredUntil = entry.end;
    void this.track(
      this.store.note((connection) =>
        connection.run("INSERT INTO meta.history VALUES ($1, $2, $3, $4)", [
          CREDITS,
          BigInt(id),
          BigInt(entry.start),
          JSON.stringify(entry),
        ]),
      ),
    );
  }

  /** What each warehouse that runs now has cost since it was last written down, by warehouse. */
  running(): ReadonlyMap<number, CreditEntry> {
    return new Map([...this.runs].map(([id, run]) => [id, costUntil(run, this.now())]));
  }

  private async checkMonitors(catalogue: CatalogueSnapshot, warehouse: WarehouseDoc): Promise<void> {
    for (const monitor of monitorsOf(catalogue, warehouse)) {
      const demand = await demandOf(this.reader, catalogue, monitor, this.running(), this.now());
      if (demand) throw quotaExceeded(warehouse.name, monitor.name);
    }
  }

  /** Suspends what a resource monitor forbids: at once, or when its statements have ended. */
  private async enforceMonitors(): Promise<void> {
    const { catalogue } = this.store;
    for (const [id, run] of this.runs) {
      const warehouse = catalogue.get("WAREHOUSE", id);
      for (const monitor of warehouse ? monitorsOf(catalogue, warehouse) : []) {
        const demand = await demandOf(this.reader, catalogue, monitor, this.running(), this.now());
        if (demand === "SUSPEND_IMMEDIATE") for (const context of run.statements) this.cancel(context);
        if (demand && run.statements.size === 0 && this.runs.get(id) === run) {
          this.end(id, run, this.now());
          void this.change(id, { state: "SUSPENDED" });
        }
      }
    }
  }

  private meterHourly(): void {
    const untilNextHour = HOUR - (this.now() % HOUR);
    this.hourly = this.clock.setTimer(untilNextHour, () => {
      for (const [id, run] of this.runs) this.meter(id, run, this.now());
      if (!this.stopped) this.meterHourly();
    });
  }

  private watchMonitors(): void {
    this.watch = this.clock.setTimer(MONITOR_INTERVAL_MS, () => {
      void this.track(this.enforceMonitors());
      if (!this.stopped) this.watchMonitors();
    });
  }

  /** Puts a new state into the catalogue, when the lock is free; a state that a statement has set meanwhile stays. */
  private async change(id: number, changes: Pick<WarehouseDoc, "state"> & Partial<WarehouseDoc>): Promise<void> {
    const write = async () => {
      const unit = await this.store.beginWrite();
      try {
        const doc = unit.catalogue.snapshot.get("WAREHOUSE", id);
        const isWanted = (changes.state === "STARTED") === this.runs.has(id);
        if (doc && doc.droppedOn === undefined && doc.state !== changes.state && isWanted)
          unit.catalogue.update(doc, changes);
        await unit.commit();
      } catch (error) {
        await unit.rollback();
        throw error;
      }
    };
    if (!this.stopped) await this.track(write());
  }

  private track(work: Promise<void>): Promise<void> {
    const watched = work.catch((error) => log.error({ err: error }, "warehouse state"));
    this.changing.add(watched);
    void watched.finally(() => this.changing.delete(watched));
    return watched;
  }
}

/** A run's cost since it was last written down: by begun seconds, a minute at least since its start. */
function costUntil(run: Run, now: number): CreditEntry {
  const end = Math.max(now, run.meteredUntil, run.resumedOn + MINIMUM_MS);
  const seconds = Math.ceil((end - run.meteredUntil) / 1000);
  return { start: run.meteredUntil, end, credits: (seconds * run.creditsPerHour) / 3600 };
}

const rateOf = (doc: WarehouseDoc): number => CREDITS_PER_HOUR[doc.size] * doc.minClusterCount;
