import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { DynamicTableDoc } from "../catalogue/model";
import { type Timer, toMillis } from "../clock";
import { runInternal } from "../execution/internal";
import { log } from "../log";
import type { BackgroundService, Services } from "../services";
import { upstreamOf } from "./graph";
import { GraphLog } from "./graphLog";
import { forgetRefreshes, noteRefresh } from "./history";
import { refreshOne, startedEntry } from "./refresh";
import { dataTimestampOf, stateOf } from "./state";
import { suspend } from "./suspension";

/** Scheduled failures in a row after which a table is suspended. Source: …/user-guide/dynamic-tables/suspend-resume */
const MOST_FAILURES = 5;

/** A refresh starts when so much of the lag is over: 48 seconds of a minute, as Snowflake's own schedule has it. */
const SHARE_OF_LAG = 0.8;

const DAY = 86_400_000;

/** Keeps dynamic tables within their target lag. What is due is read from the catalogue, so that a restart loses nothing. */
class DynamicTableScheduler implements BackgroundService {
  private timer: Timer | undefined;
  private working: Promise<void> | undefined;
  private stopped = false;
  private forgottenOn = 0;
  /** When a scheduled refresh was last tried, whatever became of it. */
  private readonly tried = new Map<number, number>();
  private readonly graph: GraphLog;
  private readonly listener = () => {
    this.graph.look();
    this.plan();
  };

  constructor(private readonly services: Services) {
    this.graph = GraphLog.of(services);
    services.store.catalogueListeners.add(this.listener);
    this.listener();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.services.store.catalogueListeners.delete(this.listener);
    this.timer?.cancel();
    await this.working;
  }

  private get catalogue(): CatalogueSnapshot {
    return this.services.store.catalogue;
  }

  private now(): number {
    return toMillis(this.services.clock.nowMicros());
  }

  /** Milliseconds; undefined for what is refreshed only when its readers ask for it. */
  private dueOn(doc: DynamicTableDoc): number | undefined {
    if (doc.schedulingState !== "ACTIVE" || doc.targetLag === "DOWNSTREAM" || doc.targetLag === null) return undefined;
    const period = doc.targetLag.seconds * 1000 * SHARE_OF_LAG;
    const last = dataTimestampOf(doc);
    const due = last === undefined ? doc.createdOn : last + period;
    const tried = this.tried.get(doc.id);
    const isOver = tried === undefined || tried < (doc.resumedOn ?? 0);
    return isOver ? due : Math.max(due, tried + period);
  }

  private next(): { doc: DynamicTableDoc; at: number } | undefined {
    let first: { doc: DynamicTableDoc; at: number } | undefined;
    for (const doc of this.catalogue.all("DYNAMIC_TABLE")) {
      const at = this.dueOn(doc);
      if (at !== undefined && (!first || at < first.at)) first = { doc, at };
    }
    return first;
  }

  /** Sets the timer for what is due next. */
  private plan(): void {
    if (this.stopped || this.working) return;
    this.timer?.cancel();
    const next = this.next();
    if (!next) return;
    this.timer = this.services.clock.setTimer(Math.max(0, next.at - this.now()), () => {
      if (this.stopped || this.working) return;
      this.working = this.work()
        .catch((error) => log.error({ err: error }, "scheduled refresh"))
        .finally(() => {
          this.working = undefined;
          this.plan();
        });
    });
  }

  private async work(): Promise<void> {
    for (let next = this.next(); next && next.at <= this.now() && !this.stopped; next = this.next()) {
      this.tried.set(next.doc.id, this.now());
      await this.refresh(next.doc);
    }
    if (this.now() - this.forgottenOn > DAY) {
      this.forgottenOn = this.now();
      await forgetRefreshes(this.services.store, this.now());
    }
  }

  /** The tables above first, each in a transaction of its own. */
  private async refresh(doc: DynamicTableDoc): Promise<void> {
    await this.as(doc, async (context) => {
      for (const upstream of upstreamOf(context, this.catalogue, doc)) {
        if (this.isFresh(upstream, doc) || (await this.refreshOne(upstream))) continue;
        const message = `Refresh of the upstream dynamic table '${upstream.name}' failed.`;
        await noteRefresh(this.services.store, {
          ...startedEntry(context, doc, "SCHEDULED", this.now()),
          state: "UPSTREAM_FAILED",
          stateCode: "UPSTREAM_FAILURE",
          stateMessage: message,
          endTime: this.now(),
        });
        return;
      }
      await this.refreshOne(doc);
    });
  }

  /** Tried a moment ago for another reader. */
  private isFresh(upstream: DynamicTableDoc, reader: DynamicTableDoc): boolean {
    const now = (this.catalogue.get("DYNAMIC_TABLE", upstream.id) ?? upstream) as DynamicTableDoc;
    return (dataTimestampOf(now) ?? 0) >= (this.tried.get(reader.id) ?? 0);
  }

  /** True when it succeeded. */
  private async refreshOne(doc: DynamicTableDoc): Promise<boolean> {
    try {
      await this.as(doc, (context) =>
        context.write(async (unit) => {
          const current = unit.catalogue.snapshot.get("DYNAMIC_TABLE", doc.id);
          if (!current || current.droppedOn !== undefined || current.schedulingState !== "ACTIVE") return;
          await refreshOne(context, unit, current, "SCHEDULED");
        }),
      );
      return true;
    } catch {
      await this.countFailure(doc);
      return false;
    }
  }

  private async countFailure(doc: DynamicTableDoc): Promise<void> {
    await this.as(doc, (context) =>
      context.write(async (unit) => {
        const current = unit.catalogue.snapshot.get("DYNAMIC_TABLE", doc.id);
        if (!current || current.droppedOn !== undefined) return;
        const failures = (stateOf(current)?.failures ?? current.failuresBeforeFirst ?? 0) + 1;
        const state = stateOf(current);
        const counted = unit.catalogue.update<DynamicTableDoc>(
          current,
          state ? { refreshState: { ...state, failures } } : { failuresBeforeFirst: failures },
        );
        if (failures >= MOST_FAILURES) suspend(unit, counted, "SUSPENDED_DUE_TO_ERRORS", this.now());
      }),
    );
  }

  private as<T>(doc: DynamicTableDoc, work: Parameters<typeof runInternal<T>>[2]): Promise<T> {
    const schema = this.catalogue.get("SCHEMA", doc.parentId);
    const namespace = schema ? { databaseId: schema.parentId, schemaId: schema.id } : undefined;
    return runInternal(
      this.services,
      {
        ownerId: doc.ownerId,
        warehouseId: doc.warehouseId,
        text: `ALTER DYNAMIC TABLE ${doc.name} REFRESH`,
        ...(namespace ? { namespace } : {}),
      },
      work,
    );
  }
}

export const startDynamicTables = (services: Services): BackgroundService => new DynamicTableScheduler(services);
