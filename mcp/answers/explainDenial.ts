import { z } from "zod";
import { standing } from "../permissions";
import type { ToolCall } from "../tools/tool";
import type { Permission } from "../warehouse/queries";

export const denialSchema = z.object({
  action: z.string(),
  allowed: z.boolean(),
  why: z.string(),
  decided_by_pattern: z.string().optional().describe("Pattern of the permission that decides"),
  source: z.string().optional().describe("USER, or GROUP and its name"),
  reason: z.string().optional().describe("What the one who decided wrote"),
  would_allow: z
    .array(
      z.object({
        event: z.string().describe("Event that would change it"),
        subject: z.string(),
        pattern: z.string(),
        statement: z.string().describe("What an administrator runs; nothing this server can do"),
      }),
    )
    .describe("In this order, all of them are needed"),
  who_can_grant: z.string(),
});

export type Denial = z.output<typeof denialSchema>;

/** Why a person may or may not query an action, and what would change it. */
export async function explainDenial(
  action: string,
  permissions: readonly Permission[],
  call: ToolCall,
): Promise<Denial> {
  const { outputs } = call.service.queries;
  const { user_name } = await call.service.queries.identity(call.run);
  const stand = standing(action, permissions);
  const who_can_grant = `Anybody who holds the role ${outputs.roles.admin}`;
  if (stand.allowed) {
    const { pattern, source, reason } = stand.by;
    return {
      action,
      allowed: true,
      why: `"${pattern}" is granted to ${sourceWords(source, user_name)}.`,
      decided_by_pattern: pattern,
      source,
      reason: reason ?? undefined,
      would_allow: [],
      who_can_grant,
    };
  }
  const mcp = outputs.schemas.mcp;
  const grant = {
    event: "system.permission.granted",
    subject: `USER ${user_name}`,
    pattern: action,
    statement: `CALL ${mcp}.GRANT_USER_PERMISSION(user_name => ${literal(user_name)}, action_pattern => ${literal(action)})`,
  };
  if (!stand.denied) {
    const isReserved = /^(system|mcp|quality)\./.test(action);
    const why = `No permission of ${user_name} covers "${action}"${isReserved ? "; the reserved namespaces system, mcp and quality must be named, * does not cover them" : ""}.`;
    return { action, allowed: false, why, would_allow: [grant], who_can_grant };
  }
  const { pattern, source, reason } = stand.by;
  const [type, name] = source === "USER" ? ["USER", user_name] : ["GROUP", source.slice("GROUP ".length)];
  const revoke = {
    event: "system.permission.revoked",
    subject: `${type} ${name}`,
    pattern,
    statement: `CALL ${mcp}.REVOKE_USER_PERMISSION(user_name => ${literal(name as string)}, action_pattern => ${literal(pattern)}, subject_type => ${literal(type as string)})`,
  };
  const others = permissions.filter((one) => one !== stand.by);
  const isGranted = standing(action, others).allowed;
  return {
    action,
    allowed: false,
    why: `"${pattern}" is denied to ${sourceWords(source, user_name)}; a deny wins over every grant.`,
    decided_by_pattern: pattern,
    source,
    reason: reason ?? undefined,
    would_allow: isGranted ? [revoke] : [revoke, grant],
    who_can_grant,
  };
}

const sourceWords = (source: string, user: string) =>
  source === "USER" ? user : `the group ${source.slice("GROUP ".length)}, to which ${user} belongs`;

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
