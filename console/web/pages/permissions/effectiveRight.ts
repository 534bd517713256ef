import type { Permission } from "../../../api/permissions";

/** Whether a user may query an action, and the permission that decides. */
export interface EffectiveRight {
  isAllowed: boolean;
  /** The one that decides; absent when none matches. */
  because?: Permission;
  /** All that match, the deciding one first. */
  matching: Permission[];
}

const RANK = { DENY: 0, GRANT: 1, INHERIT: 2 } as const;

const RESERVED = new Set(["system", "mcp", "quality"]);

/** As sql/fragments/pattern_covers.sql: the action itself, a prefix such as `order.*`, or `*` for all but the reserved namespaces. */
function covers(pattern: string, action: string): boolean {
  if (pattern === "*") return !RESERVED.has(action.split(".")[0] as string);
  return pattern.endsWith(".*") ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}

/** A deny wins over a grant, a grant over what is inherited from a group; nothing matching means no. */
export function effectiveRight(permissions: readonly Permission[], user: string, action: string): EffectiveRight {
  const matching = permissions
    .filter((permission) => permission.user === user && covers(permission.pattern, action))
    .sort((a, b) => RANK[a.effect] - RANK[b.effect] || b.pattern.length - a.pattern.length);
  const [because] = matching;
  return { isAllowed: because !== undefined && because.effect !== "DENY", ...(because ? { because } : {}), matching };
}
