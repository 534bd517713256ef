import { readFileSync } from "node:fs";
import type { Client } from "@modelcontextprotocol/client";
import { execute } from "../tests/local/support";
import { McpWorld } from "../tests/mcp/support";
import { NAMES } from "../tests/sql/warehouse";
import type { Benchmark, Report } from "./benchmark";
import { at } from "./figures";

const PAIRS = 40;
/** Calls are audited 0.2 s behind their answers, many in one statement; what is measured next waits until that is done. */
const QUIET_MS = 400;
const PLAN = JSON.stringify({ actions: ["order.placed"], measures: ["count"] });

/** What a tool call costs over the statements it makes, over real stdio, both in turn on one server. */
export const mcpBenchmark: Benchmark = {
  description: "the MCP server: a tool call beside the bare statements it makes",
  async run(report) {
    const world = await McpWorld.start();
    try {
      await world.person("BENCH", "order.*");
      await world.warehouse.ingest([{ action: "order.placed", actor_id: "u1" }]);
      const { client, pid } = await world.spawn("BENCH", { environment: { MCP_DAILY_CREDITS: "1000" } });
      const bare = await world.warehouse.connect({
        username: "BENCH",
        role: NAMES.roles.user,
        warehouse: NAMES.warehouses.query,
      });
      const mcp = `${NAMES.database}.MCP`;
      await compare(
        { report, pid, name: "explain-denial" },
        () => tool(client, "explain-denial", { action: "order.placed" }),
        async () => {
          await execute(bare, `SELECT * FROM ${mcp}.MY_PERMISSIONS ORDER BY PATTERN`);
          await execute(bare, "SELECT CURRENT_USER() AS USER_NAME, CURRENT_ROLE() AS ROLE_NAME");
        },
      );
      await compare(
        { report, pid, name: "run-plan" },
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

interface Compared {
  report: Report;
  /** The server's process. */
  pid: number;
  name: string;
}

/**
 * Pairs of the tool and its bare statements, by turns the one first and the other, so that what else the machine does falls on both;
 * their differences have a median that load hardly moves. Processor time of the server's process says what it spends itself.
 */
async function compare({ report, pid, name }: Compared, tool: Work, bare: Work): Promise<void> {
  const times = { tool: [] as number[], bare: [] as number[] };
  let spent = 0;
  for (let pair = -3; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? (["tool", "bare"] as const) : (["bare", "tool"] as const);
    for (const kind of order) {
      const before = processorTime(pid);
      const began = performance.now();
      await (kind === "tool" ? tool : bare)();
      const took = performance.now() - began;
      if (pair >= 0) times[kind].push(took);
      if (pair >= 0 && kind === "tool") spent += processorTime(pid) - before;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
  }
  const overhead = times.tool.map((time, pair) => time - (times.bare[pair] as number));
  const p = (values: number[], share: number) => at(values, share).toFixed(1);
  report({
    what: `${name}: the tool over its bare statements, ${PAIRS} pairs`,
    measured: `p50 ${p(overhead, 0.5)} ms, p90 ${p(overhead, 0.9)} ms`,
    beside: `tool ${p(times.tool, 0.5)} ms, bare ${p(times.bare, 0.5)} ms; goal p50 10 ms`,
  });
  report({
    what: `${name}: processor time of the server's process in a call, driver included`,
    measured: Number.isNaN(spent) ? "not known here" : `${(spent / PAIRS).toFixed(1)} ms`,
  });
}

type Work = () => Promise<unknown>;

/** Milliseconds a process has used, in steps of 10 (Linux); NaN elsewhere. */
function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
