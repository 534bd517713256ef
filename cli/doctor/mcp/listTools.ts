import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

const initializedSchema = z.object({
  result: z.object({
    protocolVersion: z.string(),
    capabilities: z.object({ tools: z.unknown() }),
    serverInfo: z.object({ name: z.string(), version: z.string() }),
  }),
});
const toolsSchema = z.object({ result: z.object({ tools: z.array(z.object({ name: z.string() })) }) });

export interface Listed {
  /** Name and version. */
  server: string;
  protocol: string;
  tools: string[];
}

/**
 * Speaks to a server over its stdin and stdout: initialize, then tools/list.
 * @throws Error saying what the server printed instead, or that it said nothing in time
 */
export async function listTools(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<Listed> {
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-2000);
  });
  // Who has ended reads no more.
  child.stdin.on("error", () => undefined);
  const said = () => (stderr.trim() === "" ? "" : `: ${stderr.trim().split("\n").slice(-3).join(" ")}`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<never>((_, reject) => {
    child.once("error", (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code}${said()}`)));
  });
  ended.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the server did not answer within ${timeoutMs / 1000} s${said()}`)),
      timeoutMs,
    );
  });
  const ask = async <T>(schema: z.ZodType<T>, id: number, method: string, params: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), ended, late]);
      if (done) await ended;
      const message = parsed(String(value));
      if (message.id !== id) continue;
      const answer = schema.safeParse(message);
      if (answer.success) return answer.data;
      throw new Error(`the server answered ${method} with ${String(value).slice(0, 200)}`);
    }
  };
  try {
    const client = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "doctor", version: "1" } };
    const { result } = await ask(initializedSchema, 1, "initialize", client);
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
    const { tools } = (await ask(toolsSchema, 2, "tools/list", {})).result;
    const { name, version } = result.serverInfo;
    child.stdin.end();
    await Promise.race([ended.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
    return { server: `${name} ${version}`, protocol: result.protocolVersion, tools: tools.map((tool) => tool.name) };
  } finally {
    clearTimeout(timer);
    child.stdout.destroy();
    child.kill();
  }
}

function parsed(line: string): { id?: unknown } {
  try {
    return JSON.parse(line) as { id?: unknown };
  } catch {
    throw new Error(`the server printed what is no message of the protocol: ${line.slice(0, 200)}`);
  }
}
