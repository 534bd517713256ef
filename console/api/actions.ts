export interface AttributeTypes {
  name: string;
  /** How often each type was seen; more than one type is drift. */
  types: { type: string; count: number }[];
}

export interface CataloguedAction {
  action: string;
  firstSeenAt: string;
  lastSeenAt: string;
  count: number;
  count24h: number;
  actors: number;
  schemaVersions: string[];
  attributes: AttributeTypes[];
  /** Events of each of the last 30 days, oldest first. */
  days: number[];
}

export interface ActionExample {
  id: string;
  receivedAt: string;
  attributes: string;
}
