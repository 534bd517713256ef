import { failed, type NamedResult } from "../../checks/check";
import { findInstalled, type Installed } from "./claudeConfig";
import { mcpPerson } from "./mcpPerson";
import { mcpInstallation, mcpServer } from "./mcpServer";

/** The MCP server: where it is installed, whether it starts, and as whom it asks. */
export async function mcpChecks(): Promise<NamedResult[]> {
  let installed: Installed[] = [];
  let installation: Omit<NamedResult, "name">;
  try {
    installed = findInstalled();
    installation = mcpInstallation(installed);
  } catch (error) {
    installation = failed((error as Error).message, "Mend the file, or remove it");
  }
  return [
    { name: "MCP installation", ...installation },
    { name: "MCP server", ...(await mcpServer(installed)) },
    { name: "MCP person", ...(await mcpPerson()) },
  ];
}
