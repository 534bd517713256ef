/**
 * What a query plan may say: the closed lists of `MCP.VALIDATE_QUERY_PLAN`, which remains the judge. They stand here so that a
 * client sees them in the tool's schema, and so that a wrong plan is explained without asking the warehouse.
 */

export type FieldKind = "text" | "time" | "number";

/** Fields of an event, and the buckets of `occurred_at` in UTC. */
export const FIELDS: Readonly<Record<string, { kind: FieldKind; meaning: string }>> = {
  event_id: { kind: "text", meaning: "canonical id, 64 hexadecimal digits" },
  occurred_at: { kind: "time", meaning: "when it happened, UTC" },
  actor_id: { kind: "text", meaning: "who did it" },
  anonymous_actor_id: { kind: "text", meaning: "who did it, before they were known" },
  action: { kind: "text", meaning: "what was done: noun.verb_past" },
  object_type: { kind: "text", meaning: "kind of thing it was done to" },
  object_id: { kind: "text", meaning: "the thing it was done to" },
  source: { kind: "text", meaning: "system that reported it" },
  schema_version: { kind: "text", meaning: "version of the event's schema" },
  depends_on_event_id: { kind: "text", meaning: "event this one depends on" },
  revenue_impact: { kind: "number", meaning: "money gained or lost" },
  link: { kind: "text", meaning: "where to read more" },
  source_lane: { kind: "text", meaning: "way it came in" },
  received_at: { kind: "time", meaning: "when the warehouse received it, UTC" },
  hour: { kind: "text", meaning: "hour of occurred_at, such as 2026-03-01T10:00:00Z" },
  day: { kind: "text", meaning: "day of occurred_at, such as 2026-03-01" },
  week: { kind: "text", meaning: "Monday of the week of occurred_at" },
  month: { kind: "text", meaning: "month of occurred_at, such as 2026-03" },
};

export const FIELD_NAMES = Object.keys(FIELDS);

/** `attributes.` and one to five keys. */
export const ATTRIBUTE_PATH = /^attributes(\.[^.]+){1,5}$/s;

export const ACTION_NAME = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;

export const WINDOWS = ["last_24h", "last_7d", "last_30d", "last_90d"] as const;

export const OPERATORS = [
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "not_in",
  "between",
  "contains",
  "starts_with",
  "ends_with",
  "is_null",
  "is_not_null",
] as const;

export const MEASURES = ["count", "count_distinct", "sum", "avg", "min", "max", "median", "p90"] as const;

/** The ten relationships of Activity Schema, each in words. "It" is an event of the plan's actions; with match object, "the same
 * person" is to be read as "on the same object". */
export const RELATIONSHIPS = {
  first_ever: "the first time ever that the same person did the other action, before or after it",
  last_ever: "the last time ever that the same person did the other action, before or after it",
  first_before: "the first of the other action that the same person did before it",
  last_before: "the last of the other action that the same person did before it: what led to it",
  first_after: "the first of the other action that the same person did after it: what came of it",
  last_after: "the last of the other action that the same person did after it",
  first_in_between: "the first of the other action after it and before the person did it again",
  last_in_between: "the last of the other action after it and before the person did it again",
  aggregate_before: "how often the person did the other action before it, when first and last, and the sum of revenue",
  aggregate_in_between:
    "how often after it and before the person did it again, when first and last, and the sum of revenue",
} as const;

export type Relationship = keyof typeof RELATIONSHIPS;
export const RELATIONSHIP_NAMES = Object.keys(RELATIONSHIPS) as [Relationship, ...Relationship[]];

/**
 * What a relation appends under its name: count, first_at, last_at and revenue_impact by aggregate_, all else by first_ and last_.
 * `seconds` is the time from the event to the other one, below zero when that came before.
 */
export const RELATION_FIELDS = [
  "event_id",
  "occurred_at",
  "action",
  "revenue_impact",
  "count",
  "first_at",
  "last_at",
  "seconds",
] as const;

/** What an event and those it is related to share. */
export const MATCHES = ["person", "object"] as const;

export const PARTS = ["actions", "window", "filters", "group_by", "measures", "order_by", "limit", "relate"] as const;

/** The most entries of each part. */
export const MOST = {
  actions: 20,
  filters: 20,
  group_by: 5,
  measures: 10,
  order_by: 3,
  relate: 5,
  inList: 1000,
  limit: 1_000_000,
} as const;

/** The name a relation has when the plan gives none. */
export const relationName = (relationship: string, action: string): string =>
  `${relationship}_${action.replaceAll(".", "_")}`;
