import type { EventSummary } from "../../api/events";
import { instant, number, type Row, text, textOrNull } from "../warehouse/rows";
import { beginningOf } from "./preview";

/** The columns a summary is made of. */
export const SUMMARY_COLUMNS =
  "EVENT_ID, OCCURRED_AT, _RECV_AT, ACTION, ACTOR_ID, ANONYMOUS_ACTOR_ID, OBJECT_TYPE, OBJECT_ID, _SOURCE_LANE, _COPIES";

/** Long texts are cut in the list; the detail has them whole. */
const LIST_TEXT = 200;

const cut = (value: string | null) => (value === null ? null : beginningOf(value, LIST_TEXT));

export function summaryOf(row: Row): EventSummary {
  const whole = eventOf(row);
  return {
    ...whole,
    action: beginningOf(whole.action, LIST_TEXT),
    actor: cut(whole.actor),
    anonymousActor: cut(whole.anonymousActor),
    objectType: cut(whole.objectType),
    objectId: cut(whole.objectId),
  };
}

/** The same with every text as long as it is. */
export const eventOf = (row: Row): EventSummary => ({
  id: text(row.EVENT_ID),
  occurredAt: instant(row.OCCURRED_AT),
  receivedAt: instant(row._RECV_AT),
  action: text(row.ACTION),
  actor: textOrNull(row.ACTOR_ID),
  anonymousActor: textOrNull(row.ANONYMOUS_ACTOR_ID),
  objectType: textOrNull(row.OBJECT_TYPE),
  objectId: textOrNull(row.OBJECT_ID),
  lane: text(row._SOURCE_LANE),
  copies: number(row._COPIES),
});
