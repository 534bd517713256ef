import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvFile } from "node:process";
import type { ConnectionOptions } from "snowflake-sdk";
import { outputsSchema, type WarehouseOutputs } from "../../components/outputs";
import type { ConsoleRole } from "../../console/server/warehouse/consoleRole";
import { runPulumi } from "../../toolchain/index";
import type { ConnectionFile } from "../connection/target";
import { PROJECT_ROOT, projectFolder } from "../project/projectFolder";
import { readSecretFile } from "../project/secretFile";
import { CommandError } from "../terminal/fail";
import { serveConsole } from "./serveConsole";

export interface ConsoleFlags {
  port?: number;
  wsPort?: number;
  host: string;
  stack?: string;
  role?: ConsoleRole;
}

/** Serves the console until it is told to stop. */
export async function runConsole({ stack, wsPort, ...flags }: ConsoleFlags): Promise<void> {
  const dotEnv = join(PROJECT_ROOT, ".env");
  if (existsSync(dotEnv)) loadEnvFile(dotEnv);
  const target = await findWarehouse(stack);
  const served = await serveConsole({ ...target, ...flags, webSocketPort: wsPort, token: process.env.CONSOLE_TOKEN });
  console.log(`The console is at ${served.url}. Stop: Ctrl-C`);
  await new Promise<void>((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  process.stderr.write("\nStopping …\n");
  await served.close();
}

/** The warehouse, and the role it is shown as unless told otherwise. */
async function findWarehouse(
  stack: string | undefined,
): Promise<{ outputs: WarehouseOutputs; role: ConsoleRole; credentials?: Partial<ConnectionOptions> }> {
  if (stack !== undefined && stack !== "local") return { outputs: await outputsOf(stack), role: "monitor" };
  const local = await readSecretFile<ConnectionFile>(projectFolder().connection);
  if (local) {
    const { outputs, username, password } = local;
    return { outputs, role: "admin", credentials: { username, password } };
  }
  throw new CommandError(
    "No warehouse runs here: start one with `npm start`, which serves the console too, or name a deployed stack with --stack.",
  );
}

async function outputsOf(stack: string): Promise<WarehouseOutputs> {
  const { stdout } = await runPulumi(["stack", "output", "--json", "--stack", stack], { cwd: PROJECT_ROOT });
  const parsed = outputsSchema.safeParse(JSON.parse(stdout));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandError(
    `The outputs of stack ${stack} are not those of a two-table warehouse (${issue?.path.join(".")}: ${issue?.message}). Deploy it with: pulumi up --stack ${stack}`,
  );
}
