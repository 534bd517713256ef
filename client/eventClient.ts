import { EventEmitter } from "node:events";
import type { ConnectionOptions } from "snowflake-sdk";
import type { BackoffOptions } from "./backoff";
import { type AttemptFailure, BatchSender } from "./batchSender";
import { type ClientMetrics, Meter, publishToOpenTelemetry } from "./clientMetrics";
import { connectionOptions, readProducerOutputs } from "./connectionOptions";
import { type DeadLetter, DeadLetterFile } from "./deadLetters";
import { type BatchLimits, Delivery } from "./delivery";
import { quietDriver } from "./driverLog";
import type { EventInput } from "./event";
import { Intake, type Receipt, type Refusal } from "./intake";
import { InvalidEventError } from "./invalidEvent";
import { checkLane, DEFAULT_LANE } from "./lane";
import { notify } from "./notify";
import { type PreparedEvent, prepareEvent } from "./prepareEvent";
import { closeOnSignal } from "./shutdown";
import type { Records } from "./spool/record";
import { Spool, type SpoolOptions } from "./spool/spool";

export interface EventClientOptions {
  /** Outputs of a stack (`pulumi stack output --json`): address, role, warehouse and procedure. */
  outputs?: unknown;
  /** Options of snowflake-sdk; they win over the outputs. Without credentials here, `SNOWFLAKE_USER`, `SNOWFLAKE_PASSWORD` and `SNOWFLAKE_PRIVATE_KEY` are read. */
  connection?: ConnectionOptions;
  /** Where the events come from; part of every event's identity. Default `DIRECT`. */
  lane?: string;
  /** Folder of the durable spool, or all its options. One client at a time may use it. */
  spool: string | SpoolOptions;
  /** Fully qualified name of the procedure that takes events. Default: that of the outputs, or `CLAUDE_BI.MCP.INGEST_EVENTS`. */
  procedure?: string;
  batch?: BatchLimits;
  /** How long one attempt to deliver may take, in ms. Default 60000. */
  timeoutMs?: number;
  backoff?: BackoffOptions;
  /** Told of every event that will not come into EVENTS, after it was kept in `dead-letters.ndjson` in the spool folder. */
  onDeadLetter?: (letter: DeadLetter) => void;
  /**
   * The log of snowflake-sdk, of which a process has one. `off`, the default: it is ended unless the application has configured another
   * level than INFO. `keep`: it stays as it is, by default on standard output and in `snowflake.log` of the working directory.
   */
  driverLog?: "off" | "keep";
  /** Signals on which the client closes itself before the process ends. Default `["SIGTERM"]`. */
  closeOnSignals?: readonly NodeJS.Signals[];
}

/** The client was closed before; the event was not taken. */
export class ClientClosedError extends Error {
  override name = "ClientClosedError";

  constructor() {
    super("The event client is closed; it takes no more events");
  }
}

interface Events {
  deadLetter: [DeadLetter];
  /** An attempt to deliver failed; it is repeated. */
  failure: [AttemptFailure];
}

interface Running {
  spool: Spool;
  delivery: Delivery;
  deadLetters: DeadLetterFile;
}

/**
 * Takes events and brings them into the warehouse. An acknowledged event is never lost: it is on disk before `track` resolves
 * and leaves the disk when the warehouse has answered for it. It is in ACTIVITY.EVENTS exactly once: its `_recv_at`, and so
 * its id, is set once and travels with every retry.
 */
export class EventClient extends EventEmitter<Events> {
  private readonly lane: string;
  private readonly sender: BatchSender;
  private readonly meter = new Meter();
  private readonly forgetSignals: () => void;
  private readonly endPublishing: () => void;
  private readonly running: Promise<Running>;
  /** Calls of track that have not resolved yet. */
  private readonly accepting = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;
  private lastFailure: AttemptFailure | undefined;
  private state: Running | undefined;

  constructor(private readonly options: EventClientOptions) {
    super();
    this.lane = checkLane(options.lane ?? DEFAULT_LANE);
    if (options.driverLog !== "keep") quietDriver();
    const outputs = options.outputs === undefined ? undefined : readProducerOutputs(options.outputs);
    this.sender = new BatchSender({
      connection: connectionOptions(options.outputs, options.connection),
      lane: this.lane,
      procedure: options.procedure ?? outputs?.procedures.ingestEvents,
      timeoutMs: options.timeoutMs,
      backoff: options.backoff,
      onFailure: (failure) => this.fail(failure),
    });
    this.running = this.start();
    // Whoever calls track, flush or close is told.
    this.running.catch(() => undefined);
    this.forgetSignals = closeOnSignal(this, options.closeOnSignals ?? ["SIGTERM"]);
    this.endPublishing = publishToOpenTelemetry(() => this.meter.totals(this.state, this.sender), this.lane);
  }

  /** Resolves when the spool is open; rejects when its folder is in use or cannot be written. */
  async ready(): Promise<void> {
    await this.running;
  }

  /**
   * Takes one event; resolves when it is on disk.
   * @throws InvalidEventError with every problem of the event; SpoolFullError
   */
  async track(event: EventInput): Promise<Receipt> {
    const [receipt] = await this.trackPrepared([this.prepare(event)]);
    return receipt as Receipt;
  }

  /**
   * Takes many events at the price of one write; those that are not valid are left out and told of, each in its place.
   * @throws SpoolFullError; then none was taken
   */
  async trackEach(events: readonly EventInput[]): Promise<(Receipt | Refusal)[]> {
    const intake = new Intake();
    const refusals = events.map((event): Refusal | undefined => {
      try {
        intake.add(this.prepare(event));
        return undefined;
      } catch (error) {
        if (error instanceof InvalidEventError) return { status: "invalid", problems: error.problems };
        throw error;
      }
    });
    const receipts = await this.accept(intake);
    let next = 0;
    return refusals.map((refusal) => refusal ?? (receipts[next++] as Receipt));
  }

  /**
   * Takes many events at the price of one write; all or, when one is not valid, none.
   * @throws InvalidEventError with every problem of every event, each with its place in the list; SpoolFullError
   */
  async trackMany(events: readonly EventInput[]): Promise<Receipt[]> {
    const problems: string[] = [];
    const intake = new Intake();
    for (const [index, event] of events.entries()) {
      try {
        intake.add(this.prepare(event));
      } catch (error) {
        if (!(error instanceof InvalidEventError)) throw error;
        problems.push(...error.problems.map((problem) => `[${index}] ${problem}`));
      }
    }
    if (problems.length > 0) throw new InvalidEventError(problems);
    return this.accept(intake);
  }

  /**
   * Takes events that `prepareEvent` made ready for this client's lane.
   * @internal
   */
  async trackPrepared(events: readonly PreparedEvent[]): Promise<Receipt[]> {
    const intake = new Intake();
    for (const event of events) intake.add(event);
    return this.accept(intake);
  }

  private prepare(event: EventInput): PreparedEvent {
    this.refuseWhenClosed();
    return prepareEvent(event, { lane: this.lane, recvAt: Date.now() });
  }

  private refuseWhenClosed(): void {
    if (this.closing) throw new ClientClosedError();
  }

  private accept(intake: Intake): Promise<Receipt[]> {
    this.refuseWhenClosed();
    const work = this.keep(intake.records(), intake.receipts, intake.deadLetters);
    this.accepting.add(work);
    const done = () => this.accepting.delete(work);
    work.then(done, done);
    return work;
  }

  private async keep(records: Records, receipts: Receipt[], deadLetters: DeadLetter[]): Promise<Receipt[]> {
    const { spool } = await this.running;
    if (deadLetters.length > 0) await this.bury(deadLetters);
    if (records.count > 0) await spool.append(records);
    this.meter.accepted += records.count;
    return receipts;
  }

  /**
   * Resolves when everything tracked before is in the warehouse.
   * @param timeoutMs how long to wait; default 30000. What is not delivered by then stays in the spool and is sent later.
   */
  async flush({ timeoutMs = 30_000 } = {}): Promise<void> {
    await this.untilDelivered(timeoutMs);
  }

  /** @param given nobody waits any more: the time that is left must not keep the process alive */
  private async untilDelivered(timeoutMs: number, given?: AbortSignal): Promise<void> {
    const { delivery, spool } = await this.running;
    let timer: NodeJS.Timeout | undefined;
    given?.addEventListener("abort", () => clearTimeout(timer), { once: true });
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const why = this.lastFailure ? `; the last attempt failed: ${this.lastFailure.message.replace(/\.$/, "")}` : "";
        const left = `events still in the spool after ${timeoutMs} ms: ${spool.pending.events}`;
        reject(new Error(`${left}${why}. They stay there and are sent when the warehouse takes them`));
      }, timeoutMs);
    });
    try {
      await Promise.race([this.drained(delivery), expired]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async drained(delivery: Delivery): Promise<void> {
    await Promise.allSettled(this.accepting);
    await delivery.drained();
  }

  /**
   * Takes no more events, delivers what it can in the given time (or until the circuit is open), and stops. What is left is in the spool: the next client
   * on the same folder sends it. Never rejects for undelivered events.
   */
  close({ timeoutMs = 10_000 } = {}): Promise<void> {
    this.closing ??= this.shutDown(timeoutMs);
    return this.closing;
  }

  private async shutDown(timeoutMs: number): Promise<void> {
    this.forgetSignals();
    const given = new AbortController();
    try {
      const running = await this.running.catch(() => undefined);
      if (running === undefined) return await this.sender.close();
      await Promise.race([this.untilDelivered(timeoutMs, given.signal).catch(() => undefined), this.untilOpen()]);
      given.abort();
      await running.delivery.stop();
      await running.deadLetters.close();
      await running.spool.close();
    } finally {
      this.endPublishing();
    }
  }

  /** Resolves when the warehouse does not take events: waiting for it would hold up the end of the process for nothing. */
  private async untilOpen(): Promise<void> {
    if (this.sender.circuit === "open") return;
    await new Promise<void>((resolve) => {
      // Before the application's own listeners, of which one may throw.
      this.prependListener("failure", () => {
        if (this.sender.circuit === "open") resolve();
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Where things stand; cheap enough to ask every second. */
  metrics(): ClientMetrics {
    return this.meter.read(this.state, this.sender);
  }

  private async start(): Promise<Running> {
    const given = typeof this.options.spool === "string" ? { folder: this.options.spool } : this.options.spool;
    const spool = await Spool.open({
      ...given,
      lane: this.lane,
      onDamage: (damage) => {
        notify(() => given.onDamage?.(damage));
        const where = `segment ${damage.segment} of the spool ${given.folder}`;
        this.report([{ reason: `${damage.records} records in ${where} are damaged`, count: damage.records }]);
      },
    });
    const deadLetters = new DeadLetterFile(given.folder);
    const delivery = new Delivery({
      ...this.options.batch,
      spool,
      sender: this.sender,
      onDeadLetters: (letters) => this.bury(letters),
      onError: ({ message }) => this.fail({ message, failures: 1, waitMs: 1000, transient: true, loginRefused: false }),
    });
    this.state = { spool, delivery, deadLetters };
    return this.state;
  }

  private fail(failure: AttemptFailure): void {
    this.lastFailure = failure;
    notify(() => this.emit("failure", failure));
  }

  private async bury(letters: DeadLetter[]): Promise<void> {
    await this.state?.deadLetters.keep(letters);
    this.report(letters);
  }

  private report(letters: DeadLetter[]): void {
    for (const letter of letters) {
      this.meter.deadLettered += letter.count;
      notify(() => this.options.onDeadLetter?.(letter));
      notify(() => this.emit("deadLetter", letter));
    }
  }
}
