/** One row of the list of events. Times are ISO 8601 in UTC with milliseconds. */
export interface EventSummary {
  id: string;
  occurredAt: string;
  receivedAt: string;
  action: string;
  actor: string | null;
  anonymousActor: string | null;
  objectType: string | null;
  objectId: string | null;
  lane: string;
  /** How many raw events this row stands for. */
  copies: number;
}

/** A page of events, newest received first. */
export interface EventPage {
  events: EventSummary[];
  /** Where the next, older page begins; null at the end. */
  next: string | null;
}

/** One field the id is made of. */
export interface IdField {
  position: number;
  field: string;
  source: string;
  writtenAs: string;
  value: string;
}

/** One raw event as a producer sent it. */
export interface ReceivedEvent {
  receivedAt: string;
  /** What became of it: whether it counts, why it does not, or that no refresh has seen it yet. */
  outcome: "EVENT" | "DEAD_LETTER" | "AWAITS_REFRESH";
  reason: string | null;
  /** The payload as JSON, indented, with every digit; cut when long. */
  payload: string;
  payloadBytes: number;
  isPayloadCut: boolean;
}

/** The raw events behind one event, as they came in. */
export interface ReceivedEvents {
  total: number;
  first: ReceivedEvent[];
}

/** Another event, seen from the one on display. */
export interface RelatedEvent {
  id: string;
  action: string;
  occurredAt: string;
}

export interface EventDetail extends EventSummary {
  source: string | null;
  schemaVersion: string | null;
  revenueImpact: string | null;
  link: string | null;
  /** What counts of it, as JSON, indented, with every digit; cut when long. */
  payload: string;
  payloadBytes: number;
  isPayloadCut: boolean;
  idFields: IdField[];
  /** The id computed anew from the fields is the stored one. */
  idMatches: boolean;
  dependsOn: string | null;
  prerequisite: RelatedEvent | null;
  dependents: RelatedEvent[];
  /** The same actor's events around this one, oldest first, without it. */
  neighbours: RelatedEvent[];
}
