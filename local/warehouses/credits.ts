import type { WarehouseSize } from "../catalogue/model";
import type { ExecutionContext } from "../execution/context";

/** Kind of the entries in `meta.history` that say what a warehouse was billed. */
export const CREDITS = "CREDITS";

/** What one run of a warehouse cost, stored when it suspends and, while it runs, once an hour. */
export interface CreditEntry {
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  credits: number;
}

/** Credits an hour of one cluster. Source: https://docs.snowflake.com/en/user-guide/warehouses-overview#warehouse-size */
export const CREDITS_PER_HOUR: Record<WarehouseSize, number> = {
  XSMALL: 1,
  SMALL: 2,
  MEDIUM: 4,
  LARGE: 8,
  XLARGE: 16,
  XXLARGE: 32,
  XXXLARGE: 64,
  X4LARGE: 128,
  X5LARGE: 256,
  X6LARGE: 512,
};

/** Credits of each warehouse since a moment (milliseconds): what was metered, and what `running` has cost since then. */
export async function creditsSince(
  context: Pick<ExecutionContext, "query">,
  since: number,
  running: ReadonlyMap<number, CreditEntry>,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await context.query("SELECT object_id, entry FROM meta.history WHERE kind = $1 AND time >= $2", [
    CREDITS,
    BigInt(since),
  ]);
  const sums = new Map([...running].map(([id, { credits }]) => [id, credits]));
  for (const [id, text] of rows) {
    const { credits } = JSON.parse(text as string) as CreditEntry;
    sums.set(Number(id), (sums.get(Number(id)) ?? 0) + credits);
  }
  return sums;
}
