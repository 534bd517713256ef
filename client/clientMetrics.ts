import { createRequire } from "node:module";
import type { BatchSender, CircuitState } from "./batchSender";
import type { Delivery } from "./delivery";
import type { Spool } from "./spool/spool";

export interface ClientMetrics {
  /** Events acknowledged by this client. */
  accepted: number;
  /** Events the warehouse has answered for, those of earlier runs in the same spool included. */
  delivered: number;
  /** Events that will not come into EVENTS. */
  deadLettered: number;
  /** Calls that brought events in. */
  batches: number;
  /** Attempts beyond the first of a batch. */
  retries: number;
  /** Acknowledged and not yet delivered. */
  queuedEvents: number;
  queuedBytes: number;
  /** How long ago the oldest undelivered event was accepted, in ms; 0 when nothing is being sent. */
  lagMs: number;
  /** Events delivered per second since the previous reading. */
  deliveredPerSecond: number;
  circuit: CircuitState;
}

/** Counts for {@link ClientMetrics}. */
export class Meter {
  accepted = 0;
  deadLettered = 0;
  private last = { at: performance.now(), delivered: 0 };

  read(state: { spool: Spool; delivery: Delivery } | undefined, sender: BatchSender): ClientMetrics {
    const delivered = state?.delivery.delivered ?? 0;
    const now = performance.now();
    const seconds = (now - this.last.at) / 1000;
    const deliveredPerSecond = seconds > 0 ? (delivered - this.last.delivered) / seconds : 0;
    this.last = { at: now, delivered };
    return { ...this.totals(state, sender), deliveredPerSecond };
  }

  /** All but the rate, which counts from one reading to the next. */
  totals(
    state: { spool: Spool; delivery: Delivery } | undefined,
    sender: BatchSender,
  ): Omit<ClientMetrics, "deliveredPerSecond"> {
    const oldest = state?.spool.oldest;
    return {
      accepted: this.accepted,
      delivered: state?.delivery.delivered ?? 0,
      deadLettered: this.deadLettered,
      batches: state?.delivery.batches ?? 0,
      retries: sender.retries,
      queuedEvents: state?.spool.pending.events ?? 0,
      queuedBytes: state?.spool.pending.bytes ?? 0,
      lagMs: oldest === undefined ? 0 : Math.max(0, Date.now() - oldest),
      circuit: sender.circuit,
    };
  }
}

const INSTRUMENTS: readonly [
  name: string,
  key: Exclude<keyof ClientMetrics, "deliveredPerSecond">,
  unit: string,
  kind: "Counter" | "Gauge",
][] = [
  ["events.accepted", "accepted", "{event}", "Counter"],
  ["events.delivered", "delivered", "{event}", "Counter"],
  ["events.dead_lettered", "deadLettered", "{event}", "Counter"],
  ["delivery.retries", "retries", "{attempt}", "Counter"],
  ["spool.events", "queuedEvents", "{event}", "Gauge"],
  ["spool.size", "queuedBytes", "By", "Gauge"],
  ["delivery.lag", "lagMs", "ms", "Gauge"],
];

type Observer = (result: { observe(value: number, attributes: object): void }) => void;

interface Instrument {
  addCallback(callback: Observer): void;
  removeCallback(callback: Observer): void;
}

/**
 * Publishes the metrics where the application has `@opentelemetry/api`; without it, does nothing.
 * @returns ends that
 */
export function publishToOpenTelemetry(
  read: () => Omit<ClientMetrics, "deliveredPerSecond">,
  lane: string,
): () => void {
  let api: { metrics: { getMeter(name: string): Record<string, (name: string, options: object) => Instrument> } };
  try {
    api = createRequire(__filename)("@opentelemetry/api");
  } catch {
    return () => undefined;
  }
  const meter = api.metrics.getMeter("two-table-warehouse");
  const ends = INSTRUMENTS.map(([name, key, unit, kind]) => {
    const instrument = meter[`createObservable${kind}`]?.(`two_table_warehouse.${name}`, { unit });
    const observe: Observer = (result) => result.observe(Number(read()[key]), { lane });
    instrument?.addCallback(observe);
    return () => instrument?.removeCallback(observe);
  });
  return () => {
    for (const end of ends) end();
  };
}
