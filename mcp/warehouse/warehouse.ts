import snowflake, { type Connection, type ConnectionOptions, type RowStatement } from "snowflake-sdk";
import { LoginGuard } from "../../client/loginGuard";
import { SessionPool } from "./sessionPool";
import { untilStopped } from "./untilStopped";
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

/** Sessions at the same time; further calls wait. */
const SESSIONS = 4;

/** The warehouse to a person in one role. */
export class Warehouse {
  private readonly pool = new SessionPool(SESSIONS, () => this.logIn());
  private readonly guard = new LoginGuard();

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
    const stop = AbortSignal.any([AbortSignal.timeout(options.timeoutMs), ...(options.signal ? [options.signal] : [])]);
    for (;;) {
      try {
        return await this.attempt(sqlText, binds, options, stop);
      } catch (error) {
        // The session ended before the statement began: another one may run it.
        if (!sessionIsOver(error)) throw asWarehouseError(error);
      }
    }
  }

  private async attempt(
    sqlText: string,
    binds: (string | number)[],
    { tag, timeoutMs }: RunOptions,
    stop: AbortSignal,
  ): Promise<Row[]> {
    const connection = await this.pool.take(stop);
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
    rows.then(
      () => this.pool.give(connection),
      (error) => (sessionSurvives(error) ? this.pool.give(connection) : this.pool.discard(connection)),
    );
    try {
      return await untilStopped(rows, stop);
    } catch (error) {
      if (stop.aborted) statement?.cancel(() => undefined);
      throw error;
    }
  }

  /** A session in the one role, of a user who is no administrator. */
  private async logIn(): Promise<Connection> {
    const connection = snowflake.createConnection({ sfRetryMaxLoginRetries: 0, ...this.options } as ConnectionOptions);
    const connect = () =>
      new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    await this.guard.logIn(connect);
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

  close(): Promise<void> {
    return this.pool.close();
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
