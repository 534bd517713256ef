/** What the permission events of a history say, told in plain TypeScript: the reference for CURRENT_PERMISSIONS. */

export interface PermissionEvent {
  verb: "granted" | "denied" | "revoked" | "member_added" | "member_removed";
  subject: { type: "USER" | "GROUP"; name: string };
  /** The action pattern, or for a membership the member. */
  target: string;
  /** Milliseconds since 1970. */
  at: number;
  expired: boolean;
  eventId: string;
}

export type Effect = "DENY" | "GRANT" | "INHERIT";

const later = (a: PermissionEvent, b: PermissionEvent) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1);

/** The effect per `user|pattern`; absent where nothing is said. */
export function effectiveRights(history: readonly PermissionEvent[]): Map<string, Effect> {
  const last = new Map<string, PermissionEvent>();
  for (const event of [...history].sort(later)) {
    const kind = event.verb.startsWith("member") ? "member" : "decision";
    last.set(`${kind}|${event.subject.type}|${event.subject.name}|${event.target}`, event);
  }
  const members = [...last.values()].filter(({ verb }) => verb === "member_added");
  const rights = new Map<string, Effect>();
  const strength = (effect: Effect | undefined) => ["INHERIT", "GRANT", "DENY"].indexOf(effect ?? "");
  for (const { verb, subject, target, expired } of last.values()) {
    if (expired || (verb !== "granted" && verb !== "denied")) continue;
    const isUser = subject.type === "USER";
    const users = isUser ? [subject.name] : members.filter((m) => m.subject.name === subject.name).map((m) => m.target);
    const effect = verb === "denied" ? "DENY" : isUser ? "GRANT" : "INHERIT";
    for (const user of users) {
      const key = `${user}|${target}`;
      if (strength(effect) > strength(rights.get(key))) rights.set(key, effect);
    }
  }
  return rights;
}
