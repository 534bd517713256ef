import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { printConfig } from "../../cli/mcp/printConfig";
import { outputsOn } from "../../cli/warehouse/ingestPath";
import { ADMIN_PASSWORD } from "../local/support";
import { TestWarehouse } from "../sql/warehouse";
import { ask, SERVER } from "./support";

describe("The MCP server of the warehouse that runs here", () => {
  const home = mkdtempSync(join(tmpdir(), "mcp-home-"));
  let warehouse: TestWarehouse;

  before(async () => {
    warehouse = await TestWarehouse.start();
    await warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
    const { server } = warehouse;
    const connection = { outputs: outputsOn(server), username: server.user, password: ADMIN_PASSWORD };
    writeFileSync(join(home, "connection.json"), JSON.stringify(connection));
  });

  after(async () => {
    await warehouse?.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** As a client starts it that was told nothing but the command. */
  async function connect(): Promise<Client> {
    const client = new Client({ name: "local", version: "1" });
    const env = { PATH: process.env.PATH ?? "", HOME: home, TWO_TABLE_HOME: home };
    await client.connect(new StdioClientTransport({ ...SERVER, env, stderr: "ignore" }));
    return client;
  }

  it("asks as a person made for assistants, with a key pair, the same one every time", async () => {
    const users: string[] = [];
    for (let start = 0; start < 2; start++) {
      const client = await connect();
      const mine = await ask(client, "my-permissions");
      users.push(mine.user);
      assert.deepEqual(
        [mine.role, mine.permissions.map(({ pattern }: { pattern: string }) => pattern)],
        ["MCP_USER_ROLE", ["*"]],
      );
      const recorded = await ask(client, "record-event", { action: "note.taken" });
      assert.equal(recorded.status, "accepted");
      await client.close();
    }
    assert.match(users[0] ?? "", /^ASSISTANT_[0-9A-F]{8}$/);
    assert.equal(users[1], users[0]);
    const kept = join(home, "assistant.json");
    assert.ok(existsSync(kept));
    assert.equal(statSync(kept).mode & 0o077, 0);
    assert.doesNotMatch(readFileSync(kept, "utf8"), new RegExp(ADMIN_PASSWORD));
  });

  it("is installed by one command or one block, which say nothing secret", () => {
    const lines: string[] = [];
    printConfig({ stack: "dev" }, (line) => lines.push(line));
    assert.match(
      lines[1] ?? "",
      /^ {2}claude mcp add two-table-warehouse -- npm --prefix \S+ run --silent mcp -- --stdio --stack dev$/,
    );
    const block = JSON.parse(lines.find((line) => line.startsWith("{")) ?? "");
    assert.deepEqual(Object.keys(block.mcpServers), ["two-table-warehouse"]);
  });
});
