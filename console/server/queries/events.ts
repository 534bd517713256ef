import type { EventPage } from "../../api/events";
import { ConsoleError } from "../warehouse/consoleError";
import { nameOf, type Warehouse } from "../warehouse/warehouse";
import type { Bind } from "../warehouse/warehouseConnection";
import { utcText } from "./activity";
import { SUMMARY_COLUMNS, summaryOf } from "./eventRows";

/** Which events are wanted; what is absent does not restrict. */
export interface EventFilter {
  /** An action, or a prefix such as `order.*`. */
  action?: string | undefined;
  /** Id of the actor, known or anonymous. */
  actor?: string | undefined;
  /** `type` or `type:id` of the object. */
  object?: string | undefined;
  lane?: string | undefined;
  /** Bounds of the time it occurred, from ≤ t < to. */
  from?: string | undefined;
  to?: string | undefined;
  /** Where the page begins: `next` of the page before. */
  before?: string | undefined;
  limit: number;
}

/** Pages are told apart by what is shown, and that has milliseconds. */
const RECEIVED = "DATE_TRUNC('millisecond', _RECV_AT)";
const OCCURRED = "DATE_TRUNC('millisecond', OCCURRED_AT)";

/** Events that count and whose prerequisite has arrived, newest received first. */
export async function readEvents({ connection, outputs }: Warehouse, filter: EventFilter): Promise<EventPage> {
  const { conditions, binds } = conditionsOf(filter);
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
  const rows = await connection.query(
    `SELECT ${SUMMARY_COLUMNS} FROM ${nameOf(outputs.views, "readyEvents")}${where} ORDER BY ${RECEIVED} DESC, ${OCCURRED} DESC, EVENT_ID DESC LIMIT ${filter.limit + 1}`,
    binds,
  );
  const events = rows.slice(0, filter.limit).map(summaryOf);
  const last = events.at(-1);
  return {
    events,
    next: rows.length > filter.limit && last ? `${last.receivedAt}~${last.occurredAt}~${last.id}` : null,
  };
}

function conditionsOf({ action, actor, object, lane, from, to, before }: EventFilter) {
  const conditions: string[] = [];
  const binds: Bind[] = [];
  const add = (condition: string, ...values: Bind[]) => {
    conditions.push(condition);
    binds.push(...values);
  };
  if (action?.endsWith(".*")) add("STARTSWITH(ACTION, ?)", action.slice(0, -1));
  else if (action) add("ACTION = ?", action);
  if (actor) add("(ACTOR_ID = ? OR ANONYMOUS_ACTOR_ID = ?)", actor, actor);
  if (object) {
    const colon = object.indexOf(":");
    if (colon < 0) add("OBJECT_TYPE = ?", object);
    else add("OBJECT_TYPE = ? AND OBJECT_ID = ?", object.slice(0, colon), object.slice(colon + 1));
  }
  if (lane) add("_SOURCE_LANE = ?", lane);
  if (from) add("OCCURRED_AT >= ?::TIMESTAMP_NTZ", utcText(Date.parse(from)));
  if (to) add("OCCURRED_AT < ?::TIMESTAMP_NTZ", utcText(Date.parse(to)));
  if (before) {
    const [, receivedAt = "", occurredAt = "", id = ""] = /^(.+)~(.+)~(\w+)$/.exec(before) ?? [];
    if (Number.isNaN(Date.parse(receivedAt) + Date.parse(occurredAt)))
      throw new ConsoleError("invalid", "before: expected what a page gave as next");
    const received = utcText(Date.parse(receivedAt));
    const occurred = utcText(Date.parse(occurredAt));
    add(
      `(${RECEIVED} < ?::TIMESTAMP_NTZ OR (${RECEIVED} = ?::TIMESTAMP_NTZ AND (${OCCURRED} < ?::TIMESTAMP_NTZ OR (${OCCURRED} = ?::TIMESTAMP_NTZ AND EVENT_ID < ?))))`,
      received,
      received,
      occurred,
      occurred,
      id,
    );
  }
  return { conditions, binds };
}
