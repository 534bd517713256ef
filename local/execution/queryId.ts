import { randomBytes } from "node:crypto";
import { toMillis } from "../clock";

/** Like Snowflake's: `01b2c3d4-0000-…`, growing with time. */
export function newQueryId(nowMicros: bigint): string {
  const minutes = Math.floor(toMillis(nowMicros) / 60_000)
    .toString(16)
    .padStart(6, "0")
    .slice(-6);
  const random = randomBytes(12).toString("hex");
  return `01${minutes}-${random.slice(0, 4)}-${random.slice(4, 8)}-${random.slice(8, 12)}-${random.slice(12, 24)}`;
}
