import { describeValue, type EventInput } from "../../../client/event";
import { LosslessNumber } from "../../../client/exactJson";
import type { Draft } from "./eventIntake";
import { RequestError } from "./requestError";
import { eventOfMessage, SEGMENT_TYPES, segmentName } from "./segmentMessage";

/** What a body holds, event by event. */
export interface Drafts {
  drafts: Draft[];
  /** Where the event with this index stands in the body. */
  pathOf: (index: number) => string;
  /** Whether it is a batch of Segment's clients: they throw a batch away that is refused, so what is good in it is taken. */
  isBatch: boolean;
}

type JsonObject = Record<string, unknown>;

/** More in one body are told to come in several. */
const MAX_EVENTS = 10_000;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber);

/**
 * Reads a body: one event, a list of them, `{events: […]}`, or `{batch: […]}`. Each is an event of ours, or a message of Segment's
 * clients, which has a `type` and no `action`.
 * @param key of the header Idempotency-Key: names the events of this body, each with its place
 */
export function readDrafts(body: unknown, key?: string): Drafts {
  if (isObject(body) && "batch" in body) {
    const messages = listOf(body.batch, "batch").map((item) => withCommon(item, body));
    return {
      drafts: messages.map((item) => (isObject(item) && "action" in item ? ownDraft(item) : messageDraft(item))),
      pathOf: (index) => `batch[${index}]`,
      isBatch: true,
    };
  }
  const named = isObject(body) && "events" in body && !("action" in body);
  const single = !named && !Array.isArray(body);
  const items = single ? [body] : listOf(named ? body.events : body, named ? "events" : "");
  return {
    drafts: items.map((item, index) =>
      isMessage(item) ? messageDraft(item) : ownDraft(item, key === undefined ? undefined : `${key} ${index}`),
    ),
    pathOf: (index) => (single ? "" : `${named ? "events" : ""}[${index}]`),
    isBatch: false,
  };
}

function listOf(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) {
    const message = `expected a list, found ${describeValue(value)}`;
    throw new RequestError(400, "malformed", `${path}: ${message}`, { problems: [{ path, message }] });
  }
  if (value.length > MAX_EVENTS)
    throw new RequestError(413, "too-large", `The body has ${value.length} events; the limit is ${MAX_EVENTS}`);
  return value;
}

const isMessage = (item: unknown): boolean =>
  isObject(item) && !("action" in item) && (SEGMENT_TYPES as readonly unknown[]).includes(item.type);

/** A batch may name the context and the integrations that are common to its messages. */
function withCommon(item: unknown, batch: JsonObject): unknown {
  if (!isObject(item)) return item;
  const common = ["context", "integrations"].flatMap((name): [string, JsonObject][] => {
    const of = batch[name];
    const own = item[name];
    return isObject(of) && Object.keys(of).length > 0 ? [[name, { ...of, ...(isObject(own) ? own : {}) }]] : [];
  });
  return common.length === 0 ? item : { ...item, ...Object.fromEntries(common) };
}

/** A message of Segment's clients as a draft. */
export function messageDraft(message: unknown, type?: (typeof SEGMENT_TYPES)[number]): Draft {
  const mapped = eventOfMessage(message, type);
  return "problems" in mapped ? mapped : { ...mapped, nameOf: segmentName };
}

function ownDraft(event: unknown, key?: string): Draft {
  const messageId = isObject(event) ? event.message_id : undefined;
  if (messageId === undefined || messageId === null) return { event: event as EventInput, messageId: key };
  if (typeof messageId !== "string" || messageId === "") {
    const message = `expected text, found ${describeValue(messageId)}`;
    return { problems: [{ path: "message_id", message }] };
  }
  return { event: event as EventInput, messageId };
}
