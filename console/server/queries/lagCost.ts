import type { LagCost } from "../../api/costs";

/** An X-Small is billed one credit an hour, by the second, at least a minute whenever it starts. */
const CREDITS_PER_SECOND = 1 / 3600;
const MINIMUM_SECONDS = 60;
/** The refresh warehouse suspends itself after this long without work. */
const AUTO_SUSPEND_SECONDS = 60;

/**
 * What a target lag would cost on a day with these arrivals. A refresh without new events needs no warehouse; one with new events
 * keeps it awake for its runtime and the auto-suspend time, and stretches that touch are billed once.
 * @param minutes minutes (since 1970) in which something arrived, ascending
 * @param refreshSeconds how long one refresh runs
 */
export function lagCost(minutes: readonly number[], lagMinutes: number, refreshSeconds: number): LagCost {
  const starts = [...new Set(minutes.map((minute) => Math.floor(minute / lagMinutes) * lagMinutes * 60))];
  const awake = Math.max(MINIMUM_SECONDS, refreshSeconds + AUTO_SUSPEND_SECONDS);
  let billed = 0;
  let awakeUntil = Number.NEGATIVE_INFINITY;
  for (const start of starts) {
    billed += start + awake - Math.max(start, awakeUntil);
    awakeUntil = start + awake;
  }
  return {
    lagMinutes,
    refreshesPerDay: starts.length,
    billedSecondsPerDay: Math.round(billed),
    creditsPerDay: billed * CREDITS_PER_SECOND,
  };
}
