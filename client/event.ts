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

/** JSON of a text, short enough for a message, in which nothing hides: what is not seen or turns what follows is an escape. */
const quoted = (value: string): string =>
  JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value).replace(
    /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u00a0]/gu,
    (character) =>
      Array.from(
        { length: character.length },
        (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
      ).join(""),
  );

/** Words for what was found, short enough for a message. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return `text ${quoted(value)}`;
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
  .string({ error: ({ input }) => noTime(input) })
  .refine((value) => parseInstant(value) !== undefined, {
    error: ({ input }) =>
      lacksOffset(input as string)
        ? `${JSON.stringify(input)} has no offset; expected one such as Z or +01:00`
        : `${describeValue(input)} is not an ISO 8601 time with an offset, such as 2026-03-01T10:00:00+01:00${asCount(input)}`,
  })
  .nullish();

/** What is said of a time that is not even text. */
export const noTime = (value: unknown): string =>
  `expected ISO 8601 text with an offset, such as 2026-03-01T10:00:00+01:00, found ${describeValue(value)}${asCount(value)}`;

const EPOCH_UNITS = [
  ["seconds", 1e11, 1e-3],
  ["milliseconds", 1e14, 1],
  ["microseconds", 1e17, 1e3],
  ["nanoseconds", 1e20, 1e6],
] as const;

/** What a count since 1970 would be in the unit that puts it into our time: whoever sent it knows whether that is meant. */
function asCount(value: unknown): string {
  const count =
    isNumber(value) || (typeof value === "string" && /^\d{9,20}(\.\d+)?$/.test(value)) ? Number(String(value)) : 0;
  const [unit, , perMs] = EPOCH_UNITS.find(([, below]) => count < below) ?? [];
  if (unit === undefined || perMs === undefined || count < 1e8) return "";
  return ` (as ${unit} since 1970, ${new Date(Math.floor(count / perMs)).toISOString()})`;
}

const action = z
  .string(found("noun.verb_past"))
  .refine((value) => /^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(value), {
    error: ({ input }) =>
      `${describeValue(input)} is malformed; expected noun.verb_past of a-z, 0-9, _ and dots${lookalike(input as string)}`,
  })
  .refine((value) => !RESERVED_NAMESPACES.includes(value.split(".")[0] as string), {
    error: ({ input }) =>
      `${describeValue(input)} is reserved: ${RESERVED_NAMESPACES.map((name) => `${name}.`).join(", ")} belong to the warehouse's own procedures`,
  });

/** A letter that looks like one of a-z and is another, as of the Cyrillic alphabet. */
function lookalike(text: string): string {
  const [letter] = /(?![a-z])\p{L}/iu.exec(text) ?? [];
  if (letter === undefined) return "";
  return ` (${letter} is U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")})`;
}

const AMOUNT = /^[+-]?(\d{1,32}(\.\d*)?|\.\d+)$/;

/** Whether REVENUE_IMPACT, NUMBER(38, 6), can hold it: with more digits before the point it would be NULL. */
export const isAmount = (value: unknown): value is number | string | LosslessNumber =>
  isNumber(value) ? Math.abs(Number(String(value))) < 1e32 : typeof value === "string" && AMOUNT.test(value.trim());

const revenue = z
  .custom<number | string | LosslessNumber>(
    // Infinity is told of by its place, as everywhere.
    (value) => isAmount(value) || (isNumber(value) && !Number.isFinite(Number(String(value)))),
    found("a number of at most 32 digits before the point"),
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
