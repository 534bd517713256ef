import type { DataAge, LiveMessage, WarehouseState } from "../../api/live";
import { type EventsTableState, showEventsTable } from "../queries/eventsTable";
import type { ConsoleError } from "../warehouse/consoleError";
import type { Warehouse } from "../warehouse/warehouse";
import type { LiveHub } from "./liveHub";
import { NewEvents } from "./newEvents";

const MAX_WAIT_MS = 5000;

const ageOf = ({ dataAt }: EventsTableState): DataAge => ({
  dataAt,
  lagSeconds: Math.max(0, (Date.now() - Date.parse(dataAt)) / 1000),
});

/**
 * Looks at the events table while somebody watches, by SHOW, which reads metadata and wakes no warehouse; reads events only when
 * a refresh has changed the table. See docs/decisions/120-live-by-metadata.md.
 */
export class RefreshWatcher {
  private timer: NodeJS.Timeout | undefined;
  private last: EventsTableState | undefined;
  private stopped = false;
  private failures = 0;
  private readonly newEvents: NewEvents;
  state: WarehouseState = "connected";
  /** Whether the role may watch the table; told by the first look. */
  isLive = true;

  constructor(
    private readonly warehouse: Warehouse,
    private readonly hub: LiveHub,
    private readonly everyMs: number,
  ) {
    this.newEvents = new NewEvents(warehouse);
  }

  /** What a browser is told first, and again once the table was looked at: what is new after that is pushed. */
  hello(): LiveMessage {
    return { type: "hello", warehouse: this.state, isLive: this.isLive, age: this.last ? ageOf(this.last) : null };
  }

  /** Called when a browser comes: looks at once and goes on looking. */
  wake(): void {
    if (this.timer === undefined && !this.stopped) this.schedule(0);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(waitMs: number): void {
    this.timer = setTimeout(() => void this.look(), waitMs);
  }

  private async look(): Promise<void> {
    if (this.stopped) return;
    if (this.hub.size === 0) {
      this.timer = undefined;
      this.last = undefined;
      this.newEvents.reset();
      return;
    }
    try {
      await this.compare();
      this.failures = 0;
      this.setState("connected", null);
    } catch (error) {
      this.failures++;
      const { kind, message } = error as ConsoleError;
      if (kind === "gone") this.setState("unreachable", message);
      else this.setLive(false);
      this.last = undefined;
    }
    if (this.stopped) return;
    const factor = this.isLive ? Math.min(2 ** this.failures, MAX_WAIT_MS / this.everyMs) : MAX_WAIT_MS / this.everyMs;
    this.schedule(this.everyMs * Math.max(1, factor));
  }

  private async compare(): Promise<void> {
    const seen = await showEventsTable(this.warehouse);
    this.setLive(seen !== undefined);
    if (seen === undefined) return;
    const { last } = this;
    if (last === undefined) {
      const missed = await this.newEvents.next();
      this.warehouse.cache.clear();
      this.last = seen;
      this.hub.send(this.hello());
      this.hub.sendEvents(missed, 0);
      return;
    }
    this.last = seen;
    if (seen.dataAt !== last.dataAt || seen.rows !== last.rows || seen.bytes !== last.bytes) {
      const hasChanged = seen.rows !== last.rows || seen.bytes !== last.bytes;
      if (hasChanged) {
        this.warehouse.cache.clear();
        const events = await this.newEvents.next();
        this.hub.sendEvents(events, Math.max(0, seen.rows - last.rows - events.length));
      }
      this.hub.send({ type: "refreshed", age: ageOf(seen), hasChanged });
    }
  }

  private setState(state: WarehouseState, message: string | null): void {
    if (this.state === state) return;
    this.state = state;
    this.hub.send({ type: "warehouse", state, message });
  }

  private setLive(isLive: boolean): void {
    if (this.isLive === isLive) return;
    this.isLive = isLive;
    this.hub.send(this.hello());
  }
}
