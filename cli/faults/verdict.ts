/** What the end of a fault run is judged by. */
export interface Landed {
  /** Ids of the events whose `track` had resolved. */
  acknowledged: ReadonlySet<string>;
  /** Copies by id, of every row of ACTIVITY.EVENTS. */
  events: ReadonlyMap<string, number>;
}

export interface Verdict {
  lost: string[];
  duplicated: string[];
}

/** Acknowledged and not in EVENTS is lost; there more than once, acknowledged or not, is duplicated. */
export function judge({ acknowledged, events }: Landed): Verdict {
  return {
    lost: [...acknowledged].filter((id) => !events.has(id)),
    duplicated: [...events].filter(([, copies]) => copies !== 1).map(([id]) => id),
  };
}
