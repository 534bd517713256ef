import { randomUUID } from "node:crypto";
import { toMillis } from "../clock";

/** Like Snowflake's: `01b2c3d4-0000-…`, growing with time. */
export function newQueryId(nowMicros: bigint): string {
  const minutes = Math.floor(toMillis(nowMicros) / 60_000)
    .toString(16)
    .padStart(6, "0")
    .slice(-6);
  // Node.js draws the randomness of many UUIDs at once; random bytes of one's own cost ten times as much.
  return `01${minutes}${randomUUID().slice(8)}`;
}
