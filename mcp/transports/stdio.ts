import { PassThrough, type Readable, type Writable } from "node:stream";
import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { createServer } from "../server";
import type { Service } from "../service";
import { Answering } from "./answering";
import { Lines } from "./lines";

/** Serves one client over stdin and stdout. Resolves when the client is gone. */
export async function serveOverStdio(service: Service): Promise<void> {
  keepStdoutClean();
  const handle = serveLines(service, process.stdin, process.stdout);
  await new Promise<void>((resolve) => {
    process.stdin.once("end", resolve).once("close", resolve);
    process.once("SIGINT", resolve).once("SIGTERM", resolve);
  });
  await handle.close();
}

/** Serves one client that writes lines to `input` and reads lines from `output`. */
export function serveLines(service: Service, input: Readable, output: Writable): { close(): Promise<void> } {
  // The SDK's transport drops in silence what it cannot read, and ends over a long line: it only writes here, and is told when input ends.
  const end = new PassThrough();
  const transport = new StdioServerTransport(end, output);
  const answering = new Answering(transport);
  const lines = new Lines(
    (message) => {
      answering.begin(message);
      transport.onmessage?.(message as JSONRPCMessage);
    },
    (answer) => {
      service.log.debug({ answer }, "a line was no message");
      output.write(`${JSON.stringify(answer)}\n`);
    },
  );
  lines.once("finish", () => end.end());
  const handle = serveStdio((context) => createServer(service, context), {
    transport,
    onerror: (error) => service.log.debug({ reason: error.message }, "protocol error"),
  });
  input.pipe(lines);
  return {
    close: async () => {
      input.unpipe(lines);
      await handle.close();
    },
  };
}

/** What a library prints must not become a message. */
function keepStdoutClean(): void {
  console.log = console.info = console.debug = console.error;
}
