import type { MinuteCount } from "../../api/activity";

const MINUTE_MS = 60_000;
const MINUTES = 60;

/**
 * The last hour up to when the events are known. Counts are read anew only when events have come, so the minutes since then are empty.
 * @param dataAt up to when the events are known; null: as it was read
 */
export function lastHour(read: readonly MinuteCount[], dataAt: string | null): MinuteCount[] {
  const last = read.at(-1);
  if (last === undefined || dataAt === null) return [...read];
  const missing = Math.min(MINUTES, Math.floor((Date.parse(dataAt) - Date.parse(last.at)) / MINUTE_MS));
  const since = Array.from({ length: Math.max(0, missing) }, (_, index) => ({
    at: new Date(Date.parse(last.at) + (index + 1) * MINUTE_MS).toISOString(),
    count: 0,
  }));
  return [...read, ...since].slice(-MINUTES);
}
