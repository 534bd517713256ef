import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import { CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY } from "@modelcontextprotocol/server";

export interface Client {
  /** As query tag and audit have it: at most 40 of a-z, digits, dot, hyphen. */
  name: string;
  /** Whether it can ask its person to fill in a form. */
  canAsk: boolean;
}

/** Who calls: told once at the start by protocol 2025-11-25, with every request by 2026-07-28. */
export function clientOf(server: McpServer, { mcpReq }: ServerContext): Client {
  const envelope = mcpReq.envelope as Record<string, unknown> | undefined;
  const info = (envelope?.[CLIENT_INFO_META_KEY] ?? server.server.getClientVersion()) as { name?: unknown } | undefined;
  const capabilities = (envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities()) as
    | { elicitation?: { form?: unknown; url?: unknown } }
    | undefined;
  const elicitation = capabilities?.elicitation;
  const canAsk = elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
  return { name: plainName(info?.name), canAsk };
}

function plainName(name: unknown): string {
  const plain = String(name ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return plain || "unknown";
}
