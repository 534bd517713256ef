import { readSettings, Service, serveOverHttp, serveOverStdio } from "../../mcp/index";
import { findPerson, type PersonChoice } from "./person";
import { printConfig } from "./printConfig";

export interface McpFlags extends PersonChoice {
  stdio?: boolean;
  http?: boolean;
  host: string;
  port: number;
  allowHost?: string[];
  oauthIssuer?: string;
  oauthResource?: string;
  printConfig?: boolean;
}

/** Serves until the client is gone, or prints how to install it. */
export async function mcpCommand(flags: McpFlags): Promise<void> {
  if (flags.printConfig) {
    printConfig(flags);
    return;
  }
  // The person first: that reads `.env`.
  const person = await findPerson(flags);
  const { oauthIssuer, oauthResource } = flags;
  const service = new Service(
    person,
    readSettings({
      ...process.env,
      ...(oauthIssuer ? { MCP_OAUTH_ISSUER: oauthIssuer } : {}),
      ...(oauthResource ? { MCP_OAUTH_RESOURCE: oauthResource } : {}),
    }),
  );
  try {
    if (flags.http) await serveHttp(service, flags);
    else await serveOverStdio(service);
  } finally {
    await service.close();
  }
}

/** Serves until it is told to stop. */
async function serveHttp(service: Service, { host, port, allowHost }: McpFlags): Promise<void> {
  const server = await serveOverHttp(service, { host, port, allowedHosts: allowHost });
  process.stderr.write(`The MCP server listens on ${server.url}\n`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
  await server.close();
}
