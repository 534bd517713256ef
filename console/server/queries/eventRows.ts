import type { EventSummary } from "../../api/events";
import { instant, number, type Row, text, textOrNull } from "../warehouse/rows";

/** The columns a summary is made of. */
export const SUMMARY_COLUMNS =
  "EVENT_ID, OCCURRED_AT, _RECV_AT, ACTION, ACTOR_ID, ANONYMOUS_ACTOR_ID, OBJECT_TYPE, OBJECT_ID, _SOURCE_LANE, _COPIES";

/** Long texts are cut in the list; the detail has them whole. */
const LIST_TEXT = 200;

const cut = (value: string | null) =>
  value !== null && value.length > LIST_TEXT ? `${value.slice(0, LIST_TEXT)}…` : value;

export function summaryOf(row: Row): EventSummary {
  return {
    id: text(row.EVENT_ID),
    occurredAt: instant(row.OCCURRED_AT),
    receivedAt: instant(row._RECV_AT),
    action: cut(text(row.ACTION)) as string,
    actor: cut(textOrNull(row.ACTOR_ID)),
    anonymousActor: cut(textOrNull(row.ANONYMOUS_ACTOR_ID)),
    objectType: cut(textOrNull(row.OBJECT_TYPE)),
    objectId: cut(textOrNull(row.OBJECT_ID)),
    lane: text(row._SOURCE_LANE),
    copies: number(row._COPIES),
  };
}
