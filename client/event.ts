import { z } from "zod";
import { LosslessNumber } from "./exactJson";
import { lacksOffset, parseInstant } from "./instant";
import { RESERVED_NAMESPACES } from "./lane";

/** A value as JSON knows it; `bigint` for numbers beyond 2^53, `Date` for ISO 8601 text. */
export type JsonInput =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | LosslessNumber
  | readonly JsonInput[]
  | { readonly [key: string]: JsonInput };

/** An event as a producer hands it over. `null` and absent are the same. */
export interface EventInput {
  /** `noun.verb_past`, of a-z, 0-9, _ and dots. */
  action: string;
  /** ISO 8601 with an offset; a Date is written in UTC. Absent: the moment the event is accepted. */
  occurred_at?: string | Date | null;
  actor_id?: string | number | bigint | null;
  anonymous_actor_id?: string | number | bigint | null;
  object?: { type?: string | null; id?: string | number | bigint | null } | null;
  attributes?: { readonly [key: string]: JsonInput } | null;
  source?: string | null;
  schema_version?: string | number | null;
  /** The id of the event this one depends on: 64 hexadecimal digits. */
  depends_on_event_id?: string | null;
  revenue_impact?: number | bigint | string | null;
  link?: string | null;
  /** When the event was first accepted, if that was before this client saw it. */
  _recv_at?: string | Date | null;
}

/** Words for what was found, short enough for a message. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return `text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
  if (Array.isArray(value)) return "a list";
  if (value instanceof LosslessNumber || typeof value === "number") return `number ${value}`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

const found = (expected: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? `is missing; expected ${expected}` : `expected ${expected}, found ${describeValue(input)}`,
});

const text = z.string(found("text")).nullish();

const isNumber = (value: unknown): value is number | LosslessNumber =>
  typeof value === "number" || value instanceof LosslessNumber;

/** Text, or a whole number: how a fraction or a power of ten is spelled as text is nobody's to guess. */
const identifier = z
  .custom<string | number | LosslessNumber>(
    (value) => typeof value === "string" || (isNumber(value) && /^(0|-?[1-9]\d{0,37})$/.test(String(value))),
    found("text or a whole number of at most 38 digits"),
  )
  .nullish();

const instant = z
  .string(found("ISO 8601 text with an offset, such as 2026-03-01T10:00:00+01:00"))
  .refine((value) => parseInstant(value) !== undefined, {
    error: ({ input }) =>
      lacksOffset(input as string)
        ? `${JSON.stringify(input)} has no offset; expected one such as Z or +01:00`
        : `${describeValue(input)} is not an ISO 8601 time with an offset, such as 2026-03-01T10:00:00+01:00`,
  })
  .nullish();

const action = z
  .string(found("noun.verb_past"))
  .refine((value) => /^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(value), {
    error: ({ input }) => `${describeValue(input)} is malformed; expected noun.verb_past of a-z, 0-9, _ and dots`,
  })
  .refine((value) => !RESERVED_NAMESPACES.includes(value.split(".")[0] as string), {
    error: ({ input }) =>
      `${describeValue(input)} is reserved: ${RESERVED_NAMESPACES.map((name) => `${name}.`).join(", ")} belong to the warehouse's own procedures`,
  });

const revenue = z
  .custom<number | string | LosslessNumber>(
    (value) => isNumber(value) || (typeof value === "string" && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value.trim())),
    found("a number"),
  )
  .nullish();

const object = z.looseObject({ type: text, id: identifier }, found("an object {type, id}")).nullish();

const attributes = z.record(z.string(), z.unknown(), found("an object")).nullish();

/** Shape of an event's payload as parsed JSON. Keys beyond these stay in the payload; see {@link nearMisses}. */
export const eventSchema = z.looseObject(
  {
    action,
    occurred_at: instant,
    actor_id: identifier,
    anonymous_actor_id: identifier,
    object,
    attributes,
    source: text,
    schema_version: identifier.or(z.number()).nullish(),
    depends_on_event_id: text,
    revenue_impact: revenue,
    link: text,
    _recv_at: instant,
  },
  found("an event object"),
);

export type EventPayload = z.output<typeof eventSchema>;

const FIELDS = Object.keys(eventSchema.shape);
const plain = (key: string) => key.toLowerCase().replace(/[^a-z]/g, "");
const FIELD_BY_PLAIN = new Map(FIELDS.map((field) => [plain(field), field]));

/**
 * Keys that are a known field spelled wrongly (`occurredAt`, `occured_at`): they would be kept and never read, so that the event
 * would count with a wrong time or without its actor.
 * @returns pairs of what was found and what was meant
 */
export function nearMisses(event: object): [found: string, meant: string][] {
  return Object.keys(event).flatMap((key): [string, string][] => {
    if (FIELDS.includes(key)) return [];
    const meant =
      FIELD_BY_PLAIN.get(plain(key)) ?? FIELDS.find((field) => field.length >= 8 && isOneEditAway(key, field));
    return meant === undefined ? [] : [[key, meant]];
  });
}

function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end <= 1;
}
