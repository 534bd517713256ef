import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { serverCommand } from "../../cli/mcp/printConfig";
import { createServer, readSettings, Service, serveOverHttp } from "../../mcp/index";
import { registerSamples } from "./conformanceSamples";
import { McpWorld, SERVER } from "./support";

const packageFile = (name: string, ...path: string[]) =>
  join(__dirname, "..", "..", "node_modules", "@modelcontextprotocol", name, ...path);

describe("The official tools against the MCP server", () => {
  let world: McpWorld;
  let server: ChildProcess | undefined;

  before(async () => {
    world = await McpWorld.start();
    await world.person("ERIN", "*");
    await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
  });

  after(async () => {
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    if (server?.kill("SIGTERM")) await ended;
    await world?.close();
  });

  // The suite asks for samples by name: they stand beside the warehouse's own tools, on the same server, transport and sessions.
  it("passes every scenario of the conformance suite", async () => {
    const settings = readSettings({ MCP_CALLS_PER_MINUTE: "1000", MCP_MAX_SESSIONS: "100" });
    const service = new Service(world.asPerson("ERIN"), settings);
    const create: typeof createServer = (...given) => {
      const made = createServer(...given);
      registerSamples(made);
      return made;
    };
    const sampled = await serveOverHttp(service, { port: 0, create });
    const results = mkdtempSync(join(tmpdir(), "mcp-conformance-"));
    try {
      const suite = packageFile("conformance", "dist", "index.js");
      const options = ["--url", sampled.url, "--suite", "active", "--output-dir", results];
      const { stdout } = await run(process.execPath, [suite, "server", ...options]);
      const outcomes = [...stdout.matchAll(/^([✓✗]) ([\w-]+): (\d+) passed, (\d+) failed/gm)];
      assert.equal(outcomes.length, 30);
      assert.deepEqual(
        outcomes.filter(([, mark]) => mark !== "✓").map(([, , name]) => name),
        [],
        failures(results),
      );
    } finally {
      rmSync(results, { recursive: true });
      await sampled.close();
      await service.close();
    }
  });

  /** The server as a process of its own. @returns its address */
  async function startProcess(): Promise<string> {
    const env = world.environment("ERIN");
    server = spawn(SERVER.command, [...SERVER.args, "--http", "--port", "0"], { cwd: SERVER.cwd, env });
    return new Promise<string>((resolve, reject) => {
      let printed = "";
      server?.stderr?.on("data", (chunk) => {
        printed += chunk;
        const [, found] = /listens on (\S+)/.exec(printed) ?? [];
        if (found) resolve(found);
      });
      server?.once("exit", () => reject(new Error(printed)));
    });
  }

  it("is listed and called by the Inspector over both transports", async () => {
    const build = dirname(packageFile("inspector-cli", "build", "cli.js"));
    const inspect = async (target: string[], ...args: string[]) => {
      const { stdout, stderr } = await run(
        process.execPath,
        [join(build, "cli.js"), "--cli", ...target, ...args],
        build,
      );
      try {
        return JSON.parse(stdout);
      } catch {
        throw new Error(`no JSON: ${stdout}\n${stderr}`);
      }
    };
    const { command, args } = serverCommand({});
    const environment = Object.entries(world.environment("ERIN")).flatMap(([name, value]) =>
      name === "PATH" ? [] : ["-e", `${name}=${value}`],
    );
    const remote = [await startProcess(), "--transport", "http"];
    const { tools } = await inspect(remote, "--method", "tools/list");
    assert.deepEqual(tools.map(({ name }: { name: string }) => name).slice(0, 4), [
      "list-actions",
      "describe-action",
      "validate-plan",
      "run-plan",
    ]);
    for (const target of [remote, [...environment, command, ...args]]) {
      const called = await inspect(target, "--method", "tools/call", "--tool-name", "my-permissions");
      assert.equal(called.structuredContent.user, "ERIN");
    }
  });
});

/** What the suite says of the checks that failed; its output names the scenarios alone. */
function failures(results: string): string {
  const files = readdirSync(results, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("checks.json"),
  );
  return files
    .flatMap((file) => JSON.parse(readFileSync(join(results, file), "utf8")))
    .filter(({ status }) => status === "FAILURE")
    .map(({ id, errorMessage }) => `${id}: ${errorMessage}`)
    .join("\n");
}

function run(command: string, args: string[], cwd?: string): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, NODE_NO_WARNINGS: "1" } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.once("close", () => resolve({ stdout, stderr }));
  });
}
