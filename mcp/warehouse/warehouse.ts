import snowflake, { type Connection, type ConnectionOptions, type RowStatement } from "snowflake-sdk";
import { asWarehouseError, sessionIsOver, sessionSurvives, WarehouseError } from "./warehouseError";

export type Row = Record<string, unknown>;

export interface RunOptions {
  /** Query tag of the statement. */
  tag: string;
  timeoutMs: number;
  /** Stops the statement in the warehouse as well. */
  signal?: AbortSignal;
}

// The protocol owns stdout, and a log file would keep what was asked.
snowflake.configure({ logLevel: "OFF", additionalLogToConsole: false } as Parameters<typeof snowflake.configure>[0]);

/** One session of the driver in one role, opened when it is needed and again after it was lost. */
export class Warehouse {
  private connection: Promise<Connection> | undefined;

  /** @param refusedRoles a user who holds one of them is not let in */
  constructor(
    private readonly options: ConnectionOptions,
    private readonly refusedRoles: readonly string[] = [],
  ) {}

  /**
   * Runs one statement with its values bound. JSON columns come as text, so that no digit is lost.
   * @throws WarehouseError
   */
  async run(sqlText: string, binds: (string | number)[], options: RunOptions): Promise<Row[]> {
    try {
      return await this.attempt(sqlText, binds, options);
    } catch (error) {
      if (!sessionIsOver(error)) throw asWarehouseError(error);
    }
    // The session ended before the statement began: a new one may run it.
    return this.attempt(sqlText, binds, options).catch((error) => {
      throw asWarehouseError(error);
    });
  }

  private async attempt(
    sqlText: string,
    binds: (string | number)[],
    { tag, timeoutMs, signal }: RunOptions,
  ): Promise<Row[]> {
    const stop = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    const open = this.open();
    const connection = await untilStopped(open, stop);
    let statement: RowStatement | undefined;
    const rows = new Promise<Row[]>((resolve, reject) => {
      statement = connection.execute({
        sqlText,
        binds,
        parameters: { QUERY_TAG: tag, STATEMENT_TIMEOUT_IN_SECONDS: Math.ceil(timeoutMs / 1000) },
        fetchAsString: ["JSON"],
        complete: (error, _, result) => (error ? reject(error) : resolve((result ?? []) as Row[])),
      } as Parameters<Connection["execute"]>[0]);
    });
    try {
      return await untilStopped(rows, stop);
    } catch (error) {
      if (stop.aborted) statement?.cancel(() => undefined);
      else if (!sessionSurvives(error) && this.connection === open) this.forget();
      throw error;
    }
  }

  private open(): Promise<Connection> {
    this.connection ??= this.logIn();
    const opening = this.connection;
    opening.catch(() => {
      if (this.connection === opening) this.connection = undefined;
    });
    return opening;
  }

  /** A session in the one role, of a user who is no administrator. */
  private async logIn(): Promise<Connection> {
    const connection = snowflake.createConnection({ sfRetryMaxLoginRetries: 0, ...this.options } as ConnectionOptions);
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    try {
      await fetchAll(connection, "USE SECONDARY ROLES NONE");
      const [row] = await fetchAll(connection, "SELECT CURRENT_AVAILABLE_ROLES() AS ROLES");
      const roles = JSON.parse(String(row?.ROLES ?? "[]")) as string[];
      const refused = roles.find((role) => this.refusedRoles.includes(role));
      if (refused === undefined) return connection;
      throw new WarehouseError(
        "login",
        `${this.options.username} holds the role ${refused}. Assistants ask as people do: give the server a user without administrative roles.`,
      );
    } catch (error) {
      connection.destroy(() => undefined);
      throw error;
    }
  }

  private forget(): void {
    const lost = this.connection;
    this.connection = undefined;
    lost?.then((connection) => connection.destroy(() => undefined)).catch(() => undefined);
  }

  /** Says goodbye, and does not wait long for a server that is gone. */
  async close(): Promise<void> {
    const open = this.connection;
    this.connection = undefined;
    const connection = await open?.catch(() => undefined);
    if (!connection) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 2000);
      connection.destroy(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function fetchAll(connection: Connection, sqlText: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      complete: (error, _, rows) => (error ? reject(error) : resolve((rows ?? []) as Row[])),
    });
  });
}

function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopped = () => {
      const isTimeout = (stop.reason as Error | undefined)?.name === "TimeoutError";
      reject(
        isTimeout
          ? new WarehouseError("timeout", "The query took longer than it may and was stopped.")
          : new WarehouseError("cancelled", "The query was cancelled."),
      );
    };
    if (stop.aborted) stopped();
    stop.addEventListener("abort", stopped, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener("abort", stopped));
  });
}
