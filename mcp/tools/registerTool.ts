import { type McpServer, requireScopes, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { Service } from "../service";
import { callTool } from "./callTool";
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
      inputSchema: shownOnly(input),
      outputSchema: output,
      // By OAuth, writing needs a scope of its own; a client that lacks it is told which (403, insufficient_scope).
      ...(oauth && !annotations.readOnlyHint
        ? { scopeChallenge: requireScopes(oauth.recordScope, ...oauth.scopes) }
        : {}),
    },
    (args, context) => callTool(tool, args, context, service, server),
  );
}

/** Shows clients the schema and lets every value through: `callTool` explains what is wrong better than a validator does. */
function shownOnly(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  const standard = schema["~standard"];
  return { "~standard": { ...standard, validate: (value: unknown) => ({ value }) } } as StandardSchemaWithJSON;
}
