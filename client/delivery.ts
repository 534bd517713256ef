import { pause } from "./backoff";
import type { BatchOutcome, BatchSender } from "./batchSender";
import type { DeadLetter } from "./deadLetters";
import type { Spool, SpoolBatch } from "./spool/spool";

export interface BatchLimits {
  /** Default 10000. */
  maxEvents?: number;
  /** Default 4 MiB. */
  maxBytes?: number;
  /** How long an event waits for others, in ms. Default 100. */
  maxAgeMs?: number;
}

export interface DeliveryOptions extends BatchLimits {
  spool: Spool;
  sender: BatchSender;
  /** Called, and waited for, before the batch counts as delivered. */
  onDeadLetters: (letters: DeadLetter[]) => Promise<void>;
  /** Told when the spool itself failed; the delivery goes on. */
  onError: (error: Error) => void;
}

/** Takes batches from the spool and sends them, until it is stopped. */
export class Delivery {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private hurry = new AbortController();
  /** A batch that was sent before the one in front of it was answered. */
  private ahead: { requestId: string; outcome: Promise<BatchOutcome | undefined> } | undefined;
  private waiters: { target: number; resolve: () => void }[] = [];
  /** Events taken out of the spool since the start. */
  delivered = 0;
  batches = 0;

  constructor(private readonly options: DeliveryOptions) {
    this.running = this.run();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.step(signal);
      } catch (error) {
        // The spool could not be read or marked: what was sent is sent again under the same request id.
        this.options.onError(error as Error);
        await pause(1000, signal);
      }
    }
  }

  private async step(signal: AbortSignal): Promise<void> {
    const { spool, sender, maxEvents = 10_000, maxBytes = 4 << 20, maxAgeMs = 100 } = this.options;
    await spool.untilData();
    if (!this.ahead && spool.pending.events < maxEvents && spool.pending.bytes < maxBytes) {
      await pause(maxAgeMs, signal, this.hurry.signal);
    }
    if (signal.aborted) return;
    const batch = await spool.nextBatch(maxEvents, maxBytes);
    if (batch === undefined) return;
    const sent = this.send(batch);
    // It may fail while the next batch is read; it is asked for below.
    sent.catch(() => undefined);
    if (sender.isSteady) await this.sendAhead(maxEvents, maxBytes).catch(this.options.onError);
    const outcome = await sent;
    if (outcome === undefined) return;
    const letters: DeadLetter[] = outcome.unreadable.map(({ index, reason }) => ({
      reason,
      event: batch.events[index],
      count: 1,
    }));
    if (outcome.deadLettered > 0) letters.push(namelessDeadLetters(outcome.deadLettered, batch.events.length));
    if (letters.length > 0) await this.options.onDeadLetters(letters);
    // Counted at the moment the spool counts them off: whoever begins to wait while the mark is written waits for what is left.
    this.delivered += batch.events.length;
    this.batches++;
    try {
      await spool.commit();
    } finally {
      this.settle();
    }
  }

  private async send(batch: SpoolBatch): Promise<BatchOutcome | undefined> {
    const { spool, sender } = this.options;
    const begun = this.ahead?.requestId === batch.requestId ? this.ahead.outcome : undefined;
    this.ahead = undefined;
    return (await begun) ?? sender.send({ ...batch, renewRequestId: () => spool.renewRequestId() });
  }

  /** While the warehouse is busy with a batch, the next one is prepared, travels and is read there; two are under way at most. */
  private async sendAhead(maxEvents: number, maxBytes: number): Promise<void> {
    const { spool, sender } = this.options;
    const batch = await spool.batchAhead(maxEvents, maxBytes);
    if (batch) this.ahead = { requestId: batch.requestId, outcome: sender.attempt(batch) };
  }

  /** Resolves when everything that is in the spool now has left it. */
  drained(): Promise<void> {
    const target = this.delivered + this.options.spool.pending.events;
    this.hurry.abort();
    return new Promise((resolve) => {
      this.waiters.push({ target, resolve });
      this.settle();
    });
  }

  private settle(): void {
    this.waiters = this.waiters.filter(({ target, resolve }) => {
      if (this.delivered < target && this.options.spool.pending.events > 0) return true;
      resolve();
      return false;
    });
    if (this.waiters.length === 0 && this.hurry.signal.aborted) this.hurry = new AbortController();
  }

  /** Stops after the present attempt; what is not delivered stays in the spool. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.options.spool.wake();
    await this.options.sender.close();
    await this.running;
  }
}

function namelessDeadLetters(count: number, sent: number): DeadLetter {
  return {
    reason: `the warehouse put ${count} of a batch of ${sent} events into MCP.DEAD_LETTERS, where the reason stands`,
    count,
  };
}
