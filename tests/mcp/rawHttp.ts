import { request } from "node:http";
import type { Answer } from "./support";

export interface Reply {
  status: number;
  headers: Record<string, unknown>;
  body: Answer;
}

/** One message to a server, without any client in between. */
export const post = (url: string, message: unknown, headers: Record<string, string> = {}) =>
  send(url, "POST", JSON.stringify(message), headers);

/** One request; its JSON or event text. */
export function send(
  url: string,
  method: string,
  body: string | Buffer | undefined,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const accept = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const outgoing = request(url, { agent: false, method, headers: { ...accept, ...headers } }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        const json = text.startsWith("{") ? JSON.parse(text) : text;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: json });
      });
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
