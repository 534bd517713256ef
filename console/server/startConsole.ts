import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { consoleApp } from "./app";
import { Assets } from "./assets";
import { type ConsoleOptions, checkOptions, DEFAULT_CONSOLE_PORT, isLoopback } from "./consoleOptions";
import { openEvents } from "./events/openEvents";
import { LiveHub } from "./live/liveHub";
import { RefreshWatcher } from "./live/refreshWatcher";
import { serveSockets } from "./live/socketServer";
import type { ConsoleServices } from "./routes/services";
import { AccessToken } from "./security/accessToken";
import { AnswerCache } from "./warehouse/answerCache";
import { consoleConnection } from "./warehouse/consoleRole";
import { WarehouseConnection } from "./warehouse/warehouseConnection";

/** A console that answers. */
export interface RunningConsole {
  url: string;
  port: number;
  webSocketPort: number;
  /** The open browsers; for measuring. */
  hub: LiveHub;
  /** Takes no more requests, lets those under way finish, tells the browsers, logs out. */
  close(): Promise<void>;
}

/** A request under way at the end is waited for this long. */
const GRACE_MS = 3000;

/**
 * Starts the console: HTTP and WebSocket in this process. The warehouse need not be there yet.
 * @throws Error with code EADDRINUSE; FolderInUseError; Error when others could reach it without a token, or nothing was built
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  checkOptions(options);
  const { outputs, role = "admin", credentials, host = "127.0.0.1", port = DEFAULT_CONSOLE_PORT, token } = options;
  const connection = new WarehouseConnection(consoleConnection(outputs, role, credentials));
  const warehouse = { connection, outputs, cache: new AnswerCache() };
  const hub = new LiveHub();
  const watcher = new RefreshWatcher(warehouse, hub, options.watchEveryMs ?? 1000);
  const services: ConsoleServices = {
    options,
    warehouse,
    assets: new Assets(options.assets),
    access: new AccessToken(token),
    hub,
    watcher,
    startedAt: Date.now(),
    webSocketPort: null,
  };
  if (options.events !== undefined) services.events = await openEvents({ ...options.events, outputs, credentials });
  const closeEvents = (timeoutMs: number) => services.events?.intake.close({ timeoutMs });
  const pages = await listen(services, host, port).catch(async (error) => {
    await closeEvents(0);
    throw error;
  });
  const closers: (() => void)[] = [];
  const sockets = { hub, watcher, access: services.access, isLoopback: isLoopback(host) };
  let own: Server | undefined;
  if (options.webSocketPort === undefined) {
    closers.push(serveSockets(pages as Server, { ...sockets, hasOwnPort: false }));
  } else {
    try {
      own = await listenPlain(host, options.webSocketPort);
    } catch (error) {
      await stop(pages as Server);
      await closeEvents(0);
      throw error;
    }
    services.webSocketPort = portOf(own);
    closers.push(serveSockets(own, { ...sockets, hasOwnPort: true }));
  }
  const actual = portOf(pages);
  return {
    url: `http://${host === "0.0.0.0" || host === "::" ? "localhost" : host}:${actual}`,
    port: actual,
    webSocketPort: services.webSocketPort ?? actual,
    hub,
    close: async () => {
      watcher.stop();
      for (const close of closers) close();
      await Promise.all([stop(pages as Server), own === undefined ? undefined : stop(own)]);
      await Promise.all([connection.close(), closeEvents(GRACE_MS)]);
    },
  };
}

const CONNECTIONS = {
  // Who takes longer to say what they want holds a connection for nothing.
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 2000,
  // Longer than the minute for which load balancers keep a connection: they would send a request into one that is just being closed.
  keepAliveTimeout: 65_000,
};

const portOf = (server: ServerType): number => (server.address() as AddressInfo).port;

function listen(services: ConsoleServices, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const { fetch } = consoleApp(services);
    const server = serve({ fetch, hostname, port, serverOptions: CONNECTIONS }, () => resolve(server));
    server.once("error", reject);
  });
}

function listenPlain(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(CONNECTIONS, (_, response) => response.writeHead(404).end());
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
