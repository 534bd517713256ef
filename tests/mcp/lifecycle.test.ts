import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { Client } from "@modelcontextprotocol/client";
import { NAMES } from "../sql/warehouse";
import { type Answer, ask, McpWorld, refused, SERVER } from "./support";

const PLAN = { actions: ["order.placed"], measures: ["count"] };

describe("A call to the MCP server", () => {
  let world: McpWorld;

  before(async () => {
    world = await McpWorld.start();
    await world.person("CAROL", "order.*");
    await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
  });

  after(() => world?.close());

  const audited = async (client: Client, action: string): Promise<Answer[]> => {
    await client.close();
    await world.warehouse.refresh();
    const rows = await world.warehouse.query(
      `SELECT ACTOR_ID, ATTRIBUTES FROM ${NAMES.database}.ACTIVITY.EVENTS WHERE ACTION = '${action}' ORDER BY OCCURRED_AT, OBJECT_ID`,
    );
    return rows.map(({ ACTOR_ID, ATTRIBUTES }) => ({ actor: ACTOR_ID, ...(ATTRIBUTES as object) }));
  };

  /** How the last plan ended, by the warehouse's own history. */
  const lastCall = async (): Promise<unknown[]> => {
    const administrator = await world.warehouse.connect({ role: "ACCOUNTADMIN" });
    for (;;) {
      const [row] = await world.warehouse.query(
        `SELECT EXECUTION_STATUS, ERROR_CODE FROM TABLE(${NAMES.database}.INFORMATION_SCHEMA.QUERY_HISTORY(RESULT_LIMIT => 1000)) WHERE QUERY_TEXT LIKE 'CALL %EXECUTE_QUERY_PLAN(PARSE_JSON(?))' ORDER BY START_TIME DESC LIMIT 1`,
        administrator,
      );
      if (row?.EXECUTION_STATUS !== "RUNNING") return [row?.EXECUTION_STATUS, row?.ERROR_CODE];
    }
  };

  it("is tagged with client and tool, and leaves an event", async () => {
    const client = await world.connect("CAROL");
    const { query_id } = await ask(client, "run-plan", { plan: PLAN });
    await refused(client, "describe-action", { action: "no.such" });
    const calls = await audited(client, "mcp.tool.called");
    assert.deepEqual(calls.map(({ actor, tool, client: name, outcome }) => [actor, tool, name, outcome]).sort(), [
      ["CAROL", "describe-action", "test-client", "refused"],
      ["CAROL", "run-plan", "test-client", "answered"],
    ]);
    const run = calls.find(({ tool }) => tool === "run-plan");
    assert.deepEqual([run.query_id, run.row_count, run.truncated], [query_id, 1, false]);
    const administrator = await world.warehouse.connect({ role: "ACCOUNTADMIN" });
    const history = await world.warehouse.query(
      `SELECT DISTINCT QUERY_TAG FROM TABLE(${NAMES.database}.INFORMATION_SCHEMA.QUERY_HISTORY(RESULT_LIMIT => 1000)) WHERE QUERY_TEXT LIKE 'CALL %EXECUTE_QUERY_PLAN(PARSE_JSON(?))' AND USER_NAME = 'CAROL'`,
      administrator,
    );
    assert.deepEqual(history, [{ QUERY_TAG: "mcp:test-client:run-plan" }]);
  });

  it("leaves the plan and its problems when its grammar was refused", async () => {
    const client = await world.connect("CAROL");
    const wrong = { actions: ["order.placed"], limit: -1 };
    assert.equal((await refused(client, "run-plan", { plan: wrong })).code, "invalid_plan");
    const [rejected] = await audited(client, "mcp.query.rejected");
    assert.deepEqual([rejected.actor, rejected.plan], ["CAROL", wrong]);
    assert.equal(rejected.errors[0].path, "limit");
  });

  it("is refused beyond the calls of a minute, and told how long to wait", async () => {
    const client = await world.connect("CAROL", { environment: { MCP_CALLS_PER_MINUTE: "2" } });
    await ask(client, "my-permissions");
    await ask(client, "my-permissions");
    const error = await refused(client, "my-permissions");
    assert.deepEqual([error.code, error.message], ["rate_limited", "More than 2 calls in a minute."]);
    assert.match(error.next, /^Wait \d+ s; ask for more in one plan\.$/);
  });

  it("is refused when the calls of 24 hours, of earlier processes too, have used the budget up", async () => {
    await world.person("DAVE", "order.*");
    const first = await world.connect("DAVE", { environment: { MCP_DAILY_CREDITS: "0.000001" } });
    await ask(first, "my-permissions");
    await first.close();
    const second = await world.connect("DAVE", { environment: { MCP_DAILY_CREDITS: "0.000001" } });
    const error = await refused(second, "my-permissions");
    assert.equal(error.code, "budget_used_up");
    assert.match(error.next, /MCP_DAILY_CREDITS/);
  });

  it("stops its query in the warehouse when it is cancelled", async () => {
    const client = await world.connect("CAROL");
    const abort = new AbortController();
    const work = client.callTool(
      { name: "run-plan", arguments: { plan: PLAN } },
      { signal: abort.signal, onprogress: () => setTimeout(() => abort.abort(), 100) },
    );
    await assert.rejects(work, /abort/i);
    assert.deepEqual(await lastCall(), ["FAILED_WITH_ERROR", 604]);
    assert.equal((await ask(client, "my-permissions")).user, "CAROL");
    const calls = await audited(client, "mcp.tool.called");
    assert.ok(calls.some(({ tool, outcome }) => tool === "run-plan" && outcome === "cancelled"));
  });

  it("stops its query in the warehouse when it takes too long, and says how to ask for less", async () => {
    const attributes = { blob: "x".repeat(900_000) };
    await world.warehouse.ingest(
      Array.from({ length: 8 }, (_, n) => ({ action: "order.stored", actor_id: `u${n}`, attributes })),
    );
    const client = await world.connect("CAROL", { environment: { MCP_TIMEOUT_SECONDS: "1" } });
    const error = await refused(client, "run-plan", { plan: { actions: ["order.stored"] } });
    assert.deepEqual([error.code, error.message], ["timeout", "The query took longer than it may and was stopped."]);
    assert.match(error.next, /^Narrow the window/);
    assert.equal((await lastCall())[0], "FAILED_WITH_ERROR");
  });

  it("is refused to an administrator, whatever role the session would have", async () => {
    const administrator = await world.warehouse.connect({ role: "ACCOUNTADMIN" });
    await world.person("ROOT", "*");
    await world.warehouse.query("GRANT ROLE SYSADMIN TO USER ROOT", administrator);
    const client = await world.connect("ROOT");
    const error = await refused(client, "my-permissions");
    assert.equal(error.code, "unavailable");
    assert.match(error.message, /^ROOT holds the role SYSADMIN\. Assistants ask as people do/);
  });

  it("keeps secrets out of what it prints", async () => {
    const environment = world.environment("CAROL", { SNOWFLAKE_PASSWORD: "not-the-password-9173", LOG_LEVEL: "trace" });
    const messages = [
      {
        jsonrpc: "2.0",
        id: 1,
        method: "initialize",
        params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "1" } },
      },
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "my-permissions", arguments: {} } },
    ];
    const { stdout, stderr } = await speak(environment, messages, 2);
    for (const line of stdout.trim().split("\n")) assert.equal(JSON.parse(line).jsonrpc, "2.0");
    assert.match(stdout, /The warehouse refused the login/);
    assert.doesNotMatch(stdout + stderr, /not-the-password-9173/);
  });

  it("says what is missing when nobody can be asked as", () => {
    const { SNOWFLAKE_PASSWORD: _, ...environment } = world.environment("CAROL");
    const { status, stdout, stderr } = spawnSync(SERVER.command, SERVER.args, {
      cwd: SERVER.cwd,
      env: { ...environment, NODE_NO_WARNINGS: "1" },
      encoding: "utf8",
    });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(
      stderr,
      /set SNOWFLAKE_USER and one of SNOWFLAKE_PRIVATE_KEY_PATH, SNOWFLAKE_PRIVATE_KEY, SNOWFLAKE_TOKEN, SNOWFLAKE_PASSWORD/,
    );
  });
});

/** Writes lines to the server and gives what it wrote until so many answers came. */
async function speak(
  env: Record<string, string>,
  messages: unknown[],
  answers: number,
): Promise<{ stdout: string; stderr: string }> {
  const { spawn } = await import("node:child_process");
  const child = spawn(SERVER.command, SERVER.args, { cwd: SERVER.cwd, env: { ...env, NODE_NO_WARNINGS: "1" } });
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const done = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      if (stdout.split("\n").length > answers) resolve();
    });
    child.once("exit", () => resolve());
  });
  for (const message of messages) child.stdin.write(`${JSON.stringify(message)}\n`);
  await done;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.stdin.end();
  await ended;
  return { stdout, stderr };
}
