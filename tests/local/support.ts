import { randomInt } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import snowflake from "snowflake-sdk";
import type { Clock, Timer } from "../../local/index";
import { type LocalServer, type LocalServerOptions, startLocalServer } from "../../local/index";

snowflake.configure({ logLevel: "OFF" });

export const ADMIN_PASSWORD = "only-for-this-test";

export type Row = Record<string, unknown>;

/** A server on a free port, in memory unless `data` is given. Close it in `after`. */
export const startServer = (options: LocalServerOptions = {}): Promise<LocalServer> =>
  startLocalServer({ password: ADMIN_PASSWORD, ...options });

/** Below the ports that systems give to whoever asks for any: another program may be given those in between. */
const OWN_PORTS = { first: 12_000, last: 32_000 };

/** A port that nobody listens on, for what has to have the same one twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    server.listen(randomInt(OWN_PORTS.first, OWN_PORTS.last), "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return port;
  }
}

export interface ConnectOptions {
  username?: string;
  password?: string;
  role?: string;
  warehouse?: string;
  database?: string;
  schema?: string;
  privateKey?: string;
  authenticator?: string;
  token?: string;
  /** Of values fetched as text. The driver keeps the last answer for all its connections. */
  representNullAsStringNull?: boolean;
}

/** A connection of the real driver, as the administrator unless said otherwise. */
export function connect(
  server: Pick<LocalServer, "account" | "user" | "host" | "port">,
  options: ConnectOptions = {},
): Promise<snowflake.Connection> {
  const connection = snowflake.createConnection({
    account: server.account,
    username: server.user,
    password: ADMIN_PASSWORD,
    accessUrl: `http://${server.host}:${server.port}`,
    ...options,
  } as snowflake.ConnectionOptions);
  return new Promise((resolve, reject) => {
    connection.connect((error, connected) => (error ? reject(error) : resolve(connected)));
  });
}

export interface Executed {
  rows: Row[];
  statement: snowflake.RowStatement;
}

/** Runs one statement and gives rows and statement. The driver's error has `code`, `sqlState`, `message`, `data`. */
export function execute(
  connection: snowflake.Connection,
  sqlText: string,
  options: Partial<snowflake.StatementOption> = {},
): Promise<Executed> {
  return new Promise((resolve, reject) => {
    connection.execute({
      ...options,
      sqlText,
      complete: (error, statement, rows) =>
        error
          ? reject(error)
          : resolve({ rows: (rows ?? []) as Row[], statement: statement as snowflake.RowStatement }),
    } as snowflake.StatementOption);
  });
}

/** Runs one statement and gives its rows as objects. */
export const query = async (
  connection: snowflake.Connection,
  sqlText: string,
  binds?: snowflake.Binds,
): Promise<Row[]> => (await execute(connection, sqlText, binds ? { binds } : {})).rows;

/** Ends a connection; a session that is gone already is no error. */
export const disconnect = (connection: snowflake.Connection): Promise<void> =>
  new Promise((resolve) => {
    connection.destroy(() => resolve());
  });

/** A clock that stands still until it is moved; timers fire in order while it moves. */
export class SteerableClock implements Clock {
  private micros: bigint;
  private readonly timers = new Set<{ at: bigint; callback: () => void }>();

  constructor(start = "2026-03-01T10:00:00Z") {
    this.micros = BigInt(Date.parse(start)) * 1000n;
  }

  nowMicros(): bigint {
    return this.micros;
  }

  setTimer(milliseconds: number, callback: () => void): Timer {
    const timer = { at: this.micros + BigInt(Math.max(0, Math.round(milliseconds))) * 1000n, callback };
    this.timers.add(timer);
    return { cancel: () => this.timers.delete(timer) };
  }

  /** Whether something waits until exactly so many milliseconds from now. */
  isAwaited(milliseconds: number): boolean {
    const moment = this.micros + BigInt(milliseconds) * 1000n;
    return [...this.timers].some(({ at }) => at === moment);
  }

  /** Moves on and fires what falls due, each at its own time. What a callback starts is given a turn of the event loop. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.micros + BigInt(milliseconds) * 1000n;
    for (;;) {
      const due = [...this.timers].filter((timer) => timer.at <= end).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
      if (!due) break;
      this.timers.delete(due);
      if (due.at > this.micros) this.micros = due.at;
      due.callback();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.micros = end;
  }
}
