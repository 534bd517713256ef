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
  | { kind: "status"; status: 429 | 502 | 503 | 504 }
  /** The server executes, the load balancer gave up waiting. */
  | { kind: "status-after"; status: 502 | 504 }
  /** The session the request belongs to is ended before it arrives. */
  | { kind: "logged-out" }
  /** The request arrives late. */
  | { kind: "delay"; ms: number }
  /** Nobody answers, the connection stays open. */
  | { kind: "silence" };

/** @returns what befalls this request; undefined: nothing */
export type FaultPlan = (request: { query: boolean }) => Fault | undefined;

/** An HTTP proxy on 127.0.0.1 that breaks what a plan tells it to break. */
export class FaultProxy {
  /** Faults that befell a request. */
  faults = 0;
  private readonly silent = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    /** Port of the server behind it. */
    private readonly target: number,
    public plan: FaultPlan,
  ) {}

  static async start(target: number, plan: FaultPlan = () => undefined): Promise<FaultProxy> {
    const server = createServer();
    const proxy = new FaultProxy(server, target, plan);
    server.on("request", (incoming, answer) => void proxy.handle(incoming, answer).catch(() => answer.destroy()));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private async handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await read(incoming);
    const fault = this.plan({ query: incoming.url?.startsWith("/queries/v1/query-request") ?? false });
    if (fault !== undefined) this.faults++;
    switch (fault?.kind) {
      case "reset":
        incoming.socket.destroy();
        return;
      case "status":
        answer.writeHead(fault.status, { "content-type": "text/html" }).end("<html>try again</html>");
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
    answer.writeHead(whole.status, { ...whole.headers, "content-length": whole.body.length });
    if (fault?.kind !== "truncated") {
      answer.end(whole.body);
      return;
    }
    answer.write(whole.body.subarray(0, whole.body.length >> 1), () => incoming.socket.destroy());
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

type Forwarded = Pick<IncomingMessage, "method" | "url" | "headers">;

const pick = ({ method, url, headers }: IncomingMessage): Forwarded => ({ method, url, headers });

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
