import { types } from "node:util";
import { isAmount, nearMisses } from "./event";
import { formatInstant, parseInstant } from "./instant";
import { RESERVED_NAMESPACES } from "./lane";

/** What the event id needs of an event, already read. */
export interface IdentityFields {
  action: string;
  actorId?: string;
  objectType?: string;
  objectId?: string;
  /** Milliseconds since 1970. */
  occurredAt?: number;
}

const ACTION = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;
const RESERVED = new RegExp(`^(${RESERVED_NAMESPACES.join("|")})\\.`);
/** Deeper ones, and what contains itself, are left to the thorough way. */
const MAX_DEPTH = 50;

type Plain = Record<string, unknown>;

/**
 * The short way for the events that nearly all are: every field of the type it should have, no number that needs more digits than
 * JavaScript keeps, nothing that JSON cannot hold. Whatever is unusual, wrong or not, is left to `eventSchema`, which says why.
 * @param parsed the value comes from JSON text, in which a number may be written in a way that an id must not have
 * @returns undefined: take the thorough way
 */
export function readPlainEvent(event: unknown, { parsed }: { parsed: boolean }): IdentityFields | undefined {
  if (!isPlainObject(event)) return undefined;
  if (!parsed && !readsTheSame(event, IDENTITY)) return undefined;
  const { action, actor_id: actor, object, occurred_at: occurred } = event;
  if (typeof action !== "string" || !ACTION.test(action) || RESERVED.test(action)) return undefined;
  for (const key of Object.keys(event)) if (!isPlainMember(key, event[key], parsed)) return undefined;
  const fields: IdentityFields = { action, actorId: idText(actor) };
  if (object !== undefined && object !== null) {
    if (!parsed && !readsTheSame(object as Plain, REFERENCE)) return undefined;
    const { type, id } = object as Plain;
    fields.objectType = (type as string | null | undefined) ?? undefined;
    fields.objectId = idText(id);
  }
  if (occurred instanceof Date) {
    fields.occurredAt = occurred.getTime();
    // Some programs teach dates another text; the warehouse goes by the text.
    if (occurred.toJSON() !== formatInstant(fields.occurredAt)) return undefined;
  } else if (occurred) {
    fields.occurredAt = parseInstant(occurred as string);
    if (fields.occurredAt === undefined) return undefined;
  }
  return fields;
}

const IDENTITY = ["action", "actor_id", "object", "occurred_at"];
const REFERENCE = ["type", "id"];

/** The event is read here, and once more when it is written: a getter or a proxy might say something else then, and the id be another. */
function readsTheSame(object: Plain, keys: readonly string[]): boolean {
  if (types.isProxy(object)) return false;
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (property === undefined ? key in object : property.get !== undefined) return false;
  }
  return true;
}

const idText = (id: unknown): string | undefined => (id === undefined || id === null ? undefined : String(id));

function isPlainMember(key: string, value: unknown, parsed: boolean): boolean {
  const isAbsent = value === undefined || value === null;
  switch (key) {
    case "action":
      return true;
    case "occurred_at":
      // Empty text is no time; the thorough way says so. Dates within the years that ISO 8601 writes with four digits.
      return isAbsent || (value instanceof Date ? isCommonDate(value) : typeof value === "string" && value !== "");
    case "actor_id":
    case "anonymous_actor_id":
      return isPlainId(value, parsed);
    case "object":
      return isAbsent || (isPlainObject(value) && isPlainReference(value, parsed));
    case "attributes":
      return isAbsent || (isPlainObject(value) && isPlainJson(value, 0));
    case "source":
    case "link":
    case "depends_on_event_id":
      return isAbsent || (typeof value === "string" && value.isWellFormed());
    case "schema_version":
      return isPlainId(value, parsed);
    case "revenue_impact":
      return isAbsent || isAmount(value);
    case "_recv_at":
      return value === undefined;
    default:
      return isKnownStranger(key) && (value === undefined || isPlainJson(value, 0));
  }
}

function isPlainReference(reference: Plain, parsed: boolean): boolean {
  const { type, id } = reference;
  const isType = type === undefined || type === null || (typeof type === "string" && type.isWellFormed());
  return isType && isPlainId(id, parsed) && isPlainJson(reference, 0);
}

function isPlainId(value: unknown, parsed: boolean): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (value === undefined || value === null) return true;
  return !parsed && Number.isSafeInteger(value) && !Object.is(value, -0);
}

function isCommonDate(date: Date): boolean {
  const time = date.getTime();
  return time >= 0 && time < 253_370_764_800_000;
}

const strangers = new Map<string, boolean>();

/** Whether a key is none of ours and not one of ours misspelt; producers use few different ones. */
function isKnownStranger(key: string): boolean {
  let isStranger = strangers.get(key);
  if (isStranger === undefined) {
    isStranger = key.isWellFormed() && nearMisses({ [key]: 0 }).length === 0;
    if (strangers.size < 10_000) strangers.set(key, isStranger);
  }
  return isStranger;
}

function isPlainObject(value: unknown): value is Plain {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("toJSON" in value);
}

/** Whether JSON.stringify writes all of a value as it is meant. */
function isPlainJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (!isPlainJson(value[at], depth + 1)) return false;
    return true;
  }
  if (value instanceof Date) return isCommonDate(value);
  if (!isPlainObject(value)) return false;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (!key.isWellFormed()) return false;
    if (inner !== undefined && !isPlainJson(inner, depth + 1)) return false;
  }
  return true;
}
