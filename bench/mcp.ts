import type { Client } from "@modelcontextprotocol/client";
import { execute } from "../tests/local/support";
import { McpWorld } from "../tests/mcp/support";
import { NAMES } from "../tests/sql/warehouse";
import type { Benchmark } from "./benchmark";

const ROUNDS = 20;
const PLAN = JSON.stringify({ actions: ["order.placed"], measures: ["count"] });

/** What a tool call costs over the statements it makes, over real stdio, both in turn on one server. */
export const mcpBenchmark: Benchmark = {
  description: "the MCP server: a tool call beside the bare statements it makes",
  async run() {
    const world = await McpWorld.start();
    try {
      await world.person("BENCH", "order.*");
      await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
      const client = await world.connect("BENCH", { environment: { MCP_DAILY_CREDITS: "1000" } });
      const bare = await world.warehouse.connect({
        username: "BENCH",
        role: NAMES.roles.user,
        warehouse: NAMES.warehouses.query,
      });
      const mcp = `${NAMES.database}.MCP`;
      await compare(
        "explain-denial",
        () => tool(client, "explain-denial", { action: "order.placed" }),
        async () => {
          await execute(bare, `SELECT * FROM ${mcp}.MY_PERMISSIONS ORDER BY PATTERN`);
          await execute(bare, "SELECT CURRENT_USER() AS USER_NAME, CURRENT_ROLE() AS ROLE_NAME");
        },
      );
      await compare(
        "run-plan",
        () => tool(client, "run-plan", { plan: JSON.parse(PLAN) }),
        () => execute(bare, `CALL ${mcp}.EXECUTE_QUERY_PLAN(PARSE_JSON(?))`, { binds: [PLAN] }),
      );
    } finally {
      await world.close();
    }
  },
};

const tool = (client: Client, name: string, args: Record<string, unknown>) =>
  client.callTool({ name, arguments: args });

async function compare(name: string, tool: () => Promise<unknown>, bare: () => Promise<unknown>): Promise<void> {
  const times = { tool: [] as number[], bare: [] as number[] };
  for (let round = -3; round < ROUNDS; round++)
    for (const [kind, work] of [
      ["tool", tool],
      ["bare", bare],
    ] as const) {
      const began = performance.now();
      await work();
      if (round >= 0) times[kind].push(performance.now() - began);
    }
  const overhead = times.tool.map((time, round) => time - (times.bare[round] as number));
  const p = (values: number[], share: number) =>
    (values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] as number).toFixed(1);
  console.log(
    `${name}: tool ${p(times.tool, 0.5)} ms, bare ${p(times.bare, 0.5)} ms, overhead p50 ${p(overhead, 0.5)} ms, p90 ${p(overhead, 0.9)} ms (${ROUNDS} rounds)`,
  );
}
