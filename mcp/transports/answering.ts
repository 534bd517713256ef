import { isJSONRPCRequest, type JSONRPCMessage, type Transport } from "@modelcontextprotocol/server";
import { isObject } from "../plan/findings";
import { usedId } from "./readMessage";

/** Which requests of a client are being answered: of two with one id, only one would ever get an answer. */
export class Answering {
  private readonly ids = new Set<unknown>();

  constructor(transport: Transport) {
    const send = transport.send.bind(transport);
    transport.send = (message: JSONRPCMessage, ...rest) => {
      if (!("method" in message)) this.ids.delete(message.id);
      return send(message, ...rest);
    };
  }

  /** @throws UnreadableMessage when a request has the id of one that is still being answered */
  begin(message: unknown): void {
    if (isJSONRPCRequest(message)) {
      if (this.ids.has(message.id)) throw usedId(message.id);
      this.ids.add(message.id);
    } else if (isObject(message) && message.method === "notifications/cancelled" && isObject(message.params))
      // What was cancelled gets no answer.
      this.ids.delete(message.params.requestId);
  }
}
