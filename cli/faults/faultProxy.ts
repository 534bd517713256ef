import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What may happen to a request on its way. */
export type Fault =
  /** The connection breaks before the server hears of the request. */
  | { kind: "reset" }
  /** The server executes, the answer is lost. */
  | { kind: "answer-lost" }
  /** The server executes, half of the answer arrives. */
  | { kind: "truncated" }
  /** A load balancer refuses; the server hears nothing. */
  | { kind: "status"; status: 413 | 429 | 502 | 503 | 504; retryAfter?: string }
  /** The server executes, the load balancer gave up waiting. */
  | { kind: "status-after"; status: 502 | 504 }
  /** The server executes and begins to answer, then its side of the connection ends; the other side stays open. */
  | { kind: "half-closed" }
  /** The server executes, the answer comes in small pieces. */
  | { kind: "trickle"; pieces: number }
  /** The server executes and answers when nobody waits any more. */
  | { kind: "late"; ms: number }
  /** The session the request belongs to is ended before it arrives. */
  | { kind: "logged-out" }
  /** The token of the session has expired; the server executes nothing and asks for another one. */
  | { kind: "token-expired" }
  /** The request arrives late. */
  | { kind: "delay"; ms: number }
  /** Nobody answers, the connection stays open. */
  | { kind: "silence" };

/** @returns what befalls this request; undefined: nothing */
export type FaultPlan = (request: { query: boolean; login: boolean }) => Fault | undefined;

/** An HTTP proxy on 127.0.0.1 that breaks what a plan tells it to break. */
export class FaultProxy {
  /** Faults that befell a request, by kind. */
  readonly struck = new Map<Fault["kind"], number>();
  private readonly silent = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    /** Port of the server behind it; another one when that server was started anew. */
    public target: number,
    public plan: FaultPlan,
  ) {}

  static async start(target: number, plan: FaultPlan = () => undefined): Promise<FaultProxy> {
    // Half of a connection may be closed.
    const server = createServer({ keepAliveTimeout: 60_000 });
    const proxy = new FaultProxy(server, target, plan);
    server.on("request", (incoming, answer) => void proxy.handle(incoming, answer).catch(() => answer.destroy()));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  /** Faults that befell a request. */
  get faults(): number {
    return [...this.struck.values()].reduce((sum, count) => sum + count, 0);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private async handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await read(incoming);
    const is = (path: string) => incoming.url?.startsWith(path) ?? false;
    const fault = this.plan({ query: is("/queries/v1/query-request"), login: is("/session/v1/login-request") });
    if (fault !== undefined) this.struck.set(fault.kind, (this.struck.get(fault.kind) ?? 0) + 1);
    switch (fault?.kind) {
      case "reset":
        incoming.socket.destroy();
        return;
      case "status":
        if (fault.retryAfter !== undefined) answer.setHeader("retry-after", fault.retryAfter);
        answer.writeHead(fault.status, { "content-type": "text/html" }).end("<html>try again</html>");
        return;
      case "token-expired":
        answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(TOKEN_EXPIRED));
        return;
      case "silence":
        this.silent.add(answer);
        answer.once("close", () => this.silent.delete(answer));
        return;
      case "logged-out":
        await this.forward({ ...pick(incoming), url: "/session?delete=true" }, Buffer.alloc(0));
        break;
      case "delay":
        await sleep(fault.ms);
    }
    const whole = await this.forward(pick(incoming), body).catch(() => undefined);
    // The server behind is gone: so is the connection.
    if (whole === undefined || fault?.kind === "answer-lost") {
      incoming.socket.destroy();
      return;
    }
    if (fault?.kind === "status-after") {
      answer.writeHead(fault.status).end();
      return;
    }
    if (fault?.kind === "late") await sleep(fault.ms);
    answer.writeHead(whole.status, { ...whole.headers, "content-length": whole.body.length });
    const half = whole.body.subarray(0, whole.body.length >> 1);
    switch (fault?.kind) {
      case "truncated":
        answer.write(half, () => incoming.socket.destroy());
        return;
      case "half-closed":
        answer.write(half, () => incoming.socket.end());
        return;
      case "trickle":
        for (const piece of cut(whole.body, fault.pieces)) {
          answer.write(piece);
          await sleep(1);
        }
        answer.end();
        return;
      default:
        answer.end(whole.body);
    }
  }

  private forward(incoming: Forwarded, body: Buffer) {
    return new Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }>((resolve, reject) => {
      const { method, url: path } = incoming;
      const headers = { ...incoming.headers, "content-length": body.length };
      const outgoing = request({ host: "127.0.0.1", port: this.target, method, path, headers }, (response) => {
        const { "transfer-encoding": _, ...kept } = response.headers;
        read(response).then(
          (bytes) => resolve({ status: response.statusCode ?? 502, headers: kept, body: bytes }),
          reject,
        );
      });
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }

  async close(): Promise<void> {
    for (const answer of this.silent) answer.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** What Snowflake answers when a session's token is too old; its drivers get a new one and ask again. */
const TOKEN_EXPIRED = {
  code: "390112",
  message: "Your session has expired. Please login again.",
  success: false,
  data: null,
};

function cut(bytes: Buffer, pieces: number): Buffer[] {
  const length = Math.max(1, Math.ceil(bytes.length / pieces));
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
}

type Forwarded = Pick<IncomingMessage, "method" | "url" | "headers">;

const pick = ({ method, url, headers }: IncomingMessage): Forwarded => ({ method, url, headers });

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
