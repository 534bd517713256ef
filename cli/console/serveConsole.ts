import { join } from "node:path";
import { ensureWebBuild, LAW_PAGES, PARITY_PAGE, WEB_BUILD } from "../../console/build/webBuild";
import { type ConsoleOptions, DEFAULT_CONSOLE_PORT, isLoopback } from "../../console/server/consoleOptions";
import { eventsFromEnvironment } from "../../console/server/events/eventsOptions";
import { type RunningConsole, startConsole } from "../../console/server/startConsole";
import { projectFolder } from "../project/projectFolder";
import { CommandError } from "../terminal/fail";
import { Stage } from "../terminal/stage";

/** So many ports are tried when none was asked for. */
const TRIED_PORTS = 20;

type Options = Omit<ConsoleOptions, "assets" | "lawPages" | "parityPage">;

/** Builds the pages when they are out of date and serves them, on the port asked for, else on 3000 or the next free one. */
export async function serveConsole(options: Options): Promise<RunningConsole> {
  const stage = new Stage("console");
  try {
    await ensureWebBuild();
    const served = await startOnFreePort({
      events: eventsFromEnvironment(process.env, (lane) => spoolOf(options.outputs, lane)),
      ...options,
      assets: WEB_BUILD,
      lawPages: LAW_PAGES,
      ...(isLoopback(options.outputs.account.host) ? { parityPage: PARITY_PAGE } : {}),
    });
    stage.done(served.url);
    return served;
  } catch (error) {
    stage.failed();
    throw error;
  }
}

async function startOnFreePort(options: ConsoleOptions): Promise<RunningConsole> {
  const first = options.port ?? DEFAULT_CONSOLE_PORT;
  const last = options.port === undefined ? first + TRIED_PORTS - 1 : first;
  for (let port = first; ; port++) {
    try {
      return await startConsole({ ...options, port });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      if (port < last) continue;
      const ports = first === last ? `Port ${first} is` : `The ports ${first} to ${last} are`;
      throw new CommandError(`${ports} in use. Stop what listens there, or choose another one with --port PORT.`);
    }
  }
}

/** One folder for each warehouse and lane: what waits for one must not go to another. */
function spoolOf({ account, database }: ConsoleOptions["outputs"], lane: string): string {
  const name = [account.account, database, lane].join("-").replace(/[^\w.-]/g, "_");
  return join(projectFolder().root, "events", name);
}
