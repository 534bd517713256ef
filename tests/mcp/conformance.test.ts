import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { serverCommand } from "../../cli/mcp/printConfig";
import { McpWorld, SERVER } from "./support";

const packageFile = (name: string, ...path: string[]) =>
  join(__dirname, "..", "..", "node_modules", "@modelcontextprotocol", name, ...path);

/** Scenarios of the suite that ask for nothing but the protocol. */
const PASSES = [
  "server-initialize",
  "ping",
  "tools-list",
  "resources-list",
  "prompts-list",
  "server-sse-multiple-streams",
  "dns-rebinding-protection",
];

describe("The official tools against the MCP server", () => {
  let world: McpWorld;
  let server: ChildProcess;
  let url = "";

  before(async () => {
    world = await McpWorld.start();
    await world.person("ERIN", "*");
    await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
    const env = world.environment("ERIN", { MCP_MAX_SESSIONS: "100" });
    server = spawn(SERVER.command, [...SERVER.args, "--http", "--port", "0"], { cwd: SERVER.cwd, env });
    url = await new Promise<string>((resolve, reject) => {
      let printed = "";
      server.stderr?.on("data", (chunk) => {
        printed += chunk;
        const [, found] = /listens on (\S+)/.exec(printed) ?? [];
        if (found) resolve(found);
      });
      server.once("exit", () => reject(new Error(printed)));
    });
  });

  after(async () => {
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    if (server?.kill("SIGTERM")) await ended;
    await world?.close();
  });

  // Every other scenario asks for a tool, resource or prompt of the suite's own sample server, by name.
  it("passes every scenario of the conformance suite that needs no sample of its own", async () => {
    const suite = packageFile("conformance", "dist", "index.js");
    const { stdout } = await run(process.execPath, [suite, "server", "--url", url, "--suite", "active"]);
    const outcomes = new Map(
      [...stdout.matchAll(/^([✓✗]) ([\w-]+): (\d+) passed, (\d+) failed/gm)].map(([, mark, name]) => [name, mark]),
    );
    assert.equal(outcomes.size, 30);
    assert.deepEqual(
      PASSES.filter((name) => outcomes.get(name) !== "✓"),
      [],
    );
    const samples = [...outcomes]
      .filter(([name, mark]) => mark === "✗" && !PASSES.includes(name as string))
      .map(([name]) => name);
    assert.deepEqual(samples.sort(), NEED_SAMPLES);
  });

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
    for (const target of [
      [url, "--transport", "http"],
      [...environment, command, ...args],
    ]) {
      const { tools } = await inspect(target, "--method", "tools/list");
      assert.deepEqual(tools.map(({ name }: { name: string }) => name).slice(0, 4), [
        "list-actions",
        "describe-action",
        "validate-plan",
        "run-plan",
      ]);
      const called = await inspect(target, "--method", "tools/call", "--tool-name", "my-permissions");
      assert.equal(called.structuredContent.user, "ERIN");
    }
  });
});

const NEED_SAMPLES = [
  "completion-complete",
  "elicitation-sep1034-defaults",
  "elicitation-sep1330-enums",
  "logging-set-level",
  "prompts-get-embedded-resource",
  "prompts-get-simple",
  "prompts-get-with-args",
  "prompts-get-with-image",
  "resources-read-binary",
  "resources-read-text",
  "resources-subscribe",
  "resources-templates-read",
  "resources-unsubscribe",
  "tools-call-audio",
  "tools-call-elicitation",
  "tools-call-embedded-resource",
  "tools-call-error",
  "tools-call-image",
  "tools-call-mixed-content",
  "tools-call-sampling",
  "tools-call-simple-text",
  "tools-call-with-logging",
  "tools-call-with-progress",
];

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
