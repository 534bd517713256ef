import { type EventInput, type EventPayload, eventSchema, nearMisses } from "./event";
import { eventId } from "./eventId";
import {
  describeThrown,
  LosslessNumber,
  parseExact,
  parseNumbersAsWritten,
  parseOwn,
  placesOfInfinity,
  stringifyExact,
  UnwritableError,
} from "./exactJson";
import { formatInstant, parseInstant } from "./instant";
import { InvalidEventError } from "./invalidEvent";
import { type IdentityFields, readPlainEvent } from "./plainEvent";

/** The most bytes of JSON text a payload may have, its `_recv_at` not counted. */
export const MAX_PAYLOAD_BYTES = 1_000_000;

/** An event that is ready to travel. */
export interface PreparedEvent {
  /** JSON text of the payload, `_recv_at` included; every digit as the producer wrote it. One line. */
  json: string;
  /** The id it will have in ACTIVITY.EVENTS. */
  eventId: string;
  /** Why it is a dead letter all the same: too big. */
  refusal?: string;
}

export interface Acceptance {
  lane: string;
  /** When the event was accepted, in milliseconds since 1970; an event that carries `_recv_at` keeps its own. */
  recvAt: number;
}

/**
 * Checks an event object and makes it ready.
 * @throws InvalidEventError with every problem at once
 */
export function prepareEvent(event: EventInput, acceptance: Acceptance): PreparedEvent {
  const plain = writePlainEvent(event);
  if (plain !== undefined) return assemble(plain.text, plain.fields, acceptance);
  return prepareThoroughly(event, acceptance);
}

/** @returns undefined: take the thorough way, which says what is wrong where */
function writePlainEvent(event: EventInput): { text: string; fields: IdentityFields } | undefined {
  try {
    const fields = readPlainEvent(event, { parsed: false });
    return fields && { text: JSON.stringify(event), fields };
  } catch {
    return undefined;
  }
}

/** {@link prepareEvent} without the short way; the two agree. */
export function prepareThoroughly(event: EventInput, acceptance: Acceptance): PreparedEvent {
  const problems = roundedIds(event);
  try {
    const text = writeEvent(event);
    const prepared = prepare(text, parseOwn(text), acceptance);
    if (problems.length === 0) return prepared;
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    problems.push(...error.problems);
  }
  throw new InvalidEventError(problems);
}

function writeEvent(event: EventInput): string {
  try {
    return stringifyExact(event);
  } catch (error) {
    if (error instanceof UnwritableError) throw new InvalidEventError(error.problems);
    throw new InvalidEventError([
      error instanceof RangeError
        ? "the event: nested too deeply"
        : `the event: cannot be read: ${describeThrown(error)}`,
    ]);
  }
}

/** Ids beyond 2^53 that came as JavaScript numbers: two of them may have become one before they reached us. */
function roundedIds(event: EventInput): string[] {
  let ids: Record<string, unknown>;
  try {
    ids = {
      actor_id: event?.actor_id,
      anonymous_actor_id: event?.anonymous_actor_id,
      "object.id": event?.object?.id,
    };
  } catch {
    // Told when it is written.
    return [];
  }
  return Object.entries(ids).flatMap(([field, id]) =>
    typeof id === "number" && Number.isInteger(id) && !Number.isSafeInteger(id) && Math.abs(id) < 1e21
      ? [`${field}: number ${id} is beyond 2^53, where JavaScript rounds; expected text or a bigint`]
      : [],
  );
}

/**
 * Checks an event given as JSON text and makes it ready; the text travels as it is, so that no number is rounded on the way.
 * @throws InvalidEventError with every problem at once
 */
export function prepareEventText(text: string, acceptance: Acceptance): PreparedEvent {
  const value = parseEvent(text);
  const fields = readPlainEvent(value, { parsed: true });
  if (fields === undefined) return prepare(text, value, acceptance);
  return assembleText(text, value as EventPayload, fields, acceptance);
}

/** {@link prepareEventText} without the short way; the two agree. */
export function prepareTextThoroughly(text: string, acceptance: Acceptance): PreparedEvent {
  return prepare(text, parseEvent(text), acceptance);
}

function parseEvent(text: string): unknown {
  try {
    return parseExact(text);
  } catch (error) {
    const reason = error instanceof RangeError ? "nested too deeply" : (error as Error).message;
    throw new InvalidEventError([`not JSON: ${reason}`]);
  }
}

/** @param text compact JSON of an event without `_recv_at` */
function assemble(text: string, fields: IdentityFields, acceptance: Acceptance): PreparedEvent {
  return {
    json: `${text.slice(0, -1)},"_recv_at":"${formatInstant(acceptance.recvAt)}"}`,
    eventId: idOf(fields, acceptance),
    refusal: text.length * 3 > MAX_PAYLOAD_BYTES ? refusalOfSize(Buffer.byteLength(text, "utf8")) : undefined,
  };
}

function assembleText(
  text: string,
  payload: EventPayload,
  fields: IdentityFields,
  acceptance: Acceptance,
): PreparedEvent {
  const json = oneLine(stamp(text, payload, acceptance.recvAt));
  return {
    json,
    eventId: idOf(fields, acceptance),
    refusal: json.length * 3 > MAX_PAYLOAD_BYTES ? refuseSize(payload) : undefined,
  };
}

/** Member by member: to spread the fields would take longer than to hash them. */
const idOf = (
  { action, actorId, objectType, objectId, occurredAt }: IdentityFields,
  { lane: sourceLane, recvAt }: Acceptance,
): string => eventId({ action, actorId, objectType, objectId, occurredAt, sourceLane, recvAt });

function prepare(text: string, value: unknown, { lane, recvAt }: Acceptance): PreparedEvent {
  const payload = checkPayload(value);
  const accepted = payload._recv_at ? (parseInstant(payload._recv_at) as number) : recvAt;
  const json = oneLine(payload._recv_at ? text : stamp(text, payload, recvAt));
  return {
    json,
    eventId: identify(payload, text, lane, accepted),
    refusal: json.length * 3 > MAX_PAYLOAD_BYTES ? refuseSize(payload) : undefined,
  };
}

const DOUBLE_MAX = String(Number.MAX_VALUE).replace("+", "");

function checkPayload(value: unknown): EventPayload {
  const parsed = eventSchema.safeParse(value);
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [found, meant] of nearMisses(value)) problems.push(`${found}: is not a field; did you mean ${meant}?`);
  }
  for (const place of placesOfInfinity(value))
    problems.push(`${place}: the number is beyond the range of a double, which ends at ${DOUBLE_MAX}`);
  if (problems.length > 0) throw new InvalidEventError(problems);
  return value as EventPayload;
}

/** Adds `_recv_at` as the last member of the object, without touching the rest. */
function stamp(text: string, payload: EventPayload, recvAt: number): string {
  const member = `"_recv_at":"${formatInstant(recvAt)}"`;
  // An explicit null would make the key stand twice.
  if ("_recv_at" in payload) {
    const { _recv_at, ...rest } = parseNumbersAsWritten(text) as Record<string, unknown>;
    return stamp(stringifyExact(rest), {} as EventPayload, recvAt);
  }
  return `${text.slice(0, text.lastIndexOf("}"))},${member}}`;
}

/** Line breaks in JSON text can only stand between tokens. */
function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]+/g, " ") : json;
}

function identify(payload: EventPayload, text: string, lane: string, recvAt: number): string {
  const written = [payload.actor_id, payload.object?.id].some((id) => typeof id === "number")
    ? (parseNumbersAsWritten(text) as EventPayload)
    : payload;
  const id = (field: string, value: unknown) => {
    if (value instanceof LosslessNumber && !/^(0|-?[1-9]\d*)$/.test(value.value)) {
      throw new InvalidEventError([
        `${field}: expected text or a whole number of at most 38 digits, found number ${value.value}`,
      ]);
    }
    return value === null || value === undefined ? undefined : String(value);
  };
  return eventId({
    action: payload.action,
    actorId: id("actor_id", written.actor_id),
    objectType: payload.object?.type ?? undefined,
    objectId: id("object.id", written.object?.id),
    occurredAt: payload.occurred_at ? parseInstant(payload.occurred_at) : undefined,
    sourceLane: lane,
    recvAt,
  });
}

/** The size the warehouse judges by: compact JSON in UTF-8 without `_recv_at`. */
function refuseSize(payload: EventPayload): string | undefined {
  const { _recv_at, ...rest } = payload;
  return refusalOfSize(Buffer.byteLength(stringifyExact(rest), "utf8"));
}

function refusalOfSize(bytes: number): string | undefined {
  return bytes > MAX_PAYLOAD_BYTES ? `payload has ${bytes} bytes; the limit is ${MAX_PAYLOAD_BYTES}` : undefined;
}
