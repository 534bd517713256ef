import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createMcpHandler, isLegacyRequest } from "@modelcontextprotocol/server";
import { Hono } from "hono";
import { createServer } from "../server";
import type { Service } from "../service";
import { guard, isLoopback, refusal } from "./guards";
import { Sessions } from "./sessions";

export interface HttpOptions {
  /** Address to listen on. Default 127.0.0.1. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  /** Host names besides those of this machine, such as that of a proxy. */
  allowedHosts?: readonly string[];
}

export interface HttpServer {
  url: string;
  close(): Promise<void>;
}

const BODY = 2_000_000;

/**
 * Serves clients over streamable HTTP at `/mcp`: those of 2025-11-25 in sessions, those of 2026-07-28 request by request.
 * @throws Error when it would listen on an address others can reach and no token is set
 */
export async function serveOverHttp(
  service: Service,
  { host = "127.0.0.1", port, allowedHosts = [] }: HttpOptions,
): Promise<HttpServer> {
  const { httpToken: token } = service.settings;
  if (!isLoopback(host) && token === undefined)
    throw new Error(
      `Others can reach ${host}: set MCP_HTTP_TOKEN to a secret of at least 16 characters that clients must show, or listen on 127.0.0.1`,
    );
  const sessions = new Sessions(service, BODY);
  const modern = createMcpHandler(() => createServer(service), { legacy: "reject", maxRequestBodySize: BODY });
  const app = new Hono();
  app.all("/mcp", async ({ req: { raw } }) => {
    const refused = guard(raw, { allowedHosts, token });
    if (refused) return refused;
    return (await isLegacyRequest(raw, undefined, { maxRequestBodySize: BODY }))
      ? sessions.handle(raw)
      : modern.fetch(raw);
  });
  app.onError((error) => {
    service.log.error({ err: error }, "a request failed");
    return refusal(500, -32603, "The server failed over this request; its log says why.");
  });
  const { server, address } = await listen(app, host, port);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}/mcp`,
    close: async () => {
      await sessions.close();
      await modern.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

function listen(app: Hono, hostname: string, port: number) {
  return new Promise<{ server: ReturnType<typeof serve>; address: AddressInfo }>((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, (address) => resolve({ server, address }));
    server.once("error", reject);
  });
}
