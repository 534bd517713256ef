import type { McpServer } from "@modelcontextprotocol/server";
import type { Service } from "../service";
import { registerActionResources } from "./actions";
import { lawResource } from "./law";
import { planGrammarResource } from "./planGrammar";
import type { TextResource } from "./resource";
import { schemaResource } from "./schema";

/** Every text. A new one is a file and a line here. */
const RESOURCES: readonly TextResource[] = [schemaResource, planGrammarResource, lawResource];

export function registerResources(server: McpServer, service: Service): void {
  for (const { name, uri, title, description, mimeType, text } of RESOURCES)
    server.registerResource(name, uri, { title, description, mimeType }, () => ({
      contents: [{ uri, mimeType, text: text(service) }],
    }));
  registerActionResources(server, service);
}
