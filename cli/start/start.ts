import { existsSync, rmSync } from "node:fs";
import { FolderInUseError, ownFolder } from "../../client/spool/folderOwner";
import { DataFileError, type LocalServer, startLocalServer } from "../../local/index";
import { ensureToolchain, progressPrinter } from "../../toolchain/index";
import type { ConnectionFile } from "../connection/target";
import { type Ports, portsFromEnvironment } from "../console/ports";
import { serveConsole } from "../console/serveConsole";
import { PROJECT_ROOT, type ProjectFolder, projectFolder } from "../project/projectFolder";
import { writeSecretFile } from "../project/secretFile";
import { CommandError } from "../terminal/fail";
import { count } from "../terminal/progressBar";
import { Stage } from "../terminal/stage";
import { WarehouseReader } from "../warehouse/warehouseReader";
import { type Credentials, ensureCredentials } from "./credentials";
import { deploy, dropHalfDeployment } from "./deployment";
import { loadHistory } from "./firstEvents";
import { printSummary } from "./summary";

export interface StartFlags {
  port: number;
  /** Repository whose history is loaded at the first start; false: none. */
  git: string | false;
}

const USER = "ADMIN";

/** Brings everything up, says how to use it, and stays until it is told to stop. */
export async function start(flags: StartFlags): Promise<void> {
  const began = performance.now();
  const folder = projectFolder();
  const ports = portsFromEnvironment();
  if (typeof flags.git === "string" && !existsSync(flags.git))
    throw new CommandError(`${flags.git} does not exist; expected a git repository (--no-git starts empty)`);
  await ensureToolchain({ onProgress: progressPrinter() });
  const release = await own(folder);
  try {
    await run({ ...flags, ports }, folder, began);
  } finally {
    await release();
  }
}

async function own(folder: ProjectFolder): Promise<() => Promise<void>> {
  try {
    return await ownFolder(folder.root);
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error;
    throw new CommandError(
      `The warehouse of this folder runs already, as process ${error.pid}. Use that one, or stop it with Ctrl-C there (or: kill ${error.pid})`,
    );
  }
}

async function run(flags: StartFlags & { ports: Ports }, folder: ProjectFolder, began: number): Promise<void> {
  const credentials = await ensureCredentials(folder.credentials);
  await dropHalfDeployment(folder);
  const stopping = stopSignal();
  const server = await serve(flags.port, folder, credentials);
  try {
    const connection = await deployWarehouse(server, folder, credentials, stopping.signal);
    const counts = await fill(connection, folder, flags, stopping.signal);
    const served = await consoleOn(connection, flags.ports);
    const seconds = (performance.now() - began) / 1000;
    const { user } = server;
    printSummary({ ...connection, ...counts, user, connectionFile: folder.connection, console: served?.url, seconds });
    await stopping.stopped;
    process.stderr.write("\nStopping …\n");
    await served?.close();
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  } finally {
    rmSync(folder.connection, { force: true });
    await server.close();
    stopping.forget();
  }
  process.stderr.write("Stopped; the data is kept.\n");
}

async function serve(port: number, folder: ProjectFolder, { password }: Credentials): Promise<LocalServer> {
  const stage = new Stage("embedded server");
  try {
    const server = await startLocalServer({ port, data: folder.data, user: USER, password });
    stage.done(`listens on ${server.host}:${server.port}`);
    return server;
  } catch (error) {
    stage.failed();
    if (error instanceof DataFileError) throw new CommandError(error.message);
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
      throw new CommandError(
        `Port ${port} is in use. Stop what listens there, or choose another one with: npm start -- --port PORT`,
      );
    }
    throw error;
  }
}

async function deployWarehouse(
  server: LocalServer,
  folder: ProjectFolder,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<ConnectionFile> {
  const stage = new Stage("pulumi up");
  try {
    const { outputs, changed } = await deploy({
      folder,
      credentials,
      port: server.port,
      signal,
      onResource: (done) => stage.update(`${done} resources`),
    });
    stage.done(changed ? "deployed" : "nothing has changed");
    const connection = { outputs, username: server.user, password: credentials.password };
    await writeSecretFile(folder.connection, connection);
    return connection;
  } catch (error) {
    stage.failed();
    if (signal.aborted) throw error;
    throw new CommandError(`${(error as Error).message}\nThe whole report is in ${folder.log}`);
  }
}

/** The console of this warehouse, on PORT if that is set. Without it everything else runs all the same. */
async function consoleOn({ outputs, username, password }: ConnectionFile, ports: Ports) {
  try {
    return await serveConsole({ outputs, credentials: { username, password }, ...ports });
  } catch (error) {
    process.stderr.write(
      `${(error as Error).message}\nThe warehouse runs without its console; serve it later with: npm run console\n`,
    );
    return undefined;
  }
}

/** Loads the first events into an empty warehouse. */
async function fill(connection: ConnectionFile, folder: ProjectFolder, { git }: StartFlags, signal: AbortSignal) {
  const { outputs, username, password } = connection;
  const reader = await WarehouseReader.open(outputs, username, password);
  try {
    const { tables } = outputs;
    if (git !== false && (await reader.count(tables.rawEvents)) === 0) {
      const stage = new Stage("first events");
      try {
        const { accepted } = await loadHistory(git, connection, folder, signal);
        await reader.query(`ALTER DYNAMIC TABLE ${tables.events} REFRESH`);
        stage.done(`${count(accepted)} from the history of ${git === PROJECT_ROOT ? "this repository" : git}`);
      } catch (error) {
        stage.failed();
        if (signal.aborted || !/is not a git repository|git is not installed/.test((error as Error).message))
          throw error;
        process.stderr.write(
          `${(error as Error).message}: the warehouse starts empty. Load events with: npm run load -- FILE\n`,
        );
      }
    }
    return { rawEvents: await reader.count(tables.rawEvents), events: await reader.count(tables.events) };
  } finally {
    await reader.close();
  }
}

/** The first Ctrl-C or SIGTERM ends things in order; a second one is left to the system. */
function stopSignal() {
  const controller = new AbortController();
  const listener = () => {
    controller.abort(new CommandError("Stopped"));
    forget();
  };
  const forget = () => void process.off("SIGINT", listener).off("SIGTERM", listener);
  process.once("SIGINT", listener).once("SIGTERM", listener);
  const stopped = new Promise<void>((resolve) =>
    controller.signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  return { signal: controller.signal, stopped, forget };
}
