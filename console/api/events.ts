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
  /** The event as JSON, indented, with every digit; cut when long. */
  payload: string;
  payloadBytes: number;
  isPayloadCut: boolean;
  /** Its prerequisite has arrived, or it has none. */
  isReady: boolean;
  idFields: IdField[];
  /** The id computed anew from the fields is the stored one. */
  idMatches: boolean;
  dependsOn: string | null;
  prerequisite: RelatedEvent | null;
  dependents: RelatedEvent[];
  /** The same actor's events around this one, oldest first, without it. */
  neighbours: RelatedEvent[];
}
