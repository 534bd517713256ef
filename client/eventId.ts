import { hash } from "node:crypto";
import { formatInstant } from "./instant";

/** Version of the canonical event id, the first field that is hashed. */
export const EVENT_ID_VERSION = "v2";

/** ISO 8601 without the Z: the format string of the SQL has none. */
const TIME_LENGTH = "YYYY-MM-DDTHH:MI:SS.FF3".length;

/** What an event's identity is made of. Absent and empty are the same. */
export interface EventIdentity {
  action?: string;
  actorId?: string;
  objectType?: string;
  objectId?: string;
  /** When it happened, in milliseconds since 1970; absent means when it was received. */
  occurredAt?: number;
  sourceLane: string;
  /** When it was first accepted, in milliseconds since 1970. */
  recvAt: number;
}

/**
 * The canonical event id, version 2, as ACTIVITY.EVENTS computes it:
 * `SHA2(CONCAT_WS('|', 'v2', action, actor_id, object_type, object_id, occurred_at, _source_lane, _recv_at), 256)`
 * with `''` for what is missing and both times in UTC as `YYYY-MM-DD"T"HH24:MI:SS.FF3`.
 * @returns 64 lower-case hexadecimal digits
 */
export function eventId(identity: EventIdentity): string {
  const { action = "", actorId = "", objectType = "", objectId = "", sourceLane, recvAt } = identity;
  const received = formatInstant(recvAt).slice(0, TIME_LENGTH);
  const occurred =
    identity.occurredAt === undefined ? received : formatInstant(identity.occurredAt).slice(0, TIME_LENGTH);
  const text = `${EVENT_ID_VERSION}|${action}|${actorId}|${objectType}|${objectId}|${occurred}|${sourceLane}|${received}`;
  return hash("sha256", text, "hex");
}
