import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createServer } from "../server";
import type { Service } from "../service";

/** Serves one client over stdin and stdout. Resolves when the client is gone. */
export async function serveOverStdio(service: Service): Promise<void> {
  keepStdoutClean();
  const handle = serveStdio((context) => createServer(service, context), {
    onerror: (error) => service.log.debug({ reason: error.message }, "protocol error"),
  });
  await new Promise<void>((resolve) => {
    process.stdin.once("end", resolve).once("close", resolve);
    process.once("SIGINT", resolve).once("SIGTERM", resolve);
  });
  await handle.close();
}

/** What a library prints must not become a message. */
function keepStdoutClean(): void {
  console.log = console.info = console.debug = console.error;
}
