import { readSettings, Service, serveOverHttp, serveOverStdio } from "../../mcp/index";
import { CommandError } from "../terminal/fail";
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

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new CommandError(
        `Port ${port} of ${host} is in use. Stop what listens there, or choose another one with --port PORT (0 takes a free one)`,
      );
    case "EACCES":
      return new CommandError(`Port ${port} may not be listened on; choose one above 1023 with --port PORT`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new CommandError(`${host} is no address of this machine; expected one such as 127.0.0.1 or 0.0.0.0`);
    default:
      return error;
  }
}

/** Serves until it is told to stop. */
async function serveHttp(service: Service, { host, port, allowHost }: McpFlags): Promise<void> {
  const server = await serveOverHttp(service, { host, port, allowedHosts: allowHost }).catch((error) => {
    throw cannotListen(error, host, port);
  });
  process.stderr.write(`The MCP server listens on ${server.url}\n`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
  await server.close();
}
