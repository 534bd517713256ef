import { randomUUID } from "node:crypto";
import {
  type AuthInfo,
  isInitializeRequest,
  isJSONRPCRequest,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import type { createServer } from "../server";
import type { Service } from "../service";
import { refusal } from "./guards";
import { demandParams, UnreadableMessage, usedId } from "./readMessage";

interface Session {
  server: McpServer;
  transport: WebStandardStreamableHTTPServerTransport;
  /** Who began it; nobody else may go on. Undefined where clients show no token of their own. */
  owner: string | undefined;
  usedAt: number;
  /** Requests and streams that are open; a session with one is not idle. */
  open: number;
  /** Ids of the requests that are being answered. */
  ids: Set<string | number>;
}

/** A request's body, where it was read, and who sent it. */
export interface Sent {
  parsedBody?: unknown;
  authInfo?: AuthInfo;
}

const RESTING_MS = 60_000;

/** Sessions of clients of protocol 2025-11-25 and earlier: so many at once, ended when they rest too long. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly service: Service,
    private readonly maxRequestBodySize: number,
    private readonly create: typeof createServer,
  ) {
    const { sessionIdleMs } = service.settings;
    this.sweep = setInterval(() => void this.endIdle(sessionIdleMs), Math.max(1000, sessionIdleMs / 4));
    this.sweep.unref();
  }

  get count(): number {
    return this.sessions.size;
  }

  async handle(request: Request, sent: Sent = {}): Promise<Response> {
    const id = request.headers.get("mcp-session-id");
    if (id === null) return this.begin(request, sent);
    const session = this.sessions.get(id);
    if (!session || session.owner !== ownerOf(sent.authInfo)) {
      // Some clients keep the number of a session that has ended, even where they begin anew.
      if (isInitializeRequest(sent.parsedBody)) return this.begin(request, sent);
      return refusal(404, -32001, "No such session; it has ended. Begin anew.");
    }
    return this.serve(session, request, sent);
  }

  private async begin(request: Request, sent: Sent): Promise<Response> {
    const { maxSessions, sessionIdleMs } = this.service.settings;
    await this.endIdle(sessionIdleMs);
    // Clients that were killed leave sessions behind: when room is needed, those that rest make it.
    if (this.sessions.size >= maxSessions) await this.endIdle(Math.min(sessionIdleMs, RESTING_MS));
    if (this.sessions.size >= maxSessions)
      return refusal(503, -32000, `All ${maxSessions} sessions are taken; end one or wait.`, { "retry-after": "60" });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: this.maxRequestBodySize,
      onsessioninitialized: (id) => void this.sessions.set(id, session),
      onsessionclosed: (id) => void this.sessions.delete(id),
    });
    const server = this.create(this.service);
    const session: Session = {
      server,
      transport,
      owner: ownerOf(sent.authInfo),
      usedAt: Date.now(),
      open: 0,
      ids: new Set(),
    };
    await session.server.connect(transport);
    const response = await this.serve(session, request, sent);
    if (transport.sessionId === undefined) await session.server.close();
    return response;
  }

  private async serve(session: Session, request: Request, sent: Sent): Promise<Response> {
    const ids = requestIds(sent.parsedBody);
    // The transport would answer the later one and never the earlier.
    const twice = ids.find((id, at) => session.ids.has(id) || ids.indexOf(id) !== at);
    if (twice !== undefined) {
      const { code, message } = usedId(twice);
      return refusal(400, code, message, {}, twice);
    }
    try {
      demandParams(sent.parsedBody);
    } catch (error) {
      // An answer to the request as any other of the protocol's errors.
      if (error instanceof UnreadableMessage) return refusal(200, error.code, error.message, {}, error.id);
      throw error;
    }
    // Where the line broke without a word, the stream before still stands here, and the transport would give no other.
    if (request.method === "GET" && request.headers.get("accept")?.includes("text/event-stream"))
      session.transport.closeStandaloneSSEStream();
    session.open++;
    for (const id of ids) session.ids.add(id);
    const done = () => {
      session.open--;
      for (const id of ids) session.ids.delete(id);
      session.usedAt = Date.now();
    };
    try {
      return whenRead(await session.transport.handleRequest(request, sent), done);
    } catch (error) {
      done();
      throw error;
    }
  }

  private async endIdle(restingMs: number): Promise<void> {
    const before = Date.now() - restingMs;
    for (const [id, { server, usedAt, open }] of this.sessions) {
      if (open > 0 || usedAt > before) continue;
      this.sessions.delete(id);
      await server.close();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.sweep);
    const open = [...this.sessions.values()];
    this.sessions.clear();
    await Promise.all(open.map(({ server }) => server.close()));
  }
}

/** Ids of the requests of a body: a message, or several. */
const requestIds = (body: unknown): (string | number)[] =>
  [body].flat().flatMap((message) => (isJSONRPCRequest(message) ? [message.id] : []));

const ownerOf = (authInfo: AuthInfo | undefined) =>
  authInfo && JSON.stringify([authInfo.extra?.subject, authInfo.clientId]);

/** The same answer, and a word when its body was read or given up. */
function whenRead(response: Response, done: () => void): Response {
  if (!response.body) {
    done();
    return response;
  }
  const reader = response.body.getReader();
  let isDone = false;
  const finish = () => {
    if (!isDone) done();
    isDone = true;
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done: ended } = await reader.read();
        if (!ended) return controller.enqueue(value);
        finish();
        controller.close();
      } catch (error) {
        finish();
        controller.error(error);
      }
    },
    async cancel(reason) {
      finish();
      await reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
