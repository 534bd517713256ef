import type { ExecutionContext } from "../execution/context";
import type { WriteUnit } from "../store/writeUnit";

export { type StreamRelation, streamRelation } from "./read";

/** The offset of a stream that is created now: what the unit has written so far lies before it. */
export function streamOffsetNow(_context: ExecutionContext, unit: WriteUnit): string {
  const offset = String(unit.version);
  unit.advance();
  return offset;
}
