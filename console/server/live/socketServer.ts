import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { AccessToken } from "../security/accessToken";
import { isKnownHost, isSameOrigin } from "../security/sameOrigin";
import type { LiveHub } from "./liveHub";
import type { RefreshWatcher } from "./refreshWatcher";

const LIVE_PATH = "/live";

/** Browsers say nothing that is longer. */
const MAX_MESSAGE_BYTES = 1024;
const MAX_SOCKETS = 1000;
const ALIVE_EVERY_MS = 10_000;

export interface SocketServerOptions {
  hub: LiveHub;
  watcher: RefreshWatcher;
  access: AccessToken;
  isLoopback: boolean;
  /** The socket has a port of its own, so the page's port is another one. */
  hasOwnPort: boolean;
}

/** Lets browsers of this console's own page listen, and nobody else. @returns how to stop */
export function serveSockets(server: Server, options: SocketServerOptions): () => void {
  const { hub, watcher } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  server.on("upgrade", (request, stream, head) => {
    const refusal = refusalOf(request, options);
    if (refusal !== undefined) return refuse(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      hub.add(socket);
      let answers = true;
      socket.on("pong", () => {
        answers = true;
      });
      const alive = setInterval(() => {
        if (!answers) return socket.terminate();
        answers = false;
        socket.ping();
        socket.send(JSON.stringify({ type: "alive", at: new Date().toISOString() }));
      }, ALIVE_EVERY_MS);
      socket.on("close", () => {
        clearInterval(alive);
        hub.remove(socket);
      });
      // A broken or oversized message closes the socket; there is nothing else to do.
      socket.on("error", () => socket.terminate());
      socket.send(JSON.stringify(watcher.hello()));
      watcher.wake();
    });
  });
  return () => {
    hub.close();
    sockets.close();
    const late = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, 1000);
    late.unref();
  };
}

function refusalOf(request: IncomingMessage, options: SocketServerOptions): string | undefined {
  const { host, origin } = request.headers;
  if (request.url?.split("?", 1)[0] !== LIVE_PATH) return "404 Not Found";
  if (!isKnownHost(host, options.isLoopback)) return "403 Forbidden";
  if (!isSameOrigin(origin, host, options.hasOwnPort)) return "403 Forbidden";
  if (!options.access.admitsRequest(request)) return "401 Unauthorized";
  if (options.hub.size >= MAX_SOCKETS) return "503 Service Unavailable";
  return undefined;
}

function refuse(stream: Duplex, status: string): void {
  // An upgraded stream is nobody's any more: without a listener a client that is gone would end the process.
  stream.once("error", () => stream.destroy());
  stream.once("finish", () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
