import { PassThrough } from "node:stream";
import { type Service, serveLines } from "../../mcp/index";
import type { Answer } from "./support";

export const INITIALIZE = {
  jsonrpc: "2.0",
  id: "begin",
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
};

export const ping = (id: unknown) => ({ jsonrpc: "2.0", id, method: "ping" });
export const call = (id: unknown, name: string, args?: unknown, more: object = {}) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: args, ...more },
});

/** Writes what is given, and gives so many messages back. */
export async function answersTo(
  service: Service,
  count: number,
  ...written: (string | Buffer | object)[]
): Promise<Answer[]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const serving = serveLines(service, input, output);
  let text = "";
  const told = new Promise<Answer[]>((resolve) => {
    output.on("data", (chunk) => {
      text += chunk;
      const messages: Answer[] = text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line));
      const got = messages.filter(({ id }) => id !== undefined && id !== "begin");
      if (got.length >= count) resolve(got);
    });
  });
  for (const one of [INITIALIZE, ...written])
    input.write(typeof one === "string" || Buffer.isBuffer(one) ? one : `${JSON.stringify(one)}\n`);
  try {
    return await told;
  } finally {
    await serving.close();
  }
}
