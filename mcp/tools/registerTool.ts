import type { McpServer, StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { Service } from "../service";
import { callTool } from "./callTool";
import type { Tool } from "./tool";

export function registerTool(server: McpServer, tool: Tool, service: Service): void {
  const { name, title, description, annotations, input, output } = tool;
  server.registerTool(
    name,
    { title, description, annotations: { title, ...annotations }, inputSchema: shownOnly(input), outputSchema: output },
    (args, context) => callTool(tool, args, context, service, server),
  );
}

/** Shows clients the schema and lets every value through: `callTool` explains what is wrong better than a validator does. */
function shownOnly(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  const standard = schema["~standard"];
  return { "~standard": { ...standard, validate: (value: unknown) => ({ value }) } } as StandardSchemaWithJSON;
}
