import type { ServerContext } from "@modelcontextprotocol/server";
import { type McpServer, ResourceNotFoundError, ResourceTemplate } from "@modelcontextprotocol/server";
import type { Service } from "../service";
import { callTool } from "../tools/callTool";
import { describeAction } from "../tools/describe-action";
import { listActions } from "../tools/list-actions";
import { actionNames } from "./actionNames";
import { actionUri } from "./subscriptions";

/** The catalogue: one resource per action, read by the same way and within the same bounds as the tools. */
export function registerActionResources(server: McpServer, service: Service): void {
  const template = new ResourceTemplate("warehouse://actions/{action}", {
    list: async (context) => ({
      resources: (await names(server, service, context)).map((action) => ({
        uri: actionUri(action),
        name: action,
        title: action,
        mimeType: "application/json",
      })),
    }),
    complete: { action: (value) => actionNames(service, value) },
  });
  const about = {
    title: "An action of the catalogue",
    description: "Volume, first and last time, schema versions and attributes with their types of one action",
    mimeType: "application/json",
  };
  server.registerResource("action", template, about, async (uri, { action }, context) => {
    const result = await callTool(describeAction, { action }, context, service, server);
    if ("isError" in result && result.isError) throw new ResourceNotFoundError(uri.href);
    const { structuredContent } = result as { structuredContent?: unknown };
    return { contents: [{ uri: uri.href, mimeType: "application/json", text: JSON.stringify(structuredContent) }] };
  });
}

async function names(server: McpServer, service: Service, context: ServerContext): Promise<string[]> {
  const result = await callTool(listActions, { queryable_only: true, limit: 500 }, context, service, server);
  const { structuredContent } = result as { structuredContent?: { actions: { action: string }[] } };
  return structuredContent?.actions.map(({ action }) => action) ?? [];
}
