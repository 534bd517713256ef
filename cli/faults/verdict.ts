export interface LandedEvent {
  eventId: string;
  /** What its producer called it: each event has a name of its own. */
  name: string;
}

/** What the end of a fault run is judged by. */
export interface Landed {
  /** Ids of the events whose `track` had resolved. */
  acknowledged: ReadonlySet<string>;
  /** Every row of ACTIVITY.EVENTS. */
  events: readonly LandedEvent[];
}

export interface Verdict {
  lost: string[];
  duplicated: string[];
}

/** Acknowledged and not in EVENTS is lost; there more than once, by id or by name, acknowledged or not, is duplicated. */
export function judge({ acknowledged, events }: Landed): Verdict {
  const [ids, names] = [new Set<string>(), new Set<string>()];
  const duplicated: string[] = [];
  for (const { eventId, name } of events) {
    if (ids.has(eventId) || names.has(name)) duplicated.push(eventId);
    ids.add(eventId);
    names.add(name);
  }
  return { lost: [...acknowledged].filter((id) => !ids.has(id)), duplicated };
}
