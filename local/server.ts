import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { ensureAdministrator } from "./auth/administrator";
import { Authenticator } from "./auth/authenticate";
import { startBackgroundServices } from "./background";
import { type Clock, systemClock, toMillis } from "./clock";
import { abortEndpoints } from "./endpoints/abort";
import { sendError } from "./endpoints/http";
import { loginEndpoint } from "./endpoints/login";
import { monitoringEndpoint } from "./endpoints/monitoring";
import { queryEndpoint } from "./endpoints/query";
import { resultEndpoints } from "./endpoints/result";
import { sessionEndpoints } from "./endpoints/session";
import { sqlApiEndpoints } from "./endpoints/sqlApi/index";
import { stageFileEndpoint } from "./endpoints/stageFiles";
import { telemetryEndpoint } from "./endpoints/telemetry";
import { RunningStatements } from "./execution/running";
import { stepAside } from "./execution/setAside";
import { abandonTransactions } from "./execution/transactions";
import { QueryHistory } from "./history/queryHistory";
import { RequestLog } from "./history/requestLog";
import { log } from "./log";
import { ResultStore } from "./results/resultStore";
import type { Services } from "./services";
import { Sessions } from "./session/sessions";
import { removeTemporaryObjects } from "./session/temporary";
import { Transfers } from "./stages/transfers";
import { Store } from "./store/store";
import { registerUdfs } from "./udf/index";
import { WarehouseMeter } from "./warehouses/meter";

export interface LocalServerOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Directory of the data file; absent = in memory, gone at the end. */
  data?: string | undefined;
  /** What the engine may hold in memory before it writes intermediate results to disk: `256MB`, `2GB` … Default: 160 MB, and more for a statement that cannot do with it. */
  memoryLimit?: string | undefined;
  /** Name of the administrator, upper case; default `ADMIN`. Created when the account is empty. */
  user?: string | undefined;
  /** The administrator's password. Absent: kept as it is, or random for a new one. */
  password?: string | undefined;
  /** Default: the machine's. Tests pass one they can move. */
  clock?: Clock | undefined;
  /** The clock by which logins and sessions expire and answers are waited for; default: the machine's, so that a test which moves `clock` by days stays logged in. */
  sessionClock?: Clock | undefined;
}

export interface LocalServer {
  host: string;
  port: number;
  /** What drivers want as account name. */
  account: string;
  user: string;
  /** Only when it was made up by this start. */
  generatedPassword?: string;
  /** Stops background work, cancels what runs, closes the file. */
  close(): Promise<void>;
}

/** The server answers on this address only. */
const HOST = "127.0.0.1";

const ACCOUNT = {
  locator: "LOCAL01",
  accountName: "WAREHOUSE",
  organizationName: "LOCAL",
  region: "AWS_US_WEST_2",
  version: "9.38.0",
};

/** Starts an embedded Snowflake. Errors: DataFileError (file in use, damaged, newer …), EADDRINUSE. */
export async function startLocalServer(options: LocalServerOptions = {}): Promise<LocalServer> {
  const clock = options.clock ?? systemClock;
  const sessionClock = options.sessionClock ?? systemClock;
  const sessionMillis = () => toMillis(sessionClock.nowMicros());
  const store = await Store.open({
    directory: options.data,
    memoryLimit: options.memoryLimit,
    clock,
    prepareEngine: registerUdfs,
  });
  try {
    const user = (options.user ?? "ADMIN").toUpperCase();
    const generatedPassword = await ensureAdministrator(store, user, options.password, () =>
      randomBytes(18).toString("base64url"),
    );
    const running = new RunningStatements();
    const services: Services = {
      store,
      clock,
      sessionClock,
      sessions: new Sessions(store, sessionMillis),
      history: new QueryHistory(store),
      results: new ResultStore(store.directory, clock),
      requests: new RequestLog(store, sessionMillis),
      running,
      warehouses: new WarehouseMeter(store, clock, (context) => running.cancel(context.rootQueryId)),
      transfers: new Transfers(sessionClock),
      account: ACCOUNT,
      background: [],
    };
    store.onWait = () => stepAside(services);
    await services.results.clear();
    // Sessions outlive the server, their temporary objects do not.
    await removeTemporaryObjects(store, () => true);
    await services.sessions.load();
    await services.history.load();
    await services.requests.load();
    const app = endpoints(services, new Authenticator(services, sessionMillis));
    const server = await listen(app, options.port ?? 0);
    services.background.push(...startBackgroundServices(services), services.warehouses);
    const { port } = server.address() as AddressInfo;
    return {
      host: HOST,
      port,
      account: `${ACCOUNT.organizationName}-${ACCOUNT.accountName}`,
      user,
      ...(generatedPassword ? { generatedPassword } : {}),
      close: () => stop(server, services),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function endpoints(services: Services, authenticator: Authenticator): Hono {
  // The Python connector asks for `/monitoring/queries//{id}`; Snowflake does not mind the double slash.
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.replace(/\/{2,}/g, "/") });
  app.onError((error, context) => sendError(context, error));
  app.notFound((context) => {
    log.warn({ method: context.req.method, path: context.req.path }, "no such endpoint");
    return context.json(
      { success: false, code: "404", message: `No such endpoint: ${context.req.path}`, data: null },
      404,
    );
  });
  loginEndpoint(app, services, authenticator);
  queryEndpoint(app, services);
  resultEndpoints(app, services);
  monitoringEndpoint(app, services);
  abortEndpoints(app, services);
  sessionEndpoints(app, services);
  stageFileEndpoint(app, services);
  telemetryEndpoint(app);
  sqlApiEndpoints(app, services, authenticator);
  return app;
}

/** Drivers keep their connections for as long as they like: a request must not be sent into one that is just being closed. */
const KEEP_ALIVE_MS = 15 * 60_000;

function listen(app: Hono, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MS };
    const server = serve({ fetch: app.fetch, port, hostname: HOST, serverOptions }, () => resolve(server));
    server.once("error", reject);
  });
}

async function stop(server: ServerType, services: Services): Promise<void> {
  for (const service of services.background) await service.stop();
  services.running.cancelAll();
  const closed = new Promise((resolve) => server.close(resolve));
  if ("closeAllConnections" in server) server.closeAllConnections();
  await closed;
  await services.running.idle();
  for (const session of services.sessions.all()) await abandonTransactions(session);
  await services.history.save();
  await services.store.close();
}
