import { randomUUID } from "node:crypto";
import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import type { AuditEntry } from "../audit";
import { clientOf } from "../client";
import { tooMuch } from "../limits/inputBounds";
import { isWanted } from "../logLevels";
import { visibly } from "../plan/problem";
import type { Service } from "../service";
import { ToolError } from "../toolError";
import { WarehouseError } from "../warehouse/warehouseError";
import { argumentProblems } from "./argumentProblems";
import { meantArguments } from "./meantArguments";
import type { Tool, ToolCall, ToolResult } from "./tool";

/** One call from its arguments to its answer: bounds, budget, time, audit. Never throws. */
export async function callTool(
  tool: Tool,
  given: unknown,
  context: ServerContext,
  service: Service,
  peer: Parameters<typeof clientOf>[0],
): Promise<ToolResult> {
  const began = performance.now();
  const client = clientOf(peer, context);
  const entry: AuditEntry = {
    id: randomUUID(),
    tool: tool.name,
    client: client.name,
    outcome: "answered",
    runtime_ms: 0,
  };
  let isCounted = false;
  try {
    refuseTooOften(service);
    refuseTooMuch(given);
    const args = meantArguments(tool, given);
    // What was text may be deeper than it was long.
    refuseTooMuch(args);
    isCounted = true;
    await service.audit.ready();
    refuseBeyondBudget(service);
    const accepted = tool.accepts.safeParse(args);
    if (!accepted.success) {
      const problems = argumentProblems(accepted.error, args, Object.keys(tool.input.shape));
      throw new ToolError("invalid_arguments", `The arguments of ${tool.name} are not right.`, { problems });
    }
    const answer = await tool.answer(accepted.data, callOf(tool, context, service, client, entry));
    if ("inputRequests" in answer) {
      entry.outcome = "asked";
      return answer as ToolResult;
    }
    const result = { content: [{ type: "text" as const, text: asText(answer) }], structuredContent: answer };
    entry.bytes = Buffer.byteLength(JSON.stringify(result));
    return result;
  } catch (error) {
    const told = asToolError(error, service, tool.name);
    entry.error = told.code;
    entry.outcome = OUTCOMES[told.code] ?? "refused";
    if (tool.name === "run-plan" && told.code === "invalid_plan" && entry.plan !== undefined)
      entry.errors = told.details.problems?.slice(0, 10);
    return { content: [{ type: "text", text: asText(told.toJSON()) }], isError: true };
  } finally {
    entry.runtime_ms = Math.round(performance.now() - began);
    await tell(peer, context, entry);
    // What was refused for being too much is not worth a row each.
    if (isCounted) service.audit.record(entry);
  }
}

/** A note for clients that show the log of their servers: what went wrong on this side; every call for who asked for `debug`. */
async function tell(peer: McpServer, context: ServerContext, entry: AuditEntry): Promise<void> {
  const { tool, outcome, runtime_ms, query_id, error } = entry;
  const level = outcome === "failed" ? "warning" : "debug";
  if (!isWanted(level, peer, context)) return;
  await context.mcpReq.log(level, { tool, outcome, runtime_ms, query_id, error }, "tools").catch(() => undefined);
}

const OUTCOMES: Partial<Record<ToolError["code"], AuditEntry["outcome"]>> = {
  invalid_plan: "rejected",
  timeout: "failed",
  unavailable: "failed",
  failed: "failed",
  cancelled: "cancelled",
};

function refuseTooOften({ rate, settings }: Service): void {
  const wait = rate.take();
  if (wait > 0)
    throw new ToolError("rate_limited", `More than ${settings.callsPerMinute} calls in a minute.`, {
      next: `Wait ${wait} s; ask for more in one plan.`,
    });
}

function refuseTooMuch(args: unknown): void {
  const excess = tooMuch(args);
  if (excess !== undefined)
    throw new ToolError("invalid_arguments", `${excess[0]?.toUpperCase()}${excess.slice(1)}.`, { next: "Send less." });
}

function refuseBeyondBudget({ budget }: Service): void {
  if (!budget.isUsedUp) return;
  const spent = budget.spentCredits.toFixed(3);
  throw new ToolError(
    "budget_used_up",
    `The calls of the last 24 hours cost about ${spent} of ${budget.limit} credits.`,
    {
      next: "Ask again tomorrow, or the person who runs this server raises MCP_DAILY_CREDITS.",
    },
  );
}

function callOf(
  tool: Tool,
  context: ServerContext,
  service: Service,
  client: ReturnType<typeof clientOf>,
  entry: AuditEntry,
): ToolCall {
  const token = context.mcpReq._meta?.progressToken;
  let step = 0;
  return {
    service,
    context,
    canAsk: client.canAsk,
    run: {
      tag: `mcp:${client.name}:${tool.name}`,
      timeoutMs: service.settings.timeoutMs,
      signal: context.mcpReq.signal,
    },
    note: (facts) => Object.assign(entry, facts),
    progress: async (message) => {
      if (token === undefined) return;
      const params = { progressToken: token, progress: ++step, message };
      await context.mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
    },
  };
}

function asToolError(error: unknown, service: Service, tool: string): ToolError {
  if (error instanceof ToolError) return error;
  if (error instanceof WarehouseError) {
    service.log.warn({ tool, kind: error.kind, reason: error.message }, "the warehouse did not answer");
    const { kind, message } = error;
    if (kind === "cancelled") return new ToolError("cancelled", message);
    if (kind === "timeout")
      return new ToolError("timeout", message, {
        next: "Narrow the window, name fewer actions, or group instead of listing events.",
      });
    if (kind === "denied") return new ToolError("denied", message);
    if (kind === "failed") return new ToolError("failed", message);
    return new ToolError("unavailable", message);
  }
  service.log.error({ tool, err: error }, "a tool failed");
  return new ToolError("failed", "The server failed over this call; its log says why.");
}

/** JSON in which every character is seen: what hides in text is written as an escape and stays exact. */
function asText(value: unknown): string {
  return visibly(JSON.stringify(value));
}
