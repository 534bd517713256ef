import { DEFAULT_CONSOLE_PORT } from "../../console/server/consoleOptions";
import { type CheckResult, failed, type NamedResult } from "../checks/check";
import type { ConnectionFile } from "../connection/target";
import { portsFromEnvironment } from "../console/ports";
import { projectFolder } from "../project/projectFolder";
import { readSecretFile } from "../project/secretFile";
import { DEFAULT_PORT } from "../start/defaultPort";
import { localWarehouse, secretFiles } from "./folders";
import { mcpChecks } from "./mcp/mcpChecks";
import { isConsole, portState } from "./ports";
import { toolchainState } from "./toolchainState";
import { gitVersion, installedPackages, nodeVersion } from "./versions";

/** Looks at this machine and this checkout and changes nothing. Only the person of the MCP server is tried by a login. */
export async function doctor(): Promise<NamedResult[]> {
  return [
    { name: "Node.js", ...nodeVersion() },
    { name: "packages", ...installedPackages() },
    { name: "toolchain", ...(await toolchainState()) },
    { name: "git", ...(await gitVersion()) },
    { name: "local warehouse", ...(await localWarehouse()) },
    { name: "secret files", ...secretFiles() },
    { name: "server port", ...(await serverPort()) },
    { name: "console port", ...(await consolePort()) },
    ...(await mcpChecks()),
  ];
}

async function serverPort(): Promise<CheckResult> {
  const running = await readSecretFile<ConnectionFile>(projectFolder().connection).catch(() => undefined);
  const port = running?.outputs.account.port ?? DEFAULT_PORT;
  return portState(port, "npm start -- --port PORT", () => running !== undefined);
}

async function consolePort(): Promise<CheckResult> {
  let port: number;
  try {
    port = portsFromEnvironment().port ?? DEFAULT_CONSOLE_PORT;
  } catch (error) {
    return failed((error as Error).message, "Set PORT to a port, or unset it");
  }
  return portState(port, "PORT in the environment or .env", () => isConsole(port));
}
