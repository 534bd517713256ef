import type { EventPage, EventSummary } from "../../../api/events";

/** The page holds so many; what is older is read again when somebody scrolls there. */
export const MAX_EVENTS = 100_000;

/** The events on display, newest received first, none twice. */
export interface EventList {
  events: readonly EventSummary[];
  ids: Set<string>;
  /** Where older ones begin; null when there are none. */
  next: string | null;
}

export const EMPTY_LIST: EventList = { events: [], ids: new Set(), next: null };

/** Puts new events on top. The same list comes back when none of them is new. */
export function prepend(list: EventList, events: readonly EventSummary[]): EventList {
  const fresh = events.filter(({ id }) => !list.ids.has(id));
  if (fresh.length === 0) return list;
  const { ids } = list;
  for (const { id } of fresh) ids.add(id);
  const all = fresh.concat(list.events);
  if (all.length <= MAX_EVENTS) return { ...list, events: all };
  for (const { id } of all.splice(MAX_EVENTS)) ids.delete(id);
  const last = all.at(-1) as EventSummary;
  return { events: all, ids, next: `${last.receivedAt}~${last.occurredAt}~${last.id}` };
}

/** Puts an older page at the end. */
export function append(list: EventList, page: EventPage): EventList {
  const { ids } = list;
  const older = page.events.filter(({ id }) => !ids.has(id));
  for (const { id } of older) ids.add(id);
  return { events: list.events.concat(older), ids, next: page.next };
}
