import type { ConnectionOptions } from "snowflake-sdk";
import { Backoff, type BackoffOptions, pause } from "./backoff";
import { DEFAULT_PROCEDURE } from "./connectionOptions";
import { classifyFailure, type DriverError, describeFailure, isLoginRefused, retryAfterMs } from "./failure";
import { checkLane } from "./lane";
import { QUICK_LOGINS } from "./loginGuard";
import { requestIdOf } from "./requestId";
import { WarehouseSession } from "./warehouseSession";

export interface BatchSenderOptions {
  connection: ConnectionOptions;
  /** Where the events come from; part of every event's identity. */
  lane: string;
  /** Fully qualified name. Default `CLAUDE_BI.MCP.INGEST_EVENTS`. */
  procedure?: string;
  /** How long one attempt may take, in ms. Default 60000. */
  timeoutMs?: number;
  backoff?: BackoffOptions;
  /** Failures in a row after which the circuit counts as open. Default 5. */
  openAfter?: number;
  /** Told of every failed attempt and how long the next one waits. */
  onFailure?: (failure: AttemptFailure) => void;
}

export interface AttemptFailure {
  /** Code, SQL state and message as Snowflake's clients print them. */
  message: string;
  /** Failures in a row, this one included. */
  failures: number;
  /** The wait before the next attempt, in ms. */
  waitMs: number;
  /** Whether waiting alone may help: false for missing rights, a missing procedure, a wrong password. */
  transient: boolean;
  /**
   * Whether the login was refused. The next attempt waits as long as any does, from the third refusal in a row on 32 times as long
   * (16 minutes by default): five in a row lock the user for 15 minutes, for everybody who logs in as that user.
   */
  loginRefused: boolean;
}

export interface Batch {
  /** Names the batch for ever: sent again in a session that knows it, it is not executed again. What lands twice counts once in EVENTS. */
  requestId: string;
  /** JSON texts of events, `_recv_at` included. */
  events: readonly string[];
  /**
   * Gives the batch another id, once the server has answered the present one with an error for good. Whoever may be killed and send the
   * batch again keeps it on disk. Default: an id made of the first one.
   */
  renewRequestId?: () => Promise<string>;
}

export interface BatchOutcome {
  accepted: number;
  /** How many the warehouse put into MCP.DEAD_LETTERS. */
  deadLettered: number;
  /** Events the warehouse could not even read; they are nowhere but here. */
  unreadable: { index: number; reason: string }[];
}

/** Closed: calls go through. Open: the last calls failed and the next one waits. */
export type CircuitState = "closed" | "open";

/** The wait after {@link QUICK_LOGINS}, in longest waits: 16 minutes of 30 seconds. */
const LOCK_OUTLASTED = 32;

/** Sends batches of events until the warehouse has them. */
export class BatchSender {
  private readonly session: WarehouseSession;
  private readonly sql: string;
  private readonly backoff: Backoff;
  private readonly closing = new AbortController();
  private failures = 0;
  /** In a row. */
  private refusedLogins = 0;
  /** Attempts that were not the first of their batch. */
  retries = 0;

  constructor(private readonly options: BatchSenderOptions) {
    checkLane(options.lane);
    const procedure = options.procedure ?? DEFAULT_PROCEDURE;
    if (!/^([A-Za-z_][\w$]*|"[^"]+")(\.([A-Za-z_][\w$]*|"[^"]+")){0,2}$/.test(procedure)) {
      throw new RangeError(
        `The procedure ${JSON.stringify(procedure)} is malformed; expected a name such as ${DEFAULT_PROCEDURE}`,
      );
    }
    this.sql = `CALL ${procedure}(PARSE_JSON(?), ?)`;
    this.session = new WarehouseSession(options.connection);
    this.backoff = new Backoff(options.backoff);
  }

  get circuit(): CircuitState {
    return this.refusedLogins > 0 || this.failures >= (this.options.openAfter ?? 5) ? "open" : "closed";
  }

  /**
   * Sends a batch until it is in the warehouse, however long that takes.
   * @returns undefined when the sender was closed before
   */
  async send({ requestId, events, renewRequestId }: Batch): Promise<BatchOutcome | undefined> {
    if (events.length === 0) return { accepted: 0, deadLettered: 0, unreadable: [] };
    let attemptId = requestId;
    let refused = 0;
    for (let attempt = 1; !this.closing.signal.aborted; attempt++) {
      if (attempt > 1) this.retries++;
      try {
        const outcome = await this.call(attemptId, events);
        this.failures = 0;
        this.refusedLogins = 0;
        this.backoff.reset();
        return outcome;
      } catch (error) {
        if (this.closing.signal.aborted) return undefined;
        const kind = classifyFailure(error as DriverError);
        if (kind === "data") return this.divide(attemptId, events, error as DriverError);
        // An error of the statement was its answer: the same id would only bring that answer again.
        if (kind === "refused") attemptId = (await renewRequestId?.()) ?? requestIdOf(`${requestId} ${++refused}`);
        await this.wait(error as DriverError, kind === "unknown");
      }
    }
    return undefined;
  }

  /**
   * One attempt, for a batch whose turn has not come: the one before it is still under way.
   * @returns undefined when it failed; `send` then does all that is to be done about it, under the same request id
   */
  async attempt({ requestId, events }: Batch): Promise<BatchOutcome | undefined> {
    try {
      return await this.call(requestId, events);
    } catch {
      this.retries++;
      return undefined;
    }
  }

  /** The last attempt did not fail. */
  get isSteady(): boolean {
    return this.failures === 0;
  }

  private async call(requestId: string, events: readonly string[]): Promise<BatchOutcome> {
    const rows = await this.session.execute(this.sql, [`[${events.join(",")}]`, this.options.lane], {
      requestId,
      timeoutMs: this.options.timeoutMs ?? 60_000,
      signal: this.closing.signal,
    });
    return readAnswer(rows, events.length);
  }

  private async divide(
    requestId: string,
    events: readonly string[],
    error: DriverError,
  ): Promise<BatchOutcome | undefined> {
    if (events.length === 1) {
      return { accepted: 0, deadLettered: 0, unreadable: [{ index: 0, reason: describeFailure(error) }] };
    }
    const middle = events.length >> 1;
    const total: BatchOutcome = { accepted: 0, deadLettered: 0, unreadable: [] };
    for (const [start, end] of [
      [0, middle],
      [middle, events.length],
    ] as const) {
      const part = await this.send({
        requestId: requestIdOf(`${requestId} ${start}-${end}`),
        events: events.slice(start, end),
      });
      if (part === undefined) return undefined;
      total.accepted += part.accepted;
      total.deadLettered += part.deadLettered;
      total.unreadable.push(...part.unreadable.map(({ index, reason }) => ({ index: index + start, reason })));
    }
    return total;
  }

  private async wait(error: DriverError, transient: boolean): Promise<void> {
    this.failures++;
    const loginRefused = isLoginRefused(error);
    this.refusedLogins = loginRefused ? this.refusedLogins + 1 : 0;
    const { failures } = this;
    const longest = this.backoff.longest * (this.refusedLogins < QUICK_LOGINS ? 1 : LOCK_OUTLASTED);
    const waitMs = Math.max(loginRefused ? longest : this.backoff.next(), retryAfterMs(error));
    this.options.onFailure?.({ message: describeFailure(error), failures, waitMs, transient, loginRefused });
    await pause(waitMs, this.closing.signal);
  }

  /** Ends the present attempt and logs out. What was not answered is not known to have arrived. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.session.close();
  }
}

function readAnswer(rows: Record<string, unknown>[], sent: number): BatchOutcome {
  const cell = rows[0] && Object.values(rows[0])[0];
  const answer = (typeof cell === "string" ? JSON.parse(cell) : cell) as Record<string, unknown> | undefined;
  const { accepted, dead_lettered: deadLettered } = answer ?? {};
  if (typeof accepted !== "number" || typeof deadLettered !== "number" || accepted + deadLettered !== sent) {
    throw new Error(
      `INGEST_EVENTS answered ${JSON.stringify(cell)} to ${sent} events; expected {accepted, dead_lettered}`,
    );
  }
  return { accepted, deadLettered, unreadable: [] };
}
