import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findInstalled, type Installed } from "../../cli/doctor/mcp/claudeConfig";
import { mcpPerson } from "../../cli/doctor/mcp/mcpPerson";
import { mcpInstallation, mcpServer } from "../../cli/doctor/mcp/mcpServer";
import { serverCommand } from "../../cli/mcp/printConfig";
import { McpWorld } from "./support";

describe("The doctor's look at the MCP server", () => {
  const home = mkdtempSync(join(tmpdir(), "mcp-doctor-home-"));
  const project = join(home, "project");
  mkdirSync(project);

  after(() => rmSync(home, { recursive: true, force: true }));

  const running = (script: string): Installed[] => [
    { where: "x", name: "two-table-warehouse", entry: { command: process.execPath, args: ["-e", script] } },
  ];

  it("finds where Claude Code has it, for a project, for all, and under another name", () => {
    const ours = serverCommand({});
    const write = (path: string, value: unknown) => writeFileSync(path, JSON.stringify(value));
    write(join(project, ".mcp.json"), { mcpServers: { "two-table-warehouse": ours, other: { command: "x" } } });
    write(join(home, ".claude.json"), {
      numStartups: 3,
      mcpServers: { events: ours },
      projects: { "/some/where": { mcpServers: { "two-table-warehouse": { url: "https://warehouse.example/mcp" } } } },
    });
    const found = findInstalled(home, [project]);
    assert.deepEqual(
      found.map(({ where, name }) => [where.replace(home, "~"), name]),
      [
        ["~/project/.mcp.json", "two-table-warehouse"],
        ["~/.claude.json", "events"],
        ["~/.claude.json, for /some/where", "two-table-warehouse"],
      ],
    );
    assert.equal(mcpInstallation(found).state, "ok");
    assert.match(mcpInstallation([]).found, /^not in Claude Code; to install it: npm run mcp -- --print-config/);
    const gone = { command: "npm", args: ["--prefix", "/no/such/checkout", "run", "mcp"] };
    const moved = mcpInstallation([{ where: "~/.claude.json", name: "two-table-warehouse", entry: gone }]);
    assert.deepEqual(
      [moved.state, moved.found],
      ["failed", "~/.claude.json starts two-table-warehouse in /no/such/checkout, which does not exist"],
    );
    writeFileSync(join(project, ".mcp.json"), "{");
    assert.throws(
      () => findInstalled(home, [project]),
      /\.mcp\.json cannot be read as Claude Code's configuration: no JSON$/,
    );
  });

  it("starts it as clients do and counts its tools, asking no warehouse", async () => {
    const { state, found } = await mcpServer([]);
    assert.deepEqual([state, found], ["ok", "two-table-warehouse 1.0.0 starts, speaks 2025-11-25 and has 11 tools"]);
  });

  it("says what a command says that is not the server", async () => {
    const said = async (script: string, timeoutMs?: number) => (await mcpServer(running(script), timeoutMs)).found;
    assert.equal(
      await said("console.error('no such thing'); process.exitCode = 3"),
      "the server ended with code 3: no such thing",
    );
    assert.equal(
      await said("console.log('hello'); setInterval(() => 0, 1000)"),
      "the server printed what is no message of the protocol: hello",
    );
    assert.equal(await said("setInterval(() => 0, 1000)", 300), "the server did not answer within 0.3 s");
    const missing = [{ where: "x", name: "two-table-warehouse", entry: { command: "/no/such/program" } }];
    assert.match((await mcpServer(missing)).found, /^\/no\/such\/program cannot be started: /);
  });

  describe("and at its person", () => {
    let world: McpWorld;

    before(async () => {
      world = await McpWorld.start();
      await world.person("PAT", "*");
    });

    after(() => world?.close());

    it("tries the login, in the role of people", async () => {
      const found = await mcpPerson(world.environment("PAT"));
      assert.deepEqual([found.state, found.found], ["ok", "PAT as MCP_USER_ROLE, by password; a key pair is safer"]);
      const wrong = await mcpPerson(world.environment("PAT", { SNOWFLAKE_PASSWORD: "wrong" }));
      assert.equal(wrong.state, "failed");
      assert.match(wrong.found, /^The warehouse refused the login/);
    });

    it("refuses a key that is none and one that others can read, before any login", async () => {
      const key = join(home, "key.pem");
      writeFileSync(key, "not a key", { mode: 0o600 });
      const environment = world.environment("PAT", { SNOWFLAKE_PRIVATE_KEY_PATH: key });
      assert.match((await mcpPerson(environment)).found, /^The private key of the person cannot be read: expected PEM/);
      const open = join(home, "open.pem");
      writeFileSync(open, "not a key", { mode: 0o644 });
      const readable = await mcpPerson({ ...environment, SNOWFLAKE_PRIVATE_KEY_PATH: open });
      assert.match(readable.found, /can be read by others; run: chmod 600 /);
    });

    it("makes nobody, and looks for nobody where there is no warehouse", async () => {
      const empty = { TWO_TABLE_HOME: join(home, "empty") };
      assert.equal((await mcpPerson(empty)).state, "skipped");
      writeFileSync(join(home, "empty", "connection.json"), "{}");
      assert.equal((await mcpPerson(empty)).found, "made when the first assistant asks");
    });
  });
});
