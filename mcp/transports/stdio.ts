import { PassThrough, type Readable, type Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { createServer } from "../server";
import type { Service } from "../service";
import { Answering } from "./answering";
import { Lines } from "./lines";

/** How long answers are waited for once input has ended. Clients that close it to end the server kill it after two seconds anyway. */
const LAST_ANSWERS_MS = 10_000;

interface Serving {
  /** Resolves when input has ended and what was asked before is answered. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Serves one client over stdin and stdout. Resolves when the client is gone. */
export async function serveOverStdio(service: Service): Promise<void> {
  keepStdoutClean();
  const handle = serveLines(service, process.stdin, process.stdout);
  await new Promise<void>((resolve) => {
    void handle.ended.then(resolve);
    process.once("SIGINT", resolve).once("SIGTERM", resolve);
  });
  await handle.close();
}

/** Serves one client that writes lines to `input` and reads lines from `output`. A script may write all it asks and close its end at once. */
export function serveLines(service: Service, input: Readable, output: Writable): Serving {
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
  const closing = new AbortController();
  const ended = new Promise((resolve) => lines.once("close", resolve)).then(async () => {
    const givenUp = pause(LAST_ANSWERS_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    await Promise.race([answering.idle(), givenUp]);
    closing.abort();
    end.end();
  });
  const handle = serveStdio((context) => createServer(service, context), {
    transport,
    onerror: (error) => service.log.debug({ reason: error.message }, "protocol error"),
  });
  input.pipe(lines);
  // What broke ends no less.
  input.once("close", () => lines.end());
  return {
    ended,
    close: async () => {
      closing.abort();
      input.unpipe(lines);
      await handle.close();
    },
  };
}

/** What a library prints must not become a message. */
function keepStdoutClean(): void {
  console.log = console.info = console.debug = console.error;
}
