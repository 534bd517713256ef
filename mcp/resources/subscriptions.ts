import { type McpServer, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { CatalogueWatch } from "./catalogueWatch";

/** Resources a connection may want news of. */
const MOST = 1000;

export const actionUri = (action: string) => `warehouse://actions/${encodeURIComponent(action)}`;

/**
 * Lets a connection of protocol 2025-11-25 subscribe to resources, and tells it what changed until it closes. Later protocols listen
 * to the transport's own bus.
 */
export function registerSubscriptions({ server }: McpServer, watch: CatalogueWatch): void {
  const wanted = new Set<string>();
  server.setRequestHandler("resources/subscribe", ({ params: { uri } }) => {
    if (wanted.size >= MOST && !wanted.has(uri))
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `A connection may subscribe to ${MOST} resources.`);
    wanted.add(uri);
    return {};
  });
  server.setRequestHandler("resources/unsubscribe", ({ params: { uri } }) => {
    wanted.delete(uri);
    return {};
  });
  const ignore = () => undefined;
  const stop = watch.onChange(({ isListChanged, actions }) => {
    if (isListChanged) server.sendResourceListChanged().catch(ignore);
    for (const uri of actions.map(actionUri)) if (wanted.has(uri)) server.sendResourceUpdated({ uri }).catch(ignore);
  });
  const { onclose } = server;
  server.onclose = () => {
    stop();
    onclose?.();
  };
}
