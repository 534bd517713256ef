import type { DeadLetters } from "../../api/health";
import { instant, number, text, textOrNull } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";

const LATEST = 100;
const PAYLOAD_PREVIEW = 2000;

/** Raw events that are kept out of the events table: how many for which reason, and the last ones. */
export async function readDeadLetters({ connection, outputs }: Warehouse): Promise<DeadLetters> {
  const view = nameOf(outputs.views, "deadLetters");
  const [reasons, latest] = await Promise.all([
    // A reason quotes what was found; without the quotation the same reasons fall together.
    connection.query(
      `SELECT REGEXP_REPLACE(REGEXP_REPLACE(REASON, '"[^"]*"', '…'), 'has [0-9]+ bytes', 'has … bytes') AS KIND, COUNT(*) AS N, MAX(_RECV_AT) AS LAST_AT FROM ${view} GROUP BY 1 ORDER BY N DESC, KIND LIMIT 50`,
    ),
    connection.query(
      `SELECT REASON, ACTION, ACTOR_ID, _SOURCE_LANE, _RECV_AT, PAYLOAD_BYTES, LEFT(TO_JSON(PAYLOAD), ${PAYLOAD_PREVIEW}) AS PREVIEW FROM ${view} ORDER BY _RECV_AT DESC LIMIT ${LATEST}`,
    ),
  ]);
  return {
    total: reasons.reduce((sum, row) => sum + number(row.N), 0),
    reasons: reasons.map((row) => ({ reason: text(row.KIND), count: number(row.N), lastAt: instant(row.LAST_AT) })),
    latest: latest.map((row) => ({
      receivedAt: instant(row._RECV_AT),
      reason: text(row.REASON),
      action: textOrNull(row.ACTION),
      actor: textOrNull(row.ACTOR_ID),
      lane: text(row._SOURCE_LANE),
      bytes: number(row.PAYLOAD_BYTES),
      payload: text(row.PREVIEW),
    })),
  };
}
