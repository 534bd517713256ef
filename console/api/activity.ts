export interface MinuteCount {
  /** Beginning of the minute, UTC. */
  at: string;
  count: number;
}

export interface ActionCount {
  action: string;
  count: number;
}

/** What arrived lately. */
export interface Activity {
  /** The last 60 minutes by the time of arrival, without gaps, oldest first. */
  minutes: MinuteCount[];
  /** The most frequent actions of the last 24 hours. */
  topActions: ActionCount[];
  eventsLast24h: number;
}
