import type { LoggingLevel, McpServer, ServerContext } from "@modelcontextprotocol/server";

const SEVERITY: readonly LoggingLevel[] = [
  "debug",
  "info",
  "notice",
  "warning",
  "error",
  "critical",
  "alert",
  "emergency",
];

/** Until a client has said what it wants to be told. */
const STANDARD: LoggingLevel = "warning";

const levels = new WeakMap<McpServer, LoggingLevel>();

/** Lets a connection of protocol 2025-11-25 choose; without a choice the SDK would send everything. */
export function registerLogLevels(server: McpServer): void {
  server.server.setRequestHandler("logging/setLevel", ({ params: { level } }) => {
    levels.set(server, level);
    return {};
  });
}

/** Whether who called wants notes of this level; by protocol 2026-07-28 each request says so, and the SDK decides. */
export const isWanted = (level: LoggingLevel, server: McpServer, { mcpReq }: ServerContext): boolean =>
  mcpReq.envelope !== undefined || SEVERITY.indexOf(level) >= SEVERITY.indexOf(levels.get(server) ?? STANDARD);
