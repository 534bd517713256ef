import { isJSONRPCRequest, type JSONRPCMessage, type Transport } from "@modelcontextprotocol/server";
import { isObject } from "../plan/findings";
import { usedId } from "./readMessage";

/** Which requests of a client are being answered: of two with one id, only one would ever get an answer. */
export class Answering {
  private readonly ids = new Set<unknown>();
  private waiting: (() => void)[] = [];

  constructor(transport: Transport) {
    const send = transport.send.bind(transport);
    transport.send = (message: JSONRPCMessage, ...rest) => {
      const sent = send(message, ...rest);
      if (!("method" in message)) this.end(message.id);
      return sent;
    };
  }

  private end(id: unknown): void {
    this.ids.delete(id);
    if (this.ids.size === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Resolves when all that was asked is answered. */
  async idle(): Promise<void> {
    if (this.ids.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** @throws UnreadableMessage when a request has the id of one that is still being answered */
  begin(message: unknown): void {
    if (isJSONRPCRequest(message)) {
      if (this.ids.has(message.id)) throw usedId(message.id);
      this.ids.add(message.id);
    } else if (isObject(message) && message.method === "notifications/cancelled" && isObject(message.params))
      // What was cancelled gets no answer.
      this.end(message.params.requestId);
  }
}
