import { type Timer, toMillis } from "../clock";
import { log } from "../log";
import type { BackgroundService, Services } from "../services";

/** What the scheduler must know of the things it runs. */
export interface Agenda<D extends { id: number }> {
  /** What may run by itself now. */
  active(): D[];
  /** When it comes due next after a time; milliseconds. */
  next(doc: D, after: number): number | undefined;
  run(doc: D, scheduledTime: number): Promise<void>;
  /** Once a day. */
  tidy(now: number): Promise<void>;
}

const DAY = 86_400_000;

/**
 * Starts what comes due. Nothing runs twice at a time: a time that comes while the last run goes on is left out. What is due is
 * read from the catalogue, so that a restart goes on with the next time; times that passed meanwhile are not made up for.
 */
export class Scheduler<D extends { id: number }> implements BackgroundService {
  private timer: Timer | undefined;
  private stopped = false;
  private tidiedOn: number;
  private readonly begun: number;
  private readonly last = new Map<number, number>();
  private readonly running = new Map<number, Promise<void>>();
  private readonly listener = () => this.plan();

  constructor(
    private readonly services: Services,
    private readonly agenda: Agenda<D>,
  ) {
    this.begun = this.now();
    this.tidiedOn = this.begun;
    services.store.catalogueListeners.add(this.listener);
    this.plan();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.services.store.catalogueListeners.delete(this.listener);
    this.timer?.cancel();
    await Promise.all(this.running.values());
  }

  /** The next time by schedule; undefined when there is none. */
  dueOn(doc: D): number | undefined {
    return this.agenda.next(doc, Math.max(this.begun, this.last.get(doc.id) ?? 0));
  }

  /** Runs now, or when the run in progress is over; `work` is what runs. */
  runNow(id: number, work: () => Promise<void>): void {
    if (this.stopped) return;
    const before = this.running.get(id) ?? Promise.resolve();
    const run = before
      .then(work)
      .catch((error) => log.error({ err: error, id }, "scheduled run"))
      .finally(() => {
        if (this.running.get(id) === run) this.running.delete(id);
      });
    this.running.set(id, run);
  }

  private now(): number {
    return toMillis(this.services.clock.nowMicros());
  }

  private plan(): void {
    if (this.stopped) return;
    this.timer?.cancel();
    let first: number | undefined;
    for (const doc of this.agenda.active()) {
      const at = this.dueOn(doc);
      if (at !== undefined && (first === undefined || at < first)) first = at;
    }
    if (first === undefined) return;
    this.timer = this.services.clock.setTimer(Math.max(0, first - this.now()), () => this.work());
  }

  private work(): void {
    if (this.stopped) return;
    const now = this.now();
    for (const doc of this.agenda.active()) {
      const at = this.dueOn(doc);
      if (at === undefined || at > now) continue;
      this.last.set(doc.id, now);
      if (!this.running.has(doc.id)) this.runNow(doc.id, () => this.agenda.run(doc, at));
    }
    if (now - this.tidiedOn > DAY) {
      this.tidiedOn = now;
      void this.agenda.tidy(now).catch((error) => log.error({ err: error }, "tidying run history"));
    }
    this.plan();
  }
}
