/** The MCP server: tools, resources and prompts over a person's role in the warehouse. */
export { createServer, VERSION } from "./server";
export { Service } from "./service";
export { type McpSettings, readSettings } from "./settings";
export { type HttpOptions, type HttpServer, serveOverHttp } from "./transports/http";
export { serveLines, serveOverStdio } from "./transports/stdio";
export { type Person, readCredentials, readOutputs } from "./warehouse/person";
export { tryPerson } from "./warehouse/tryPerson";
