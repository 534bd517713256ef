import { type McpRequestContext, McpServer } from "@modelcontextprotocol/server";
import { confirmations } from "./confirmations";
import { INSTRUCTIONS } from "./instructions";
import { registerLogLevels } from "./logLevels";
import { registerPrompts } from "./prompts/index";
import { registerResources } from "./resources/index";
import { registerSubscriptions } from "./resources/subscriptions";
import type { Service } from "./service";
import { TOOLS } from "./tools/index";
import { registerTool } from "./tools/registerTool";

/** Version of the tools' contract: the first number rises when a client that worked may stop working. */
export const VERSION = "1.0.0";

/** A server for one connection, over what all connections share. */
export function createServer(service: Service, { era }: Pick<McpRequestContext, "era"> = { era: "legacy" }): McpServer {
  const server = new McpServer(
    { name: "two-table-warehouse", title: "Two-Table warehouse", version: VERSION },
    {
      instructions: INSTRUCTIONS,
      capabilities: { logging: {}, resources: { subscribe: true, listChanged: true } },
      requestState: { verify: confirmations.verify },
      inputRequired: { maxRounds: 3 },
    },
  );
  for (const tool of TOOLS) registerTool(server, tool, service);
  registerResources(server, service);
  registerPrompts(server, service);
  if (era === "legacy") {
    registerLogLevels(server);
    registerSubscriptions(server, service.catalogue);
  }
  return server;
}
