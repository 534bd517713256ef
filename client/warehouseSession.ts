import snowflake, { type Connection, type ConnectionOptions, type RowStatement } from "snowflake-sdk";
import { ownRetries, releaseRequest } from "./driverRequests";
import { type DriverError, sessionAfter } from "./failure";
import { logOut } from "./logOut";

export interface CallOptions {
  /** Told to the server, which executes each id once in a session. */
  requestId: string;
  /** How long one attempt may take, in ms. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** After so many failures of the connection in a row a new session is tried, which no longer knows the request of the old one. */
const MAX_DOUBTS = 10;

/** One session of the driver, opened when it is needed and again after it broke. */
export class WarehouseSession {
  private connection: Promise<Connection> | undefined;
  /** Counts logins, so that one failure closes one connection. */
  private generation = 0;
  /** Failures of the connection since the server last answered. */
  private doubts = 0;

  constructor(private readonly options: ConnectionOptions) {}

  /**
   * Runs one statement and returns its rows. The driver does not retry by itself.
   * @throws the driver's error, or `Error` with code `ETIMEDOUT` or `ABORT_ERR`
   */
  async execute(sqlText: string, binds: (string | number)[], call: CallOptions): Promise<Record<string, unknown>[]> {
    const abort = new AbortController();
    const expire = () => abort.abort(attemptError(`no answer within ${call.timeoutMs} ms`, "ETIMEDOUT"));
    const stop = () => abort.abort(attemptError("the client is closing", "ABORT_ERR"));
    const timer = setTimeout(expire, call.timeoutMs);
    call.signal?.addEventListener("abort", stop, { once: true });
    if (call.signal?.aborted) stop();
    try {
      return await this.attempt(sqlText, binds, call.requestId, abort.signal);
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener("abort", stop);
    }
  }

  private async attempt(sqlText: string, binds: (string | number)[], requestId: string, signal: AbortSignal) {
    const generation = this.generation;
    const aborted = new Promise<never>((_, reject) => {
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    aborted.catch(() => undefined);
    ownRetries(requestId, signal);
    try {
      const connection = await Promise.race([this.open(), aborted]).catch((error) => {
        this.discard(generation);
        throw error;
      });
      const rows = new Promise<Record<string, unknown>[]>((resolve, reject) => {
        connection.execute({
          sqlText,
          binds,
          requestId,
          // Otherwise the driver asks a second time before it tells that the first one failed.
          streamResult: true,
          complete: (error, statement) => (error ? reject(error) : rowsOf(statement).then(resolve, reject)),
        });
      });
      rows.catch(() => undefined);
      const answer = await Promise.race([rows, aborted]);
      this.doubts = 0;
      return answer;
    } catch (error) {
      const after = sessionAfter(error as DriverError);
      this.doubts = after === "unsure" ? this.doubts + 1 : 0;
      if (after === "gone" || this.doubts >= MAX_DOUBTS) this.discard(generation);
      throw error;
    } finally {
      releaseRequest(requestId);
    }
  }

  private open(): Promise<Connection> {
    this.connection ??= new Promise<Connection>((resolve, reject) => {
      const connection = snowflake.createConnection({
        sfRetryMaxLoginRetries: 0,
        ...this.options,
      } as ConnectionOptions);
      connection.connect((error) => (error ? reject(error) : resolve(connection)));
    });
    return this.connection;
  }

  private discard(generation: number): void {
    if (generation !== this.generation) return;
    this.generation++;
    this.doubts = 0;
    const broken = this.connection;
    this.connection = undefined;
    broken?.then(logOut).catch(() => undefined);
  }

  async close(): Promise<void> {
    const open = this.connection;
    this.connection = undefined;
    this.generation++;
    await open?.then(logOut).catch(() => undefined);
  }
}

async function rowsOf(statement: RowStatement): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const row of statement.streamRows()) rows.push(row);
  return rows;
}

function attemptError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
