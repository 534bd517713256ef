import type { ConnectionOptions } from "snowflake-sdk";
import { outputsSchema, type WarehouseOutputs } from "../../components/outputs";
import type { ConsoleRole } from "../../console/server/warehouse/consoleRole";
import type { ConnectionFile } from "../connection/target";
import { loadDotEnv } from "../project/dotEnv";
import { projectFolder } from "../project/projectFolder";
import { readSecretFile } from "../project/secretFile";
import { namedStackOutputs } from "../stack/namedStack";
import { CommandError } from "../terminal/fail";
import { portsFromEnvironment } from "./ports";
import { serveConsole } from "./serveConsole";

export interface ConsoleFlags {
  port?: number;
  wsPort?: number;
  host: string;
  stack?: string;
  role?: ConsoleRole;
}

/** Serves the console until it is told to stop. */
export async function runConsole({ stack, port, wsPort, ...flags }: ConsoleFlags): Promise<void> {
  loadDotEnv();
  const ports = portsFromEnvironment();
  if (port !== undefined) ports.port = port;
  if (wsPort !== undefined) ports.webSocketPort = wsPort;
  const target = await findWarehouse(stack);
  const served = await serveConsole({ ...target, ...flags, ...ports, token: process.env.CONSOLE_TOKEN || undefined });
  console.log(`The console is at ${served.url}. Stop: Ctrl-C`);
  await new Promise<void>((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  process.stderr.write("\nStopping …\n");
  await served.close();
}

/** The warehouse, and the role it is shown as unless told otherwise. */
async function findWarehouse(
  stack: string | undefined,
): Promise<{ outputs: WarehouseOutputs; role: ConsoleRole; credentials?: Partial<ConnectionOptions> }> {
  const deployed = await namedStackOutputs(stack);
  if (deployed !== undefined) return { outputs: outputsOf(stack as string, deployed), role: "monitor" };
  const local = await readSecretFile<ConnectionFile>(projectFolder().connection);
  if (local) {
    const { outputs, username, password } = local;
    return { outputs, role: "admin", credentials: { username, password } };
  }
  throw new CommandError(
    "No warehouse runs here: start one with `npm start`, which serves the console too, or name a deployed stack with --stack.",
  );
}

function outputsOf(stack: string, deployed: unknown): WarehouseOutputs {
  const parsed = outputsSchema.safeParse(deployed);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandError(
    `The outputs of stack ${stack} are not those of a two-table warehouse (${issue?.path.join(".")}: ${issue?.message}). Deploy it with: pulumi up --stack ${stack}`,
  );
}
