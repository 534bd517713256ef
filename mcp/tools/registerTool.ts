import { type McpServer, requireScopes } from "@modelcontextprotocol/server";
import type { Service } from "../service";
import { callTool } from "./callTool";
import { shownSchema } from "./shownSchema";
import type { Tool } from "./tool";

export function registerTool(server: McpServer, tool: Tool, service: Service): void {
  const { name, title, description, annotations, input, output } = tool;
  const { oauth } = service.settings;
  server.registerTool(
    name,
    {
      title,
      description,
      annotations: { title, ...annotations },
      inputSchema: shownSchema(input),
      outputSchema: output,
      // By OAuth, writing needs a scope of its own; a client that lacks it is told which (403, insufficient_scope).
      ...(oauth && !annotations.readOnlyHint
        ? { scopeChallenge: requireScopes(oauth.recordScope, ...oauth.scopes) }
        : {}),
    },
    (args, context) => callTool(tool, args, context, service, server),
  );
}
