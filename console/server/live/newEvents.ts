import type { EventSummary } from "../../api/events";
import { utcText } from "../queries/activity";
import { SUMMARY_COLUMNS, summaryOf } from "../queries/eventRows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";

/** So many events are sent after one refresh; what goes beyond is counted. */
const MAX_EVENTS = 5000;
/** An event that a client sends again carries the time it was first accepted: so far back is looked for late ones. */
const OVERLAP_MS = 10 * 60_000;
/** Ids remembered, so that nothing is sent twice. */
const MAX_SEEN = 50_000;

/** Finds, after each refresh, the events nobody has seen yet. */
export class NewEvents {
  private readonly seen = new Set<string>();
  /** Nothing received before this is new. */
  private floor = 0;
  private newest = 0;
  private isPrimed = false;

  constructor(private readonly warehouse: Warehouse) {}

  /** Forgets what was seen: when nobody watches any more. The next call begins anew. */
  reset(): void {
    this.seen.clear();
    this.isPrimed = false;
    this.newest = 0;
    this.floor = 0;
  }

  /** The first call sees what is there and finds nothing. @returns newest first */
  async next(): Promise<EventSummary[]> {
    const { connection, outputs } = this.warehouse;
    const since = Math.max(this.floor, this.isPrimed ? this.newest - OVERLAP_MS : Date.now() - OVERLAP_MS);
    const rows = await connection.query(
      `SELECT ${SUMMARY_COLUMNS} FROM ${nameOf(outputs.views, "readyEvents")} WHERE _RECV_AT >= ?::TIMESTAMP_NTZ ORDER BY _RECV_AT DESC, OCCURRED_AT DESC, EVENT_ID DESC LIMIT ${MAX_EVENTS}`,
      [utcText(since)],
    );
    const events = rows.map(summaryOf);
    const fresh = events.filter(({ id }) => !this.seen.has(id));
    for (const { id } of fresh) this.seen.add(id);
    for (const id of this.seen) {
      if (this.seen.size <= MAX_SEEN) break;
      this.seen.delete(id);
    }
    const oldest = events.at(-1);
    if (events.length === MAX_EVENTS && oldest) this.floor = Math.max(this.floor, Date.parse(oldest.receivedAt));
    if (events[0]) this.newest = Math.max(this.newest, Date.parse(events[0].receivedAt));
    else if (!this.isPrimed) this.newest = Date.now();
    const wasPrimed = this.isPrimed;
    this.isPrimed = true;
    return wasPrimed ? fresh : [];
  }
}
