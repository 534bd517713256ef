import { z } from "zod";
import { describeValue, type EventInput, isAmount, type JsonInput, noTime } from "../../../client/event";
import { LosslessNumber } from "../../../client/exactJson";
import { actionOfName } from "./actionName";
import type { Problem } from "./requestError";

/** The calls of Segment's clients. `page` and `screen` differ in where they come from, `group` and `alias` tell of the actor. */
export const SEGMENT_TYPES = ["track", "identify", "page", "screen", "group", "alias"] as const;
export type SegmentType = (typeof SEGMENT_TYPES)[number];

const ACTIONS = {
  identify: "user.identified",
  page: "page.viewed",
  screen: "screen.viewed",
  group: "group.joined",
  alias: "user.aliased",
} as const satisfies Record<Exclude<SegmentType, "track">, string>;

const expected = (what: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? `is missing; expected ${what}` : `expected ${what}, found ${describeValue(input)}`,
});
const text = z.string(expected("text")).nullish();
const time = z.string({ error: ({ input }) => noTime(input) }).nullish();
const isNumber = (value: unknown) => typeof value === "number" || value instanceof LosslessNumber;
const isId = (value: unknown) =>
  typeof value === "string" || (isNumber(value) && /^(0|-?[1-9]\d{0,37})$/.test(String(value)));
/** Some clients write an id they do not know as empty text, which is nobody. */
const id = z
  .custom<string | number>(isId, expected("text or a whole number"))
  .nullish()
  .transform((value) => (value === "" ? undefined : value));
/** An empty object as PHP writes it is an empty list. */
const object = z.preprocess(
  (value) => (Array.isArray(value) && value.length === 0 ? {} : value),
  z.record(z.string(), z.unknown(), expected("an object")).nullish(),
);

/** A message as Segment's HTTP API takes it. What it does not know is kept with the event. */
const messageSchema = z
  .looseObject(
    {
      type: z.enum(SEGMENT_TYPES, expected(`one of ${SEGMENT_TYPES.join(", ")}`)),
      event: text,
      userId: id,
      anonymousId: id,
      previousId: id,
      groupId: id,
      messageId: id,
      name: text,
      category: text,
      timestamp: time,
      originalTimestamp: time,
      properties: object,
      traits: object,
      context: object,
    },
    expected("a message object"),
  )
  .superRefine((message, { addIssue }) => {
    const complain = (path: string, what: string) => addIssue({ code: "custom", path: [path], message: what });
    if (message.type === "track") {
      if (!message.event) complain("event", "is missing; expected the name of what happened");
      else if (actionOfName(message.event) === undefined)
        complain("event", `${describeValue(message.event)} has no letter a-z and no digit to make an action of`);
    }
    if (!hasId(message.userId) && !hasId(message.anonymousId))
      complain("userId", "is missing, and so is anonymousId; expected one of them");
    if (message.type === "group" && !hasId(message.groupId)) complain("groupId", "is missing; expected a group's id");
    if (message.type === "alias" && !hasId(message.previousId))
      complain("previousId", "is missing; expected the id that was used before");
  });

type Message = z.output<typeof messageSchema>;

const hasId = (value: string | number | null | undefined) => value !== null && value !== undefined;

/** Where a field of our event stands in a message, for telling a producer what is wrong. */
const SEGMENT_NAMES: Readonly<Record<string, string>> = {
  action: "event",
  occurred_at: "timestamp",
  actor_id: "userId",
  anonymous_actor_id: "anonymousId",
  "object.id": "messageId",
  message_id: "messageId",
  attributes: "properties",
};

/** `occurred_at` as its producer knows it. */
export const segmentName = (field: string): string =>
  SEGMENT_NAMES[field] ?? field.replace(/^attributes(?=[.[])/, "properties");

/** Fields that have a place of their own in an event; all others go along under `attributes.segment`. */
const PLACED = new Set(["userId", "anonymousId", "timestamp", "properties", "traits", "writeKey", "sentAt"]);

/** A message made an event, or why it cannot be. */
export type Mapped = { event: EventInput; messageId: string | undefined } | { problems: Problem[] };

/**
 * Makes an event of a message of Segment's clients.
 *
 * `userId` and `anonymousId` are the actor, `timestamp` (else `originalTimestamp`) is when it occurred, `properties` or `traits` are
 * the attributes, and what else the message holds is `attributes.segment`. `revenue` and the page's `url` are told as the fields
 * they are in an event. The object is the message itself: two messages are two events even in one millisecond.
 * @param type of an endpoint for one type; a message of a batch names its own
 */
export function eventOfMessage(given: unknown, type?: SegmentType): Mapped {
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  const parsed = messageSchema.safeParse(isObject && type !== undefined ? { ...given, type } : given);
  if (!parsed.success)
    return { problems: parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })) };
  const message = parsed.data;
  const messageId = hasId(message.messageId) ? String(message.messageId) : undefined;
  const properties = attributesOf(message);
  const event: EventInput = {
    action: message.type === "track" ? (actionOfName(message.event as string) as string) : ACTIONS[message.type],
    occurred_at: message.timestamp ?? message.originalTimestamp,
    actor_id: message.userId,
    anonymous_actor_id: message.anonymousId,
    object: messageId === undefined ? undefined : { type: "message", id: messageId },
    attributes: withMessage(properties as Record<string, JsonInput>, message),
    source: libraryOf(message),
    revenue_impact: isAmount(properties.revenue) ? (properties.revenue as number) : undefined,
    link: linkOf(properties.url) ?? linkOf((message.context?.page as { url?: unknown } | undefined)?.url),
  };
  return { event, messageId };
}

/** RudderStack's clients tell the traits of an identify in its context. */
function attributesOf({ type, traits, properties, context }: Message): Record<string, unknown> {
  if (type === "group") return traits ?? {};
  if (type !== "identify") return properties ?? {};
  if (traits && Object.keys(traits).length > 0) return traits;
  const inContext = object.safeParse(context?.traits);
  return (inContext.success ? inContext.data : undefined) ?? {};
}

function withMessage(properties: Record<string, JsonInput>, message: Message): Record<string, JsonInput> {
  const rest = Object.fromEntries(
    Object.entries(message).filter(([key, value]) => !isPlaced(key, message) && value !== undefined && value !== null),
  ) as Record<string, JsonInput>;
  let place = "segment";
  while (Object.hasOwn(properties, place)) place += "_";
  return { ...properties, [place]: rest };
}

/** An identify may carry properties, and a track traits: they are nobody's attributes and stay with the rest. */
function isPlaced(key: string, { type }: Message): boolean {
  const isAboutActor = type === "identify" || type === "group";
  if (key === "properties") return !isAboutActor;
  if (key === "traits") return isAboutActor;
  return PLACED.has(key);
}

function libraryOf({ context }: Message): string | undefined {
  const name = (context?.library as { name?: unknown } | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}

const linkOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
