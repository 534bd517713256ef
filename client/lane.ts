/** Lanes that only the warehouse's own procedures write. */
const RESERVED_LANES = ["SYSTEM", "MCP", "QUALITY"];

/** First parts of actions that only the warehouse's own procedures write. */
export const RESERVED_NAMESPACES = ["system", "mcp", "quality"];

/** The lane of a producer that names none. */
export const DEFAULT_LANE = "DIRECT";

/**
 * Checks the name of a source lane: 1 to 64 letters, digits, dots, colons, hyphens or underscores, and not a reserved one.
 * @throws RangeError saying what was found and what is allowed
 */
export function checkLane(lane: string): string {
  if (!/^[A-Za-z0-9_.:-]{1,64}$/.test(lane)) {
    throw new RangeError(
      `The lane ${JSON.stringify(lane)} is malformed; expected 1 to 64 letters, digits, dots, colons, hyphens or underscores`,
    );
  }
  if (RESERVED_LANES.includes(lane.toUpperCase())) {
    throw new RangeError(
      `The lane ${JSON.stringify(lane)} is reserved for the warehouse's own procedures; choose another`,
    );
  }
  return lane;
}
