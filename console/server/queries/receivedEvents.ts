import type { ReceivedEvent, ReceivedEvents } from "../../api/events";
import { exactJson, parseExact } from "../warehouse/exactJson";
import { instant, number, text, textOrNull } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";
import { utcText } from "./activity";
import { findEvent } from "./eventDetail";
import { previewOf } from "./preview";

/** So many copies of one event are shown. */
const COPIES = 5;

/**
 * What came in for one event, the oldest copy first. Only administrators may read it: it is whatever the producers sent.
 * @throws ConsoleError not-found, no-permission
 */
export async function readReceived(warehouse: Warehouse, id: string): Promise<ReceivedEvents> {
  const { connection, outputs } = warehouse;
  // The id holds the millisecond it was received in: the landing table is clustered by that time.
  const from = Date.parse(instant((await findEvent(warehouse, id))._RECV_AT));
  const rows = await connection.query(
    `SELECT OUTCOME, REASON, _RECV_AT, PAYLOAD_BYTES, TO_JSON(PAYLOAD) AS PAYLOAD, COUNT(*) OVER () AS TOTAL FROM ${nameOf(outputs.views, "receivedEvents")} WHERE EVENT_ID = ? AND _RECV_AT >= ?::TIMESTAMP_NTZ AND _RECV_AT < ?::TIMESTAMP_NTZ ORDER BY _RECV_AT, PAYLOAD LIMIT ${COPIES}`,
    [id, utcText(from), utcText(from + 1)],
  );
  return {
    total: number(rows[0]?.TOTAL),
    first: rows.map((row): ReceivedEvent => {
      const payload = exactJson(parseExact(text(row.PAYLOAD)));
      return {
        receivedAt: instant(row._RECV_AT),
        outcome: text(row.OUTCOME) as ReceivedEvent["outcome"],
        reason: textOrNull(row.REASON),
        payloadBytes: number(row.PAYLOAD_BYTES),
        ...previewOf(payload),
      };
    }),
  };
}
