import type { EventSummary } from "../../../api/events";

/** What the list is restricted to; lives in the address. */
export interface EventFilter {
  action: string;
  actor: string;
  object: string;
  lane: string;
  from: string;
  to: string;
}

export const FILTER_KEYS = ["action", "actor", "object", "lane", "from", "to"] as const satisfies (keyof EventFilter)[];

export const filterOf = (parameters: URLSearchParams): EventFilter =>
  Object.fromEntries(FILTER_KEYS.map((key) => [key, parameters.get(key) ?? ""])) as unknown as EventFilter;

/** Whether an event that has just arrived belongs into the list: the same decision as the server's. */
export function matches(event: EventSummary, { action, actor, object, lane, from, to }: EventFilter): boolean {
  if (action.endsWith(".*") ? !event.action.startsWith(action.slice(0, -1)) : action !== "" && event.action !== action)
    return false;
  if (actor !== "" && event.actor !== actor && event.anonymousActor !== actor) return false;
  if (object !== "") {
    const colon = object.indexOf(":");
    if (event.objectType !== (colon < 0 ? object : object.slice(0, colon))) return false;
    if (colon >= 0 && event.objectId !== object.slice(colon + 1)) return false;
  }
  if (lane !== "" && event.lane !== lane) return false;
  const at = Date.parse(event.occurredAt);
  if (from !== "" && at < Date.parse(from)) return false;
  return !(to !== "" && at >= Date.parse(to));
}
