import type { Permission } from "./warehouse/queries";

/** Namespaces that `*` does not cover: they must be named. */
const RESERVED = ["system", "mcp", "quality"];

export type Standing =
  | { allowed: true; by: Permission }
  | { allowed: false; denied: true; by: Permission }
  | { allowed: false; denied: false };

/** Whether a pattern covers an action: the action itself, a prefix such as `order.*`, or `*`. */
export function covers(pattern: string, action: string): boolean {
  if (pattern === action) return true;
  if (pattern === "*") return !RESERVED.includes(action.split(".")[0] as string);
  return pattern.endsWith(".*") && action.startsWith(pattern.slice(0, -1));
}

/** How a person stands to an action: any deny wins, else any grant, direct or of a group. The warehouse judges by the same rule. */
export function standing(action: string, permissions: readonly Permission[]): Standing {
  const matching = permissions.filter(({ pattern }) => covers(pattern, action));
  const deny = matching.find(({ effect }) => effect === "DENY");
  if (deny) return { allowed: false, denied: true, by: deny };
  const grant = matching.find(({ effect }) => effect === "GRANT") ?? matching[0];
  return grant ? { allowed: true, by: grant } : { allowed: false, denied: false };
}
