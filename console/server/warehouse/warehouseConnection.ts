import { randomUUID } from "node:crypto";
import snowflake, { type Connection, type ConnectionOptions } from "snowflake-sdk";
import { ownRetries, releaseRequest } from "../../../client/driverRequests";
import { LoginGuard } from "../../../client/loginGuard";
import { logOut } from "../../../client/logOut";
import { ConsoleError, fromDriver } from "./consoleError";
import type { Row } from "./rows";

export type Bind = string | number | null;

/** How long a statement may take, in ms, before the warehouse counts as gone. */
const READ_TIMEOUT_MS = 30_000;

/** The one session of the console, opened when it is needed and again after it broke. Statements run in parallel. */
export class WarehouseConnection {
  private opened: Promise<Connection> | undefined;
  private closed = false;
  private readonly guard = new LoginGuard();

  constructor(private readonly options: ConnectionOptions) {
    // The driver would write a snowflake.log into the working directory.
    snowflake.configure({ logLevel: "OFF", additionalLogToConsole: false });
  }

  /**
   * Runs one statement. A VARIANT arrives as JSON text, so that no digit is lost; the driver parses OBJECT and ARRAY
   * itself, which TO_JSON avoids.
   * @throws ConsoleError
   */
  async query(sqlText: string, binds: Bind[] = [], timeoutMs = READ_TIMEOUT_MS): Promise<Row[]> {
    if (this.closed) throw new ConsoleError("gone", "The console is stopping.");
    const requestId = randomUUID();
    const abort = new AbortController();
    const expired = new ConsoleError("gone", `The warehouse did not answer within ${timeoutMs / 1000} s.`);
    const timer = setTimeout(() => abort.abort(expired), timeoutMs);
    ownRetries(requestId, abort.signal);
    const opened = this.open();
    try {
      return await Promise.race([
        opened.then((connection) => execute(connection, sqlText, binds, requestId)),
        new Promise<never>((_, reject) => abort.signal.addEventListener("abort", () => reject(expired))),
      ]);
    } catch (error) {
      const failure = fromDriver(error);
      // A statement that failed leaves the session whole; everything else starts with a new one.
      if (failure.kind === "gone" && this.opened === opened) {
        this.opened = undefined;
        opened.then(logOut).catch(() => undefined);
      }
      throw failure;
    } finally {
      clearTimeout(timer);
      releaseRequest(requestId);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.opened?.then(logOut).catch(() => undefined);
  }

  private open(): Promise<Connection> {
    this.opened ??= logIn(this.options, this.guard);
    this.opened.catch(() => undefined);
    return this.opened;
  }
}

async function logIn(options: ConnectionOptions, guard: LoginGuard): Promise<Connection> {
  const connection = snowflake.createConnection({ sfRetryMaxLoginRetries: 0, ...options } as ConnectionOptions);
  const connect = () =>
    new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  await guard.logIn(connect);
  // Other roles of the user would let the console do more than its own role may.
  await execute(connection, "USE SECONDARY ROLES NONE", [], randomUUID());
  return connection;
}

function execute(connection: Connection, sqlText: string, binds: Bind[], requestId: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      binds: binds as snowflake.Binds,
      requestId,
      fetchAsString: ["JSON"],
      complete: (error, _, rows) => (error ? reject(error) : resolve((rows ?? []) as Row[])),
    });
  });
}
