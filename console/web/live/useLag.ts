import { useEffect, useState } from "react";
import { isStale, useLiveState } from "./liveState";

const TICK_MS = 1000;

/**
 * Seconds the events are behind now. It grows every second by this machine's clock from what the server said last, so that watching it
 * costs nothing; while nothing is pushed, what was read counts.
 * @param read seconds as the warehouse said, and when that was
 */
export function useLag(read: number | null | undefined, readAt: number): number | null {
  const live = useLiveState();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
    return () => window.clearInterval(timer);
  }, []);
  const since = (saidAt: number) => Math.max(0, now - saidAt) / 1000;
  if (isStale(live)) return live.age?.lagSeconds ?? read ?? null;
  if (live.age !== null) return live.age.lagSeconds + since(live.ageSaidAt);
  return read == null ? null : read + since(readAt);
}
