import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createMcpHandler, isLegacyRequest } from "@modelcontextprotocol/server";
import { Hono } from "hono";
import { shorten } from "../plan/problem";
import { actionUri } from "../resources/subscriptions";
import { createServer } from "../server";
import type { Service } from "../service";
import { guard, guardHost, isLoopback, refusal } from "./guards";
import { resourceServer } from "./oauth";
import { readBody } from "./readBody";
import { Sessions } from "./sessions";

export interface HttpOptions {
  /** Address to listen on. Default 127.0.0.1. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  /** Host names besides those of this machine, such as that of a proxy. */
  allowedHosts?: readonly string[];
  /** Makes the server of a connection. Default: `createServer`. */
  create?: typeof createServer;
}

export interface HttpServer {
  url: string;
  close(): Promise<void>;
}

const BODY = 2_000_000;

const CONNECTIONS = {
  // Who takes longer to say what they want holds a connection for nothing.
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 2000,
  // Longer than the minute for which load balancers keep a connection: they would send a request into one that is just being closed.
  keepAliveTimeout: 65_000,
};

/**
 * Serves clients over streamable HTTP at `/mcp`: those of 2025-11-25 in sessions, those of 2026-07-28 request by request.
 * @throws Error when it would listen on an address others can reach and no client must show a token, or when the tokens' issuer
 * cannot be found
 */
export async function serveOverHttp(
  service: Service,
  { host = "127.0.0.1", port, allowedHosts = [], create = createServer }: HttpOptions,
): Promise<HttpServer> {
  const { httpToken: token, oauth } = service.settings;
  if (!isLoopback(host) && token === undefined && oauth === undefined)
    throw new Error(
      `Others can reach ${host}: set MCP_HTTP_TOKEN to a secret of at least 16 characters that clients must show, or MCP_OAUTH_ISSUER and MCP_OAUTH_RESOURCE, or listen on 127.0.0.1`,
    );
  const resource = oauth && (await resourceServer(oauth));
  const hosts = oauth ? [...allowedHosts, oauth.resource.hostname] : allowedHosts;
  const sessions = new Sessions(service, BODY, create);
  const modern = createMcpHandler((context) => create(service, context), {
    legacy: "reject",
    maxRequestBodySize: BODY,
  });
  const stopWatching = service.catalogue.onChange(({ isListChanged, actions }) => {
    if (isListChanged) modern.notify.resourcesChanged();
    for (const action of actions) modern.notify.resourceUpdated(actionUri(action));
  });
  const app = new Hono();
  if (resource)
    app.all(
      "/.well-known/*",
      ({ req: { raw } }) =>
        guardHost(raw, hosts) ?? resource.metadata(raw) ?? refusal(404, -32001, "There is no such document."),
    );
  app.all("/mcp", async ({ req: { raw } }) => {
    const refused = guard(raw, { allowedHosts: hosts, token });
    if (refused) return refused;
    const authInfo = await resource?.authenticate(raw);
    if (authInfo instanceof Response) return authInfo;
    const read = await readBody(raw, BODY);
    if (read instanceof Response) return read;
    const { request, parsedBody } = read;
    const options = { ...(authInfo ? { authInfo } : {}), ...(parsedBody === undefined ? {} : { parsedBody }) };
    return (await isLegacyRequest(request, parsedBody, { maxRequestBodySize: BODY }))
      ? sessions.handle(request, options)
      : modern.fetch(request, options);
  });
  app.notFound(
    ({ req: { raw, path } }) =>
      guardHost(raw, hosts) ??
      refusal(404, -32001, `There is nothing at ${shorten(path, 100)}; this server is at /mcp.`),
  );
  app.onError((error) => {
    service.log.error({ err: error }, "a request failed");
    return refusal(500, -32603, "The server failed over this request; its log says why.");
  });
  const { server, address } = await listen(app, host, port);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}/mcp`,
    close: async () => {
      stopWatching();
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
    const server = serve({ fetch: app.fetch, hostname, port, serverOptions: CONNECTIONS }, (address) =>
      resolve({ server, address }),
    );
    server.once("error", reject);
  });
}
