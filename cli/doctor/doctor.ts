import type { NamedResult } from "../checks/check";
import { DEFAULT_PORT } from "../start/defaultPort";
import { localWarehouse, secretFiles } from "./folders";
import { mcpChecks } from "./mcp/mcpChecks";
import { portState } from "./ports";
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
    { name: "server port", ...(await portState(DEFAULT_PORT, "npm start -- --port PORT")) },
    { name: "console port", ...(await portState(Number(process.env.PORT || 3000), "PORT in the environment")) },
    ...(await mcpChecks()),
  ];
}
